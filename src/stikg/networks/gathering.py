"""Networks too large for memory: the rows of a query, edge by edge, in pieces of bounded size."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from stikg.library import Query
from stikg.networks.asking import edges_of, network_of
from stikg.results import Row, Table
from stikg.terms import Literal

if TYPE_CHECKING:
    from stikg.networks.building import Graph

PIECE: Final = 50_000
"""Rows that are made into edges at once."""

_SOURCE, _TARGET, _BOTH = 1, 2, 3
_SIDES: Final = {_SOURCE: "source", _TARGET: "target", _BOTH: "both"}
_TABLES: Final = """
CREATE TABLE rows (low TEXT, high TEXT, relation TEXT, number INTEGER, cells TEXT);
CREATE TABLE nodes (id TEXT PRIMARY KEY, label TEXT, kind TEXT, side INTEGER) WITHOUT ROWID;
"""
_ADD_NODE: Final = """
INSERT INTO nodes VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET side = side | excluded.side
"""
_SIDED_KINDS: Final = "SELECT DISTINCT kind FROM nodes WHERE side = ? AND kind != ''"


class Node(NamedTuple):
    """A node as ``build`` makes it."""

    id: str
    label: str
    kind: str
    side: str


class Gathered:
    """The rows of a network query, sorted on disk by their edges."""

    def __init__(self, database: sqlite3.Connection, columns: tuple[str, ...], query: Query):
        self._database = database
        self._columns = columns
        self._query = query

    def pieces(self, size: int = PIECE) -> Iterator[Graph]:
        """Yield parts of the network, each with whole edges of about so many rows.

        The edges come in the order of source, target and relation; without direction in that of
        the two ends. ``side`` and ``kind`` of a node are those of its part: ``nodes`` has the true
        ones.

        :raises InputError: as ``build`` does.
        """
        found = self._database.execute(
            "SELECT low, high, relation, cells FROM rows ORDER BY low, high, relation, number"
        )
        rows: list[Row] = []
        last: tuple[str, ...] = ()
        for *edge, cells in found:
            if len(rows) >= size and tuple(edge) != last:
                yield self._piece(rows)
                rows = []
            last = tuple(edge)
            rows.append(tuple(map(_term, json.loads(cells))))
        if rows:
            yield self._piece(rows)

    def nodes(self) -> Iterator[Node]:
        """Yield the nodes in the order of their IRIs."""
        kinds = [
            {kind for (kind,) in self._database.execute(_SIDED_KINDS, (side,))}
            for side in (_SOURCE, _TARGET)
        ]
        joined = bool(kinds[0] & kinds[1])
        for node, label, kind, side in self._database.execute(
            "SELECT id, label, kind, side FROM nodes ORDER BY id"
        ):
            yield Node(node, label, kind, "both" if joined else _SIDES[side])

    def _piece(self, rows: Sequence[Row]) -> Graph:
        return network_of(Table(self._columns, tuple(rows)), self._query)


@contextmanager
def gather(columns: tuple[str, ...], rows: Iterable[Row], query: Query) -> Iterator[Gathered]:
    """Sort the rows of a network query by their edges, on disk, and give them to the caller.

    The temporary file is some 1.5 times as large as the rows, and is where TMPDIR says.

    :raises InputError: if a column is missing or a row lacks an end.
    """
    network_of(Table(columns, ()), query)  # tells what is missing before a row is read
    with tempfile.TemporaryDirectory(prefix="stikg-") as place:
        database = sqlite3.connect(Path(place) / "rows.sqlite", isolation_level=None)
        try:
            database.executescript(
                f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES}"
            )
            database.execute("BEGIN")
            _fill(database, columns, rows, query)
            database.execute("COMMIT")
            yield Gathered(database, columns, query)
        finally:
            database.close()


def _fill(
    database: sqlite3.Connection, columns: tuple[str, ...], rows: Iterable[Row], query: Query
) -> None:
    called = edges_of(Table(columns, ()), query).columns
    at = {name: called.index(name) for name in ("source", "target", "relation")}
    ends = [
        (bit, at[end], called.index(f"{end}Label"), _index(called, f"{end}KindLabel"))
        for bit, end in ((_SOURCE, "source"), (_TARGET, "target"))
    ]
    for number, row in enumerate(rows, 1):
        cells = [None if term is None else str(term) for term in row]
        missing = [end for end, place in at.items() if cells[place] is None]
        if missing:
            network_of(Table(columns, (row,)), query)  # raises, in the words of ``build``
        low, high, relation = (str(cells[place]) for place in at.values())
        for bit, node, label, kind in _of_one_side(ends, low == high):
            side = bit if query.directed else _BOTH
            shown = (cells[node], cells[label] or "", (kind is not None and cells[kind]) or "")
            database.execute(_ADD_NODE, (*shown, side))
        if not query.directed and high < low:
            low, high = high, low
        written = json.dumps(cells, ensure_ascii=False)
        database.execute(
            "INSERT INTO rows VALUES (?, ?, ?, ?, ?)", (low, high, relation, number, written)
        )


def _of_one_side(
    ends: Sequence[tuple[int, int, int, int | None]], loop: bool
) -> Sequence[tuple[int, int, int, int | None]]:
    """Return the ends of an edge; of a loop the target first, whose label ``build`` takes."""
    return ends[::-1] if loop else ends


def _index(columns: Sequence[str], name: str) -> int | None:
    return columns.index(name) if name in columns else None


def _term(cell: str | None) -> Literal | None:
    return None if cell is None else Literal(cell)
