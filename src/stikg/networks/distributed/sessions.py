"""A session of Spark, configured by its user."""

from __future__ import annotations

import os
import re
import shutil
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from stikg.errors import EndpointError, InputError, MissingDependency, StikgError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_OURS: Final = re.compile(r"^stikg\.errors\.\w+: (.+)$", re.MULTILINE)
"""The line of a traceback, from a worker, that holds an error of ours."""


@contextmanager
def spark_session(
    name: str = "stikg", *, master: str | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[SparkSession]:
    """Give a session of Spark, and end it afterwards, unless there was one before.

    Master, memory and all else are those of the user's own configuration: spark-defaults.conf in
    SPARK_CONF_DIR or in SPARK_HOME/conf; ``master`` and ``settings`` go before it. Where nothing
    names a master, Spark takes all processors of this machine, local[*].

    :raises MissingDependency: if pyspark or Java is not installed.
    :raises EndpointError: if Spark does not start, or gives up a job, in its own words.
    """
    session_class = _pyspark()
    before = session_class.getActiveSession()
    builder = session_class.builder.appName(name)
    for key, value in {**(settings or {}), **({"spark.master": master} if master else {})}.items():
        builder = builder.config(key, value)
    with _in_our_words():
        with without_advice(), _this_python():
            spark = builder.getOrCreate()
        if spark.conf.get("spark.log.level", None) is None:
            spark.sparkContext.setLogLevel("ERROR")
        try:
            yield spark
        finally:
            if before is None:
                spark.stop()


def read_settings(pairs: tuple[str, ...]) -> dict[str, str]:
    """Return settings given as KEY=VALUE.

    :raises InputError: if one has no key that Spark would read.

    >>> read_settings(("spark.executor.memory=2g",))
    {'spark.executor.memory': '2g'}
    >>> read_settings(("memory=2g",))
    Traceback (most recent call last):
    ...
    stikg.errors.InputError: 'memory=2g' is no setting of Spark
      remedy: write spark.KEY=VALUE, such as spark.executor.memory=4g
    """
    found = {}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not sign or not key.startswith("spark."):
            raise InputError(
                f"{pair!r} is no setting of Spark",
                remedy="write spark.KEY=VALUE, such as spark.executor.memory=4g",
            )
        found[key] = value
    return found


def _pyspark() -> Any:
    try:
        with without_advice():
            from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingDependency(
            "pyspark is not installed", remedy="pip install 'stikg[spark]'"
        ) from error
    home = os.environ.get("JAVA_HOME")
    if not (home and os.path.exists(os.path.join(home, "bin"))) and shutil.which("java") is None:
        raise MissingDependency(
            "Spark runs on Java, and there is none",
            remedy="install Java 17 or 21, or set JAVA_HOME to its folder",
        )
    return SparkSession


@contextmanager
def without_advice() -> Iterator[None]:
    """Keep quiet about packages that are newer than Spark knows: nothing here uses them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


@contextmanager
def _this_python() -> Iterator[None]:
    """Let workers run the Python of the same path as this one, unless the user names another."""
    if "PYSPARK_PYTHON" in os.environ:
        yield
        return
    os.environ["PYSPARK_PYTHON"] = sys.executable
    try:
        yield
    finally:
        del os.environ["PYSPARK_PYTHON"]


@contextmanager
def _in_our_words() -> Iterator[None]:
    """Turn what Spark raises into errors of ours."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except StikgError:
        raise
    except (Py4JError, PySparkException, ConnectionError) as cause:
        raise EndpointError(
            f"Spark gives up: {_words(cause)}",
            remedy="look at the master, its workers and their logs; docs/scaling.md says what "
            "a session needs",
        ) from cause


def _words(cause: Exception) -> str:
    """Return what went wrong: what stikg said on a worker, else the first line of Spark."""
    java = getattr(cause, "java_exception", None)
    said = f"{'' if java is None else java.toString()}\n{cause}"
    ours = _OURS.findall(said)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return str(ours[-1]) if ours else (lines[0] if lines else type(cause).__name__)
