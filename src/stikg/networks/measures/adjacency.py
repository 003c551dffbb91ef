"""A network as arrays, the form that measures are computed on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import networkx as nx
    import rustworkx

    from stikg.networks.building import Graph

Values = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Adjacency:
    """Nodes in the order of their IRIs, and every edge by the numbers of its nodes.

    Loops and the edges of several relations between two nodes are kept in ``tails``, ``heads``
    and ``weights``; ``matrix`` and ``arcs`` are of the simple graph.
    """

    nodes: tuple[str, ...]
    kinds: tuple[str, ...]
    sides: tuple[str, ...]
    tails: Indices
    heads: Indices
    weights: Values
    directed: bool = False

    def __len__(self) -> int:
        return len(self.nodes)

    @property
    def is_walked_one_way(self) -> bool:
        """Whether a walk has to follow the direction of edges: not from one side to another."""
        return self.directed and "both" in self.sides

    @cached_property
    def arcs(self) -> Any:
        """The directed simple graph, a CSR matrix of ones."""
        from scipy.sparse import csr_matrix

        real = self.tails != self.heads
        tails, heads = self.tails[real], self.heads[real]
        found = csr_matrix((np.ones(len(tails)), (tails, heads)), shape=(len(self), len(self)))
        found.data[:] = 1.0
        return found

    @cached_property
    def matrix(self) -> Any:
        """The undirected simple graph, a symmetric CSR matrix of ones."""
        from scipy.sparse import coo_matrix

        real = self.tails != self.heads
        tails, heads = self.tails[real], self.heads[real]
        ends = np.concatenate((tails, heads)), np.concatenate((heads, tails))
        found = coo_matrix((np.ones(2 * len(tails)), ends), shape=(len(self), len(self))).tocsr()
        found.sort_indices()
        found.data[:] = 1.0
        return found

    @cached_property
    def edges(self) -> tuple[Indices, Indices]:
        """The edges of the undirected simple graph, each once, the lower node first."""
        low = np.repeat(np.arange(len(self)), self.degrees)
        high = self.matrix.indices.astype(np.int64)
        once = low < high
        return low[once], high[once]

    @cached_property
    def degrees(self) -> Indices:
        """The number of neighbours of each node."""
        found: Indices = np.diff(self.matrix.indptr).astype(np.int64)
        return found

    @cached_property
    def components(self) -> Indices:
        """The number of the component of each node."""
        from scipy.sparse.csgraph import connected_components

        found: Indices = connected_components(self.matrix, directed=False)[1].astype(np.int64)
        return found

    @cached_property
    def component_sizes(self) -> Indices:
        """The number of nodes in the component of each node."""
        sizes: Indices = np.bincount(self.components, minlength=1)[self.components]
        return sizes

    def edges_from(self, nodes: Indices) -> tuple[Indices, Indices]:
        """Return the edges of some nodes: the number of the node, and of its neighbour."""
        starts = self.matrix.indptr[nodes].astype(np.int64)
        counts = self.degrees[nodes]
        ends = np.cumsum(counts)
        places = np.repeat(starts - ends + counts, counts) + np.arange(counts.sum())
        return np.repeat(nodes, counts), self.matrix.indices[places].astype(np.int64)

    @cached_property
    def in_networkx(self) -> nx.Graph[int]:
        """The undirected simple graph in networkx, its nodes the numbers."""
        import networkx as nx

        graph: nx.Graph[int] = nx.empty_graph(len(self))
        graph.add_edges_from(zip(*(ends.tolist() for ends in self.edges), strict=True))
        return graph

    @cached_property
    def in_rustworkx(self) -> rustworkx.PyGraph[None, None]:
        """The undirected simple graph in rustworkx, its nodes the numbers."""
        import rustworkx

        graph: rustworkx.PyGraph[None, None] = rustworkx.PyGraph(multigraph=False)
        graph.add_nodes_from([None] * len(self))
        graph.extend_from_edge_list(list(zip(*(ends.tolist() for ends in self.edges), strict=True)))
        return graph

    def only(self, kept: NDArray[np.bool_]) -> Adjacency:
        """Return the network of the edges that a mask keeps, with all its nodes."""
        return replace(
            self, tails=self.tails[kept], heads=self.heads[kept], weights=self.weights[kept]
        )


def adjacency_of(graph: Graph) -> Adjacency:
    """Return the arrays of a network, its edges in the order of ``ordered_edges``."""
    nodes = tuple(sorted(graph))
    number = {node: index for index, node in enumerate(nodes)}
    edges = ordered_edges(graph)
    return Adjacency(
        nodes=nodes,
        kinds=tuple(str(graph.nodes[node].get("kind", "")) for node in nodes),
        sides=tuple(str(graph.nodes[node].get("side", "both")) for node in nodes),
        tails=np.fromiter((number[tail] for tail, *_ in edges), np.int64, len(edges)),
        heads=np.fromiter((number[head] for _, head, _ in edges), np.int64, len(edges)),
        weights=np.fromiter(
            (graph.edges[edge].get("weight", 1.0) for edge in edges), np.float64, len(edges)
        ),
        directed=bool(graph.graph.get("directed", False)),
    )


def ordered_edges(graph: Graph) -> list[tuple[str, str, str]]:
    """Return the edges of a network, sorted by the IRIs of source, target and relation."""
    return sorted(graph.edges(keys=True))
