"""The options that hand a command to Apache Spark, and what it then does with a network."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from stikg.cli.measuring import Measuring
from stikg.cli.output import emit, tell
from stikg.cli.rendering import render_table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from stikg.networks.distributed import Frames

ENGINES: Final = ("local", "spark")

Load = Callable[["SparkSession"], "Frames"]


@dataclass(frozen=True)
class Engine:
    """What computes: this process, or Spark with a master and settings of the user's."""

    engine: str = "local"
    master: str | None = None
    spark_conf: tuple[str, ...] = ()

    @property
    def is_spark(self) -> bool:
        """Whether Spark computes.

        :raises click.UsageError: if it does not and is configured.
        """
        if self.engine != "spark" and (self.master or self.spark_conf):
            raise click.UsageError("--master and --spark-conf go with --engine spark")
        return self.engine == "spark"

    def session(self, name: str) -> AbstractContextManager[SparkSession]:
        """Return a session of Spark.

        :raises InputError: if a setting is none.
        """
        from stikg.networks.distributed import read_settings, spark_session

        settings = read_settings(self.spark_conf)
        return spark_session(f"stikg {name}", master=self.master, settings=settings)


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of the engine; it gets them as one argument, ``engine``."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        given = {item.name: options.pop(item.name) for item in fields(Engine)}
        return command(*arguments, engine=Engine(**given), **options)

    for option in reversed(_OPTIONS):
        run = option(run)
    return run


def measure_by_spark(
    load: Load, engine: Engine, measuring: Measuring, *, name: str, top: int | None,
    format_name: str | None, output: Path | None,
) -> None:  # fmt: skip
    """Measure a network by Spark, and print the table, or let the cluster write it as Parquet.

    :raises click.UsageError: if a table is asked for that Spark does not make here.
    """
    from stikg.networks.distributed import count, refuse_existing, table_of, write_frame

    check(measuring)
    to_parquet = output is not None and output.suffix == ".parquet"
    if output is not None and to_parquet:
        refuse_existing(output)
    with engine.session(name) as spark:
        frames = load(spark)
        tell(f"{frames.about['title']}\n" + "{} nodes\n{} edges".format(*count(frames)))
        frame = _frame(frames, measuring, digits=12 if to_parquet else 6)
        frame = frame if top is None else frame.limit(top)
        if output is not None and to_parquet:
            write_frame(frame, output)
            return tell(f"wrote {output}")
        table = table_of(frame)
    return emit(render_table(table, format_name, output), output)


def check(measuring: Measuring) -> None:
    """Refuse what Spark does not make here.

    :raises click.UsageError: if it is asked for, or two tables at once.
    """
    for option in ("robustness", "bridges", "projection", "intervals"):
        if getattr(measuring, option):
            raise click.UsageError(f"--{option} is not made by Spark: leave out --engine spark")
    if sum(map(bool, (measuring.measure, measuring.components, measuring.communities))) > 1:
        raise click.UsageError("--measure, --components and --communities give one table each")


def _frame(frames: Frames, measuring: Measuring, *, digits: int) -> DataFrame:
    from stikg.networks.distributed import (
        SPARK_MEASURES,
        community_frame,
        component_frame,
        measure_frame,
    )

    if measuring.components:
        return component_frame(frames)
    if measuring.communities:
        found = community_frame(frames)
        rest = "" if found.at_rest else ", and some labels still change"
        tell(f"communities by label propagation, {found.rounds} rounds{rest}")
        return found.frame
    names = tuple(SPARK_MEASURES) if "all" in measuring.measure else measuring.measure
    return measure_frame(frames, names, digits=digits)


_OPTIONS: Final[tuple[Callable[[Any], Any], ...]] = (
    click.option(
        "--engine", type=click.Choice(ENGINES), default="local", show_default=True,
        help="What computes: this process, or Apache Spark, with the master of its own "
        "configuration (spark-defaults.conf), else all processors of this machine.",
    ),
    click.option("--master", metavar="URL", help="Spark's master, such as spark://host:7077."),
    click.option(
        "--spark-conf", multiple=True, metavar="KEY=VALUE",
        help="A setting of Spark, such as spark.executor.memory=4g.",
    ),
)  # fmt: skip
