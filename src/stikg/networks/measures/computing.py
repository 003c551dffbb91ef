"""Every measure by its name, computed once for those that build on each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from stikg.errors import InputError
from stikg.networks.measures import local, paths, spectral, twosided, whole
from stikg.networks.measures.adjacency import Adjacency, Values
from stikg.networks.measures.catalogue import Measure
from stikg.networks.measures.paths import Estimate


@dataclass(frozen=True, eq=False)
class Computation:
    """A network whose measures are computed when asked for, each once."""

    network: Adjacency
    engine: str
    pivots: int | None = None
    seed: int = 0
    _known: dict[str, Values] = field(default_factory=dict)
    _estimates: list[Estimate] = field(default_factory=list)

    def values(self, name: str) -> Values:
        """Return a measure of each node, in the order of the nodes.

        :raises InputError: if it needs two sides, and there are none.
        """
        if name not in self._known:
            self._known[name] = _COMPUTED[name](self)
        return self._known[name]

    def estimate(self) -> Estimate:
        """Return the estimated betweenness, with the standard error of each value."""
        if not self._estimates:
            found = paths.sampled_betweenness(self.network, pivots=self.pivots, seed=self.seed)
            self._estimates.append(found)
        return self._estimates[0]


def whole_value(network: Adjacency, measure: Measure) -> float | None:
    """Return a measure of the whole network, None where it is not defined.

    :raises InputError: if it is a measure of nodes.
    """
    if measure.name not in _WHOLE:
        raise InputError(f"{measure.name} is a measure of nodes")
    return _WHOLE[measure.name](network)


def _plain(function: Callable[[Adjacency], Values]) -> Callable[[Computation], Values]:
    return lambda asked: function(asked.network)


def _by_engine(function: Callable[[Adjacency, str], Values]) -> Callable[[Computation], Values]:
    return lambda asked: function(asked.network, asked.engine)


def _upon(
    function: Callable[[Adjacency, Values], Values], name: str
) -> Callable[[Computation], Values]:
    return lambda asked: function(asked.network, asked.values(name))


_COMPUTED: Final[Mapping[str, Callable[[Computation], Values]]] = {
    "degree": _plain(local.degree),
    "edges": _plain(local.edges),
    "strength": _plain(local.strength),
    "betweenness": _by_engine(paths.betweenness),
    "sampled-betweenness": lambda asked: asked.estimate().values,
    "closeness": _by_engine(paths.closeness),
    "eigenvector": _plain(spectral.eigenvector),
    "pagerank": _plain(spectral.pagerank),
    "hubs": _plain(spectral.hubs),
    "authorities": _plain(spectral.authorities),
    "k-core": _plain(local.k_core),
    "triangles": _plain(local.triangles),
    "clustering": _plain(local.clustering),
    "articulation": _by_engine(local.articulation),
    "bridges": _by_engine(local.bridges),
    "two-sided-degree": _plain(twosided.degree),
    "two-sided-betweenness": _upon(twosided.betweenness, "betweenness"),
    "two-sided-closeness": _upon(twosided.closeness, "closeness"),
    "two-sided-clustering": _plain(twosided.clustering),
}

_WHOLE: Final[Mapping[str, Callable[[Adjacency], float | None]]] = {
    "degree-assortativity": whole.degree_assortativity,
    "kind-assortativity": whole.kind_assortativity,
}
