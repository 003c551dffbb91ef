"""The measures: what each tells, its formula, its range and where it comes from.

In the formulas n is the number of nodes, N(v) the neighbours of v, d(v) their number, A the
adjacency matrix of the undirected simple graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final, Literal

from stikg.errors import UnknownName

NOTHING_ADDED: Final = "pairs without a path add nothing"
EACH_FOR_ITSELF: Final = "no difference: it looks at the neighbourhood alone"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A measure of the nodes of a network, or of a whole network.

    ``directed`` tells whether it follows the direction of edges, ``weighted`` whether it uses
    their weights, ``two_sided`` whether it needs nodes of two sides, ``whole`` whether it gives
    one number for the network, ``counts`` whether its values are whole numbers.
    """

    name: str
    title: str
    tells: str
    formula: str
    range: str
    source: str
    disconnected: str
    directed: Literal["no", "yes", "if the network is"] = "no"
    weighted: bool = False
    two_sided: bool = False
    whole: bool = False
    counts: bool = False

    @property
    def column(self) -> str:
        """Return the name of its column: ``kCore`` of ``k-core``."""
        first, *others = self.name.split("-")
        return first + "".join(word.capitalize() for word in others)


_ALL: Final = (
    Measure(
        name="degree",
        title="Degree",
        tells="How many different partners a node has.",
        formula="d(v) = |N(v)|",
        range="0 to n − 1",
        source="Freeman 1979",
        disconnected=EACH_FOR_ITSELF,
        counts=True,
    ),
    Measure(
        name="edges",
        title="Edges",
        tells="How many edges of any relation a node has, several to one partner counted each.",
        formula="number of (partner, relation, direction) at v",
        range="0 upwards",
        source="Wasserman and Faust 1994, section 4.2",
        disconnected=EACH_FOR_ITSELF,
        counts=True,
    ),
    Measure(
        name="strength",
        title="Weighted degree (strength)",
        tells="How much weight the edges of a node have together.",
        formula="s(v) = Σ w(e) over the edges e at v",
        range="0 upwards",
        source="Barrat, Barthélemy, Pastor-Satorras and Vespignani 2004",
        disconnected=EACH_FOR_ITSELF,
        weighted=True,
    ),
    Measure(
        name="betweenness",
        title="Betweenness",
        tells="How often a node lies on the shortest ways between others: who brokers.",
        formula="Σ σ(s,t|v) / σ(s,t) over pairs s, t of others, divided by (n − 1)(n − 2) / 2",
        range="0 to 1",
        source="Freeman 1977; Brandes 2001",
        disconnected=NOTHING_ADDED,
    ),
    Measure(
        name="sampled-betweenness",
        title="Betweenness, estimated",
        tells="Betweenness estimated from paths of some nodes, with its standard error.",
        formula="n / k Σ 2 (3x² − 2x³) σ(s,t|v) / σ(s,t) over k nodes s, scaled as betweenness; "
        "x = dist(s,v) / dist(s,t)",
        range="0 upwards, near betweenness",
        source="Brandes and Pich 2007; Geisberger, Sanders and Schultes 2008",
        disconnected=NOTHING_ADDED,
    ),
    Measure(
        name="closeness",
        title="Closeness",
        tells="How few steps a node is away from the others.",
        formula="(r − 1) / Σ dist(v,u) × (r − 1) / (n − 1), r nodes in the component of v",
        range="0 to 1",
        source="Wasserman and Faust 1994, section 5.2",
        disconnected="scaled by the share of the network that the component is",
    ),
    Measure(
        name="eigenvector",
        title="Eigenvector centrality",
        tells="How well connected the partners of a node are themselves.",
        formula="x with A x = λ x, λ the largest, x ≥ 0, Σ x² = 1",
        range="0 to 1",
        source="Bonacich 1972",
        disconnected="0 outside the component with the largest λ; components that tie share it",
    ),
    Measure(
        name="pagerank",
        title="PageRank",
        tells="How often a walker who follows edges, and now and then starts anew, is at a node.",
        formula="p(v) = (1 − α) / n + α Σ p(u) / d(u) over u → v, α = 0.85",
        range="0 to 1, together 1",
        source="Brin and Page 1998",
        disconnected="defined everywhere, since the walker starts anew",
        directed="if the network is",
    ),
    Measure(
        name="hubs",
        title="Hubs",
        tells="How much a node points to what many good hubs point to.",
        formula="h with h = A a, a = Aᵀ h, up to scale, A of the directed graph; Σ h = 1",
        range="0 to 1, together 1",
        source="Kleinberg 1999",
        disconnected="0 outside the component with the largest singular value",
        directed="yes",
    ),
    Measure(
        name="authorities",
        title="Authorities",
        tells="How much good hubs point to a node.",
        formula="a with h = A a, a = Aᵀ h, up to scale, A of the directed graph; Σ a = 1",
        range="0 to 1, together 1",
        source="Kleinberg 1999",
        disconnected="0 outside the component with the largest singular value",
        directed="yes",
    ),
    Measure(
        name="k-core",
        title="k-core",
        tells="How deep in the dense middle of the network a node is.",
        formula="the largest k such that v is in a subgraph where all have at least k neighbours",
        range="0 to the largest degree",
        source="Seidman 1983",
        disconnected="no difference: each component has its own cores",
        counts=True,
    ),
    Measure(
        name="triangles",
        title="Triangles",
        tells="How many pairs of a node's partners are partners of each other.",
        formula="number of {u, w} ⊆ N(v) with w in N(u)",
        range="0 to d(v) (d(v) − 1) / 2; always 0 if the network has two sides",
        source="Schank and Wagner 2005",
        disconnected=EACH_FOR_ITSELF,
        counts=True,
    ),
    Measure(
        name="clustering",
        title="Clustering",
        tells="How many of a node's partners are partners of each other.",
        formula="triangles at v, divided by d(v) (d(v) − 1) / 2; 0 if d(v) < 2",
        range="0 to 1; always 0 if the network has two sides",
        source="Watts and Strogatz 1998",
        disconnected=EACH_FOR_ITSELF,
    ),
    Measure(
        name="articulation",
        title="Articulation",
        tells="Into how many more parts the network falls when the node goes.",
        formula="components without v, minus components with v; 0 of a node without edges",
        range="0 to d(v) − 1",
        source="Hopcroft and Tarjan 1973",
        disconnected="each component for itself",
        counts=True,
    ),
    Measure(
        name="bridges",
        title="Bridges",
        tells="How many edges of the node are the only link between two parts of the network.",
        formula="number of u in N(v) such that no other path joins u and v",
        range="0 to d(v)",
        source="Tarjan 1974",
        disconnected="each component for itself",
        counts=True,
    ),
    Measure(
        name="two-sided-degree",
        title="Degree, two-sided",
        tells="With which share of the other side a node is linked.",
        formula="d(v) / size of the other side",
        range="0 to 1",
        source="Borgatti and Halgin 2011",
        disconnected=EACH_FOR_ITSELF,
        two_sided=True,
    ),
    Measure(
        name="two-sided-betweenness",
        title="Betweenness, two-sided",
        tells="Betweenness as a share of the most that a node of its side can have.",
        formula="Σ σ(s,t|v) / σ(s,t), divided by the largest value that two such sides allow",
        range="0 to 1",
        source="Borgatti and Everett 1997; Borgatti and Halgin 2011",
        disconnected=NOTHING_ADDED,
        two_sided=True,
    ),
    Measure(
        name="two-sided-closeness",
        title="Closeness, two-sided",
        tells="Closeness as a share of the most that a node of its side can have.",
        formula="(m + 2 (k − 1)) / Σ dist(v,u) × (r − 1) / (n − 1), k on v's side, m on the other",
        range="0 to 1; may pass 1 in small components of a disconnected network",
        source="Borgatti and Halgin 2011",
        disconnected="scaled by the share of the network that the component is",
        two_sided=True,
    ),
    Measure(
        name="two-sided-clustering",
        title="Clustering, two-sided",
        tells="How much a node's partners are shared with the nodes that share any of them.",
        formula="mean of |N(v) ∩ N(u)| / |N(v) ∪ N(u)| over the nodes u two steps away; 0 if none",
        range="0 to 1",
        source="Latapy, Magnien and Del Vecchio 2008",
        disconnected=EACH_FOR_ITSELF,
        two_sided=True,
    ),
    Measure(
        name="degree-assortativity",
        title="Degree assortativity",
        tells="Whether the well linked are linked with the well linked (above 0) or not (below).",
        formula="correlation of d(u) and d(v) over the edges, each in both directions",
        range="−1 to 1; none if all degrees are equal",
        source="Newman 2002",
        disconnected="no difference: it looks at each edge alone",
        whole=True,
    ),
    Measure(
        name="kind-assortativity",
        title="Assortativity by kind",
        tells="Whether edges join nodes of the same kind more (above 0) or less than by chance.",
        formula="(Σ e(i,i) − Σ a(i)²) / (1 − Σ a(i)²), e the shares of edges between kinds",
        range="−1 to 1; none if all nodes are of one kind",
        source="Newman 2003",
        disconnected="no difference: it looks at each edge alone",
        whole=True,
    ),
)

MEASURES: Final[Mapping[str, Measure]] = MappingProxyType({item.name: item for item in _ALL})
"""Every measure by its name."""


def get_measure(name: str) -> Measure:
    """Return the measure of a name.

    :raises UnknownName: if there is none.

    >>> get_measure("k-core").column
    'kCore'
    >>> get_measure("betweeness")
    Traceback (most recent call last):
    ...
    stikg.errors.UnknownName: 'betweeness' is no measure
      remedy: did you mean betweenness? all are listed by: stikg network --measures
    """
    if name not in MEASURES:
        near = get_close_matches(name, MEASURES, n=3)
        meant = f"did you mean {near[0]}? all are" if near else "they are"
        raise UnknownName(
            f"{name!r} is no measure",
            candidates=near,
            remedy=f"{meant} listed by: stikg network --measures",
        )
    return MEASURES[name]


def get_measures(names: Iterable[str]) -> tuple[Measure, ...]:
    """Return the measures of names, each once, in the order given.

    :raises UnknownName: if one is none.
    """
    return tuple(get_measure(name) for name in dict.fromkeys(names))
