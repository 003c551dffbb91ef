"""Edges as arrays of numbers: a network that is too large for a graph of Python's own objects.

An edge keeps 20 bytes, where a networkx graph with passages takes about 1,000. What it does not
keep are passages, origins and what an edge leads over.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Final

from stikg.errors import InputError
from stikg.networks.building import REQUIRED, edge_weight, end_of
from stikg.results import Stream, Table

_ENDS: Final = REQUIRED[::2]


@dataclass(frozen=True)
class Edges:
    """Edges of a network, each once, in the order of their first rows.

    ``nodes`` and ``relations`` are IRIs, ``labels`` belong to the nodes; ``source``, ``target`` and
    ``relation`` are places in them, one for each edge (unsigned, 32 bits); ``weight`` has 64 bits.
    """

    nodes: tuple[str, ...]
    labels: tuple[str, ...]
    relations: tuple[str, ...]
    source: array[int]
    target: array[int]
    relation: array[int]
    weight: array[float]
    directed: bool = True

    def __len__(self) -> int:
        return len(self.source)

    def degrees(self) -> list[int]:
        """Return the number of distinct neighbours of each node, itself not counted."""
        pairs = {
            (min(a, b), max(a, b)) for a, b in zip(self.source, self.target, strict=True) if a != b
        }
        found = [0] * len(self.nodes)
        for a, b in pairs:
            found[a] += 1
            found[b] += 1
        return found


def read_edges(table: Table | Stream, *, directed: bool = True) -> Edges:
    """Return the edges of a table, or of rows as they come, of which none is kept.

    The rows of one edge may stand apart. Its weight is the largest that its rows have, 1 where
    there is none. Without direction an edge that comes both ways is one.

    :raises InputError: if a column of an edge is missing, a row lacks an end, or a weight is no
        number.

    >>> from stikg.terms import IRI
    >>> row = tuple(IRI(f"e:{name}") for name in "aabbrr")
    >>> edges = read_edges(Table(REQUIRED, (row, row)))
    >>> len(edges), edges.nodes, list(edges.weight)
    (1, ('e:a', 'e:b'), [1.0])
    >>> read_edges(Table(("source",), ()))
    Traceback (most recent call last):
    ...
    stikg.errors.InputError: a network needs the column sourceLabel
      remedy: let the query answer source, target and relation, each with its label
    """
    for column in REQUIRED:
        if column not in table.columns:
            raise InputError(
                f"a network needs the column {column}",
                remedy="let the query answer source, target and relation, each with its label",
            )
    return _read(table, directed)


def _read(table: Table | Stream, directed: bool) -> Edges:
    at = {column: place for place, column in enumerate(table.columns)}
    nodes: dict[str, int] = {}
    labels: list[str] = []
    relations: dict[str, int] = {}
    places: dict[tuple[int, int, int], int] = {}
    source, target, relation, weight = array("I"), array("I"), array("I"), array("d")
    for number, row in enumerate(table.rows, 1):
        a, b = (nodes.setdefault(end_of(row, at, end, number), len(nodes)) for end in _ENDS[:2])
        for end, place in zip(_ENDS, (a, b), strict=False):
            if place == len(labels):
                labels.append(str(row[at[f"{end}Label"]] or ""))
        kind = relations.setdefault(end_of(row, at, _ENDS[2], number), len(relations))
        edge = (b, a, kind) if not directed and (b, a, kind) in places else (a, b, kind)
        place = places.setdefault(edge, len(source))
        if place == len(source):
            for column, value in zip((source, target, relation), edge, strict=True):
                column.append(value)
            weight.append(0.0)
        weight[place] = max(weight[place], edge_weight(row, at, number))
    return Edges(
        tuple(nodes), tuple(labels), tuple(relations), source, target, relation, weight, directed
    )
