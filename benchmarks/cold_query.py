"""One canned query from the shell, against the imports it cannot do without, and against rdflib.

The rdflib script reads the export (N-Quads) and asks the same bound query.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import measuring

import stikg
from stikg.serialisation import write_nquads

NAME, PARAMETERS = "country-technology-links", {"territory": "Japan"}
BASE, OURS, PEER = "import click, pyoxigraph", "stikg query", "rdflib on the export"
SCRIPT = """
import rdflib
dataset = rdflib.Dataset()
dataset.parse({path!r}, format="nquads")
dataset.query({query!r}).serialize(format="csv")
"""


def main() -> None:
    """Time the three commands, each a process of its own."""
    dataset = stikg.open()
    bound = dataset.bound(dataset.queries.get(NAME), PARAMETERS)
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder, "stikg.nq")
        export.write_text(write_nquads(dataset.store.quads()), encoding="utf-8")
        arguments = [word for name, value in PARAMETERS.items() for word in (f"--{name}", value)]
        commands = {
            BASE: measuring.python("-c", BASE),
            OURS: measuring.stikg("query", NAME, *arguments, "--format", "csv"),
        }
        times = measuring.time_commands(commands, repetitions=25)
        script = SCRIPT.format(path=str(export), query=bound)
        times |= measuring.time_commands({PEER: measuring.python("-c", script)}, repetitions=3)
    measuring.show(f"stikg query {NAME} {' '.join(arguments)}", times, base=BASE)
    print(f"  rdflib takes {times[PEER].elapsed / times[OURS].elapsed:.0f} × as long as stikg")


if __name__ == "__main__":
    main()
