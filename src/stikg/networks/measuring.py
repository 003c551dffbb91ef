"""How central the nodes of a network are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from stikg.networks.measures.catalogue import MEASURES, Measure, get_measure, get_measures
from stikg.networks.measures.engines import EXACT_NODES, advice, choose_engine
from stikg.networks.measures.ranking import competition_ranks
from stikg.results import Row, Table
from stikg.terms import IRI, XSD, Literal, Term

if TYPE_CHECKING:
    from stikg.networks.building import Graph
    from stikg.networks.measures.adjacency import Adjacency, Values
    from stikg.networks.measures.computing import Computation

USUAL: Final = ("degree", "edges", "betweenness")
RANKING: Final = ("degree", "betweenness")
WEIGHED: Final = "strength"
"""What comes first where edges have weights."""
ALL: Final = "all"
DIGITS: Final = 6

_SAMPLED: Final = "sampled-betweenness"
_NODE: Final = ("node", "nodeLabel", "kind")


@dataclass(frozen=True)
class Measurement:
    """Values and ranks of the nodes, those of the whole network, and what to know of them."""

    table: Table
    whole: Table
    notes: tuple[str, ...] = ()


def measure(
    graph: Graph,
    measures: Iterable[str] | None = None,
    *,
    engine: str | None = None,
    pivots: int | None = None,
    seed: int = 0,
) -> Table:
    """Return measures of each node, the most central first.

    Without names ``degree``, ``edges`` and ``betweenness`` are given, ranked by degree, then by
    betweenness; where edges have weights, ``strength`` before them. Named measures have a column
    each and rank in the order given; ``shared`` is how many nodes have the rank. Values are rounded
    to six digits, and equal ones share a rank. The other arguments are those of ``examine``.

    :raises UnknownName: if a name is no measure.
    :raises InputError: if a measure needs two sides, and the network has not two.
    """
    return examine(graph, measures, engine=engine, pivots=pivots, seed=seed).table


def examine(
    graph: Graph,
    measures: Iterable[str] | None = None,
    *,
    engine: str | None = None,
    pivots: int | None = None,
    seed: int = 0,
) -> Measurement:
    """Return measures of the nodes and of the whole network, with notes on how they were found.

    ``all`` stands for every measure that is exact and fits the network. Betweenness of a large
    network is estimated, unless ``engine`` is named, from nodes drawn with ``seed``: ``pivots`` of
    them, or as many as bring the standard error of the largest values to 5 %, up to 2,000. Its
    column says so, another has the standard errors, and a note tells what was reached.

    :raises UnknownName: if a name is no measure.
    :raises InputError: if a measure needs two sides, and the network has not two.
    :raises MissingDependency: if the engine is not installed.
    """
    from stikg.networks.measures.adjacency import adjacency_of
    from stikg.networks.measures.computing import Computation

    network = adjacency_of(graph)
    first = (WEIGHED,) if graph.graph.get("weight_title") else ()
    chosen = _chosen((*first, *USUAL) if measures is None else measures, network)
    found = choose_engine(len(network), wanted=engine)
    notes = advice(len(network), found) if any(not item.whole for item in chosen) else ()
    if engine is None and len(network) > EXACT_NODES[found]:
        chosen = tuple(map(_estimated, chosen))
    computation = Computation(network, found, pivots, seed)
    columns = _columns(computation, [item for item in chosen if not item.whole])
    if any(item.name == _SAMPLED for item in chosen):
        notes += (_sampling(computation),)
    ranking = (*first, *RANKING) if measures is None else tuple(item.name for item in chosen)
    by = [_estimated(get_measure(name)).column if get_measure(name) not in chosen
          else get_measure(name).column for name in ranking]  # fmt: skip
    table = _table(graph, network, columns, by, shared=measures is not None)
    return Measurement(table, _whole(network, [item for item in chosen if item.whole]), notes)


def fitting(network: Adjacency) -> tuple[str, ...]:
    """Return the names of all exact measures that a network can have."""
    from stikg.networks.measures.twosided import is_two_sided

    two_sided = is_two_sided(network)
    return tuple(
        item.name
        for item in MEASURES.values()
        if item.name != _SAMPLED and (two_sided or not item.two_sided)
    )


def _chosen(names: Iterable[str], network: Adjacency) -> tuple[Measure, ...]:
    listed: list[str] = []
    for name in [names] if isinstance(names, str) else names:
        listed += fitting(network) if name == ALL else [name]
    return get_measures(listed)


def _estimated(measure: Measure) -> Measure:
    return get_measure(_SAMPLED) if measure.name == "betweenness" else measure


def _sampling(computation: Computation) -> str:
    found = computation.estimate()
    return (
        f"betweenness is estimated from {found.pivots} of {len(computation.network)} nodes, "
        f"drawn with seed {computation.seed}: the standard error of the ten largest values is "
        f"{found.relative_error:.1%} (median)"
    )


def _columns(
    computation: Computation, measures: Sequence[Measure]
) -> dict[str, list[int] | list[float]]:
    found: dict[str, list[int] | list[float]] = {}
    for item in measures:
        if item.name == _SAMPLED:
            estimate = computation.estimate()
            found[item.column] = rounded(estimate.values, item)
            found[item.column + "Error"] = rounded(estimate.errors, item)
        else:
            found[item.column] = rounded(computation.values(item.name), item)
    return found


def rounded(values: Values, measure: Measure) -> list[int] | list[float]:
    """Return values as they are compared and shown: whole numbers, or six digits."""
    if measure.counts:
        return [round(value) for value in values.tolist()]
    return [round(value, DIGITS) + 0.0 for value in values.tolist()]


def number(value: float) -> Literal:
    """Return a whole number, or a decimal of six digits."""
    if isinstance(value, int):
        return Literal(str(value), XSD + "integer")
    return Literal(f"{value:.{DIGITS}f}", XSD + "decimal")


def described(graph: Graph, node: str) -> tuple[Term, Term, Term]:
    """Return the first cells of a row about a node: IRI, label, kind."""
    data = graph.nodes[node]
    return IRI(node), Literal(str(data.get("label", node))), Literal(str(data.get("kind", "")))


def _table(
    graph: Graph,
    network: Adjacency,
    columns: dict[str, list[int] | list[float]],
    by: Sequence[str],
    *,
    shared: bool,
) -> Table:
    ranked = [columns[name] for name in by if name in columns]
    keys = list(zip(*ranked, strict=True)) if ranked else [()] * len(network)
    places = competition_ranks(keys)
    labels = [str(described(graph, node)[1]) for node in network.nodes]
    order = sorted(
        range(len(network)), key=lambda index: (places[index], labels[index], network.nodes[index])
    )
    rows: list[Row] = []
    for index in order if columns else ():
        values = [number(column[index]) for column in columns.values()]
        ending = places[index] if shared else places[index][:1]
        rows.append((*described(graph, network.nodes[index]), *values, *map(number, ending)))
    return Table((*_NODE, *columns, "rank", *(("shared",) if shared else ())), tuple(rows))


def _whole(network: Adjacency, measures: Sequence[Measure]) -> Table:
    from stikg.networks.measures.computing import whole_value

    rows: list[Row] = []
    for item in measures:
        value = whole_value(network, item)
        shown = None if value is None else number(round(value, DIGITS) + 0.0)
        rows.append((Literal(item.name), Literal(item.title), shown))
    return Table(("measure", "title", "value"), tuple(rows))


def catalogue() -> Table:
    """Return every measure with what it tells, its formula, range, source and conditions."""
    columns = ("name", "title", "tells", "formula", "range", "source", "disconnected", "directed")
    rows = [
        (
            *(Literal(str(getattr(item, column))) for column in columns),
            *(Literal("yes" if given else "no") for given in (item.weighted, item.two_sided)),
            Literal("the network" if item.whole else "each node"),
        )
        for item in MEASURES.values()
    ]
    return Table((*columns, "weighted", "twoSided", "of"), tuple(rows))


def bridges(graph: Graph) -> Table:
    """Return the edges that alone link two parts, those that part most nodes first.

    ``parted`` is the number of nodes in the smaller part without the edge; ``relations`` are the
    labels of all edges between the two nodes, ``passages`` the number of passages of them all.
    """
    from stikg.networks.measures.adjacency import adjacency_of
    from stikg.networks.measures.local import bridge_edges, parts_at_bridges

    network = adjacency_of(graph)
    edges = bridge_edges(network, choose_engine(len(network)))
    rows: list[Row] = []
    for (low, high), parted in zip(edges, parts_at_bridges(network, edges), strict=True):
        one, other = network.nodes[low], network.nodes[high]
        if not graph.has_edge(one, other):
            one, other = other, one
        between = [
            data
            for pair in ((one, other), (other, one))
            for data in (graph.get_edge_data(*pair) or {}).values()
        ]
        relations = ", ".join(sorted({str(data["label"]) for data in between}))
        passages = {passage for data in between for passage in data.get("passages", ())}
        ends = (*described(graph, one)[:2], *described(graph, other)[:2])
        rows.append((*ends, Literal(relations), number(parted), number(len(passages))))
    rows.sort(key=lambda row: (-int(str(row[5])), str(row[1]), str(row[3]), row[:4]))
    columns = ("source", "sourceLabel", "target", "targetLabel", "relations", "parted", "passages")
    return Table(columns, tuple(rows))
