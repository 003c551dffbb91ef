"""The page of the networks: how large they are, and who stands in their middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from stikg.library import Query
from stikg.publishing.pages.markdown import bullets, clip, code, heading, link, page, table, text
from stikg.results import Table
from stikg.results.display import plain_text

ROWS: Final = 10

_INTRODUCTION: Final = """\
Each network is a file of `queries/networks` whose rows are edges, each with its passage or, where
no passage states it, its origin. `stikg network NAME --evidence` prints the passages,
`stikg network NAME --export NAME.graphml` writes the network for other programs: also .gexf, .net,
.json and .csv. Degree is the number of distinct neighbours, betweenness that of Freeman (1977) on
the undirected simple graph, from 0 to 1. Where edges have weights, strength is their sum at a node,
and ranks first; nodes of equal strength, degree and betweenness share a rank."""
_NAMED: Final = ("rank", "nodeLabel", "kind")
_MEASURED: Final = ("strength", "degree", "edges", "betweenness")


class Counts(Protocol):
    """What is counted of a network."""

    @property
    def nodes(self) -> int: ...  # noqa: D102
    @property
    def edges(self) -> int: ...  # noqa: D102
    @property
    def components(self) -> int: ...  # noqa: D102
    @property
    def density(self) -> float: ...  # noqa: D102
    @property
    def node_kinds(self) -> Sequence[tuple[str, int]]: ...  # noqa: D102
    @property
    def relations(self) -> Sequence[tuple[str, int]]: ...  # noqa: D102


@dataclass(frozen=True)
class Network:
    """A network query, what is counted of its graph, and its nodes, the most central first."""

    query: Query
    counts: Counts
    central: Table


def networks_page(networks: Sequence[Network]) -> str:
    """Return docs/networks.md."""
    rows = [
        (
            link(item.query.name, f"#{item.query.name}"),
            text(item.query.title),
            str(item.counts.nodes),
            str(item.counts.edges),
        )
        for item in networks
    ]
    parts = [table(["network", "title", "nodes", "edges"], rows, numbers={"nodes", "edges"})]
    return page("Networks", _INTRODUCTION, [*parts, *map(_section, networks)])


def _section(network: Network) -> str:
    query, counts = network.query, network.counts
    facts = [
        ("Nodes", f"{counts.nodes} ({_listed(counts.node_kinds)})"),
        ("Edges", f"{counts.edges} ({_listed(counts.relations)})"),
        ("Direction", "from source to target" if query.directed else "none: an edge is a pair"),
        ("Weight", text(query.weight_title)),
        ("Components", str(counts.components)),
        ("Density", f"{counts.density:.4f}"),
        ("Measured by", code(f"stikg network {query.name}")),
        ("Drawn by", code(f"stikg draw {query.name} --output {query.name}.png")),
    ]
    measured = [name for name in _MEASURED if name in network.central.columns]
    columns = (network.central.column(name)[:ROWS] for name in (*_NAMED, *measured))
    rows = [
        [text(clip(plain_text(term))) for term in terms] for terms in zip(*columns, strict=True)
    ]
    return "\n".join(
        [
            heading(2, query.name),
            f"**{text(query.question)}** {text(query.description)}\n",
            bullets(facts),
            table(["rank", "node", "kind", *measured], rows, numbers={"rank", *measured}),
        ]
    )


def _listed(counted: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{number} {text(name)}" for name, number in counted)
