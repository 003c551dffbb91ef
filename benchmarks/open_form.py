"""Which compiled form answers one cold query fastest: a store on disk, or N-Quads read into memory.

Each is a process of its own that opens the form and asks one query; ``import pyoxigraph`` alone is
what no form can go below.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from measuring import python, show, time_commands

import stikg
from stikg.serialisation import write_nquads
from stikg.store import LocalStore

QUERY = (
    "PREFIX sti: <https://w3id.org/stikg/ontology/> "
    "SELECT ?thing ?label { ?thing a sti:Territory ; sti:label ?label } ORDER BY ?label ?thing"
)
ON_DISK = "import pyoxigraph; list(pyoxigraph.Store.read_only({path!r}).query({query!r}))"
IN_MEMORY = (
    "import pyoxigraph; store = pyoxigraph.Store(); "
    "store.bulk_load(path={path!r}, format=pyoxigraph.RdfFormat.N_QUADS); "
    "list(store.query({query!r}))"
)


def main() -> None:
    """Write both forms of the dataset in use and time them."""
    quads = list(stikg.open().store.quads())
    with tempfile.TemporaryDirectory() as folder:
        disk, lines = Path(folder, "store"), Path(folder, "dataset.nq")
        LocalStore.create(disk, quads)
        lines.write_text(write_nquads(quads), encoding="utf-8")
        commands = {
            "import pyoxigraph": python("-c", "import pyoxigraph"),
            "store on disk, read only": python("-c", ON_DISK.format(path=str(disk), query=QUERY)),
            "N-Quads into memory": python("-c", IN_MEMORY.format(path=str(lines), query=QUERY)),
        }
        title = f"one cold query, {len(quads)} quads"
        show(title, time_commands(commands), base="import pyoxigraph")


if __name__ == "__main__":
    main()
