"""How far measures hang on single documents or passages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from stikg.errors import InputError
from stikg.networks.measures.catalogue import get_measures
from stikg.networks.measures.engines import choose_engine
from stikg.networks.measures.ranking import competition_ranks
from stikg.networks.measuring import described, number, rounded
from stikg.results import Row, Table
from stikg.terms import BASE, Literal

if TYPE_CHECKING:
    from stikg.networks.building import Graph
    from stikg.networks.measures.adjacency import Adjacency
    from stikg.networks.measures.catalogue import Measure

REPETITIONS: Final = 200
COVERED: Final = 0.95
COLUMNS: Final = (
    "node", "nodeLabel", "kind", "measure", "value", "low", "high",
    "rank", "rankLow", "rankHigh", "documents",
)  # fmt: skip

_DOCUMENT: Final = re.compile(re.escape(BASE) + r"document/([^/]+)/")

Kept = Callable[[tuple[str, ...]], bool]
"""Tells whether an edge with these passages is there."""


def document_of(passage: str) -> str | None:
    """Return the name of the document of a passage's IRI, or None.

    >>> document_of("https://w3id.org/stikg/document/uuki-2022/2.4-p1")
    'uuki-2022'
    """
    found = _DOCUMENT.match(passage)
    return found[1] if found else None


def without_each_document(
    graph: Graph, measures: Iterable[str] = ("degree", "betweenness")
) -> Table:
    """Return the least and the largest value and rank of each node when one document is missing.

    An edge is gone when all its passages are of the missing document; an edge without a passage
    stays. Nodes stay, so that one whose edges are all gone has the values of a lone node.
    ``documents`` counts the documents of a node's edges. The range holds the value of the whole:
    where all passages are of one document, it begins with what is left without any.

    :raises InputError: if a measure is of the whole network.
    """
    documents = sorted({name for name in map(document_of, _passages(graph)) if name})

    def kept_without(missing: str) -> Kept:
        return lambda passages: (
            not passages or any(document_of(passage) != missing for passage in passages)
        )

    return _table(graph, measures, [kept_without(name) for name in documents], covered=1.0)


def resample_passages(
    graph: Graph,
    measures: Iterable[str] = ("degree", "betweenness"),
    *,
    repetitions: int = REPETITIONS,
    seed: int = 0,
) -> Table:
    """Return the interval of each value and rank when passages are drawn anew.

    The passages of the network are drawn as many times as there are, with replacement (Efron
    1979); an edge is there if one of its passages is drawn, or if it has none. The interval holds
    the middle 95 % of the repetitions. A draw has some 63 % of the passages, so that counts lie
    below the value: the interval tells how steady a place is, not where a true value is.

    :raises InputError: if a measure is of the whole network, no edge has a passage, or
        ``repetitions`` is less than 1.
    """
    import random

    passages = sorted(_passages(graph))
    if repetitions < 1 or not passages:
        raise InputError(
            "nothing can be drawn anew",
            remedy="give at least one repetition, and a network whose edges have passages",
        )
    draw = random.Random(seed)  # noqa: S311

    def kept_in(drawn: set[str]) -> Kept:
        return lambda found: not found or not drawn.isdisjoint(found)

    draws = [kept_in(set(draw.choices(passages, k=len(passages)))) for _ in range(repetitions)]
    return _table(graph, measures, draws, covered=COVERED)


def _passages(graph: Graph) -> set[str]:
    return {passage for *_, data in graph.edges(data=True) for passage in data.get("passages", ())}


def _table(
    graph: Graph, names: Iterable[str], replicates: Sequence[Kept], *, covered: float
) -> Table:
    from stikg.networks.measures.adjacency import adjacency_of, ordered_edges

    measures = get_measures(names)
    whole = [item.name for item in measures if item.whole]
    if whole:
        raise InputError(
            f"{whole[0]} is of the whole network", remedy="intervals are of measures of nodes"
        )
    network = adjacency_of(graph)
    passages = [graph.edges[edge].get("passages", ()) for edge in ordered_edges(graph)]
    engine = choose_engine(len(network) * (1 + len(replicates) // 10))
    value = _values(network, measures, engine)
    repeated = [
        _values(network.only(mask), measures, engine) for mask in _masks(passages, replicates)
    ]
    if covered == 1.0:
        repeated.append(value)
    known = _documents(graph, network)
    rows: list[Row] = []
    for place, item in enumerate(measures):
        ranks = competition_ranks(value[place])
        again = [competition_ranks(values[place]) for values in repeated]
        for node in sorted(range(len(network)), key=lambda node: (ranks[node][0], node)):
            low, high = _middle([values[place][node] for values in repeated], covered)
            first, last = _middle([found[node][0] for found in again], covered)
            numbers = (value[place][node], low, high, ranks[node][0], first, last, known[node])
            start = (*described(graph, network.nodes[node]), Literal(item.name))
            rows.append((*start, *map(number, numbers)))
    return Table(COLUMNS, tuple(rows))


def _masks(passages: Sequence[tuple[str, ...]], replicates: Sequence[Kept]) -> Iterator[Any]:
    import numpy as np

    for kept in replicates:
        yield np.fromiter((kept(found) for found in passages), bool, len(passages))


def _values(
    network: Adjacency, measures: Sequence[Measure], engine: str
) -> list[list[int] | list[float]]:
    from stikg.networks.measures.computing import Computation

    computation = Computation(network, engine)
    return [rounded(computation.values(item.name), item) for item in measures]


def _documents(graph: Graph, network: Adjacency) -> list[int]:
    """Return how many documents the edges of each node are in."""
    found: dict[str, set[str | None]] = {node: set() for node in network.nodes}
    for source, target, data in graph.edges(data=True):
        names = {document_of(passage) for passage in data.get("passages", ())}
        found[source] |= names
        found[target] |= names
    return [len(found[node] - {None}) for node in network.nodes]


def _middle(values: Sequence[float], covered: float) -> tuple[float, float]:
    """Return the least and the largest of the values in the middle, so many of all."""
    ordered = sorted(values)
    cut = int(len(ordered) * (1 - covered) / 2 + 1e-9)
    return ordered[cut], ordered[len(ordered) - 1 - cut]
