"""A real cluster of Spark on this machine: a master and two workers, each a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 200.0
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Options of Java for what runs some seconds: little compiling, one thread to collect garbage."""

SETTINGS = """\
spark.master {master}
spark.driver.host 127.0.0.1
spark.driver.bindAddress 127.0.0.1
spark.driver.memory 512m
spark.executor.memory {memory}
spark.executor.cores 1
spark.cores.max 2
spark.sql.shuffle.partitions 2
spark.default.parallelism 2
spark.sql.adaptive.enabled false
spark.sql.codegen.wholeStage false
spark.sql.codegen.factoryMode NO_CODEGEN
spark.ui.enabled false
spark.eventLog.enabled false
spark.shuffle.io.maxRetries 1
spark.shuffle.io.retryWait 1s
spark.ui.showConsoleProgress false
spark.local.dir {scratch}
spark.driver.extraJavaOptions {options}
spark.executor.extraJavaOptions {options}
spark.sql.warehouse.dir {scratch}/warehouse
"""


@dataclass
class Cluster:
    """A running cluster: its address, the folder of its configuration, and its processes."""

    master: str
    configuration: Path
    logs: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def kill(self, name: str) -> None:
        """Kill a process and all that it started, as a power cut does."""
        os.killpg(self.processes[name].pid, signal.SIGKILL)
        self.processes[name].wait()

    def log(self, name: str) -> str:
        return (self.logs / f"{name}.log").read_text(encoding="utf-8", errors="replace")


@contextmanager
def running_cluster(
    home: Path, folder: Path, *, memory: str = "512m", options: str = QUICK
) -> Iterator[Cluster]:
    """Give a cluster; ``home`` is the installation of Spark, ``memory`` that of each executor."""
    cluster = Cluster("", folder / "conf", folder)
    try:
        _start(cluster, home, "master", "master.Master", "--port", "0")
        told = _wait_for(cluster, "master", r"Starting Spark master at (spark://\S+)")
        cluster.master = told[1]
        for name in ("worker-1", "worker-2"):
            _start(
                cluster, home, name, "worker.Worker", cluster.master, "--cores", "1",
                "--memory", memory, "--work-dir", str(folder / name),
            )  # fmt: skip
        for name in ("worker-1", "worker-2"):
            _wait_for(cluster, name, "Successfully registered with master")
        cluster.configuration.mkdir()
        settings = SETTINGS.format(
            master=cluster.master, memory=memory, options=options, scratch=folder / "scratch"
        )
        (cluster.configuration / "spark-defaults.conf").write_text(settings, encoding="utf-8")
        yield cluster
    finally:
        for name, process in cluster.processes.items():
            if process.poll() is None:
                cluster.kill(name)


def _start(cluster: Cluster, home: Path, name: str, part: str, *arguments: str) -> None:
    environment = {
        **os.environ, "SPARK_HOME": str(home), "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": QUICK,
        "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_CONF_DIR": str(cluster.logs / "none"),
    }  # fmt: skip
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{part}", *arguments,
               "--host", "127.0.0.1", "--webui-port", "0"]  # fmt: skip
    with (cluster.logs / f"{name}.log").open("wb") as log:
        cluster.processes[name] = subprocess.Popen(
            command, stdout=log, stderr=log, env=environment, start_new_session=True
        )


def _wait_for(cluster: Cluster, name: str, pattern: str) -> re.Match[str]:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = re.search(pattern, cluster.log(name))
        if found:
            return found
        assert cluster.processes[name].poll() is None, cluster.log(name)
        time.sleep(0.1)
    raise AssertionError(f"{name} has not said {pattern!r}:\n{cluster.log(name)}")
