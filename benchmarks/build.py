"""A build from nothing: seconds and peak memory, and a build where nothing has changed."""

from __future__ import annotations

import resource
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from measuring import python, show, time_commands

from stikg.layout import find_layout

STIKG = "from stikg.cli import main; main()"


def main() -> None:
    """Build a copy of the graph once from nothing, then again."""
    layout = find_layout()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "graph")
        for part in (layout.ontology, layout.graph, layout.queries):
            shutil.copytree(part, copy / part.name)
        command = python("-c", STIKG, "--folder", str(copy), "build", "--quiet")
        start = time.perf_counter()
        subprocess.run(command, check=True)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"build from nothing: {seconds:.1f} s, at most {peak:.0f} MiB")
        commands = {
            "import click": python("-c", "import click"),
            "build, nothing changed": command,
        }
        show("build again", time_commands(commands), base="import click")


if __name__ == "__main__":
    main()
