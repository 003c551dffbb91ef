"""Measures against known graphs, worked examples of the literature, and other libraries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stikg.errors import InputError, MissingDependency, UnknownName
from stikg.networks import bridges, examine, measure
from stikg.networks.measures import MEASURES, choose_engine, engines, local
from stikg.networks.measures.adjacency import Adjacency, adjacency_of
from stikg.networks.measures.computing import Computation, whole_value
from stikg.networks.measures.paths import dependencies, is_deep, sampled_betweenness
from stikg.networks.measures.spectral import leading_vector

NODE_MEASURES = [name for name, item in MEASURES.items() if not item.whole and not item.two_sided]
ENGINES = ("networkx", "rustworkx")

Pairs = Iterable[tuple[str, str]]


def network(
    pairs: Pairs, *, alone: Iterable[str] = (), directed: bool = False, kind: str = ""
) -> nx.MultiDiGraph[str]:
    """Return the network of pairs of names, which are on no side."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(directed=directed)
    for one, other in pairs:
        graph.add_edge(one, other, key="r", label="r", weight=1.0, passages=(), origins=())
    graph.add_nodes_from(alone)
    for node in graph:
        graph.nodes[node].update(label=node, kind=kind, side="both")
    return graph


def from_networkx(graph: nx.Graph[int]) -> nx.MultiDiGraph[str]:
    """Return the network of a graph whose nodes are numbers; their names sort alike."""
    return network(((name(one), name(other)) for one, other in graph.edges), alone=map(name, graph))


def name(node: int) -> str:
    return f"v{node:05}"


def two_sided(pairs: Pairs) -> nx.MultiDiGraph[str]:
    """Return a network from the first to the second names."""
    graph = network(pairs := list(pairs))
    for one, other in pairs:
        graph.nodes[one]["side"], graph.nodes[other]["side"] = "source", "target"
    return graph


def values(graph: nx.MultiDiGraph[str], measure: str, engine: str = "networkx") -> dict[str, float]:
    arrays = adjacency_of(graph)
    found = Computation(arrays, engine).values(measure)
    return dict(zip(arrays.nodes, found.tolist(), strict=True))


def star(leaves: int) -> nx.MultiDiGraph[str]:
    return network(("hub", f"leaf{index}") for index in range(leaves))


# Known graphs, with values from the definitions.


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("measure", "hub", "leaf"),
    [
        ("degree", 6, 1),
        ("betweenness", 1, 0),
        ("closeness", 1, 6 / 11),  # 6 others: one at 1 step, five at 2
        ("eigenvector", np.sqrt(1 / 2), np.sqrt(1 / 12)),
        ("k-core", 1, 1),
        ("triangles", 0, 0),
        ("clustering", 0, 0),
        ("articulation", 5, 0),  # one part becomes six
        ("bridges", 6, 1),
    ],
)
def test_a_star(measure: str, hub: float, leaf: float, engine: str) -> None:
    found = values(star(6), measure, engine)
    assert found.pop("hub") == pytest.approx(hub)
    assert list(found.values()) == pytest.approx([leaf] * 6)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_path_of_five(engine: str) -> None:
    path = network(zip("abcd", "bcde", strict=True))
    # c lies between 4 of the 6 pairs of others, b between 3.
    assert list(values(path, "betweenness", engine).values()) == pytest.approx(
        [0, 3 / 6, 4 / 6, 3 / 6, 0]
    )
    assert list(values(path, "closeness", engine).values()) == pytest.approx(
        [4 / 10, 4 / 7, 4 / 6, 4 / 7, 4 / 10]
    )
    # Eigenvectors of a path are sines: sin(kπ/6), λ = 2 cos(π/6).
    sines = np.sin(np.pi * np.arange(1, 6) / 6)
    assert list(values(path, "eigenvector", engine).values()) == pytest.approx(
        list(sines / np.linalg.norm(sines))
    )
    assert list(values(path, "articulation", engine).values()) == [0, 1, 1, 1, 0]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_complete_graph_of_five(engine: str) -> None:
    complete = from_networkx(nx.complete_graph(5))
    for item, value in {
        "degree": 4, "betweenness": 0, "closeness": 1, "eigenvector": np.sqrt(1 / 5),
        "pagerank": 1 / 5, "k-core": 4, "triangles": 6, "clustering": 1, "articulation": 0,
        "bridges": 0,
    }.items():  # fmt: skip
        assert list(values(complete, item, engine).values()) == pytest.approx([value] * 5)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_cycle_of_six(engine: str) -> None:
    cycle = from_networkx(nx.cycle_graph(6))
    for item, value in {
        # Each of 10 pairs of others: 2 pairs at 2 steps about v (half of opposite ones: 2 × ½).
        "betweenness": (1 + 2 * 1 / 2) / 10,
        "closeness": 5 / 9, "k-core": 2, "triangles": 0, "clustering": 0, "pagerank": 1 / 6,
        "bridges": 0,
    }.items():  # fmt: skip
        assert list(values(cycle, item, engine).values()) == pytest.approx([value] * 6)


def test_edges_and_strength_count_every_relation_and_a_loop_twice() -> None:
    graph = network([("a", "b"), ("b", "b")])
    graph.add_edge("a", "b", key="other", label="other", weight=2.5)
    assert values(graph, "degree") == {"a": 1, "b": 1}
    assert values(graph, "edges") == {"a": 2, "b": 4}
    assert values(graph, "strength") == {"a": 3.5, "b": 5.5}


def test_hubs_point_and_authorities_are_pointed_to() -> None:
    # a and b both point to x; a alone to y. M = A Aᵀ = [[2, 1], [1, 1]]: λ = (3 + √5) / 2.
    graph = network([("a", "x"), ("b", "x"), ("a", "y")])
    golden = (1 + np.sqrt(5)) / 2
    hubs = values(graph, "hubs")
    assert (hubs["a"] / hubs["b"], hubs["x"], sum(hubs.values())) == pytest.approx((golden, 0, 1))
    found = values(graph, "authorities")
    assert (found["x"] / found["y"], found["a"]) == pytest.approx((golden, 0))


def test_pagerank_follows_the_direction_of_a_directed_network_alone() -> None:
    pairs = [("a", "b")]
    assert values(network(pairs), "pagerank") == pytest.approx({"a": 0.5, "b": 0.5})
    # b passes its rank on to both: p(a) = 0.075 + 0.425 p(b), p(a) + p(b) = 1.
    expected = (0.075 + 0.425) / 1.425
    found = values(network(pairs, directed=True), "pagerank")
    assert found == pytest.approx({"a": expected, "b": 1 - expected})


def test_pagerank_of_two_sides_goes_both_ways() -> None:
    graph = two_sided([("a", "p"), ("b", "p")])
    graph.graph["directed"] = True
    # p = 0.05 + 0.85 (a + b) and a + b = 1 - p, so p = 0.9 / 1.85; a and b share the rest.
    found = values(graph, "pagerank")
    assert found["p"] == pytest.approx(0.9 / 1.85)
    assert found["a"] == found["b"] == pytest.approx((1 - 0.9 / 1.85) / 2)


# Published values.


@pytest.fixture(scope="module")
def karate() -> nx.MultiDiGraph[str]:
    """Zachary's karate club (1977), unweighted; member 1 is v00000."""
    return from_networkx(nx.Graph(nx.karate_club_graph().edges))


@pytest.mark.parametrize("engine", ENGINES)
def test_the_karate_club(karate: nx.MultiDiGraph[str], engine: str) -> None:
    # Member 1 has 16 friends and 231.07 of the 528 pairs, member 34 has 17 and 160.55, member 33
    # 12 and 76.69: widely printed, and what igraph gives.
    between = values(karate, "betweenness", engine)
    assert [between[name(node)] * 528 for node in (0, 33, 32)] == pytest.approx(
        [231.0714, 160.5516, 76.6905], abs=1e-4
    )
    degrees = values(karate, "degree", engine)
    assert [degrees[name(node)] for node in (33, 0, 32, 2, 1)] == [17, 16, 12, 10, 9]
    # Its innermost core is of order 4, with ten members; member 12 has one friend.
    cores = list(values(karate, "k-core", engine).values())
    assert (max(cores), cores.count(4), cores[11]) == (4, 10, 1)
    # One articulation point, member 1, one bridge, to member 12.
    assert [node for node, cut in values(karate, "articulation", engine).items() if cut] == [
        name(0)
    ]
    assert [node for node, ends in values(karate, "bridges", engine).items() if ends] == [
        name(0), name(11),
    ]  # fmt: skip


def test_the_karate_club_is_disassortative_by_degree(karate: nx.MultiDiGraph[str]) -> None:
    # r = −0.476 is widely printed for this network.
    found = whole_value(adjacency_of(karate), MEASURES["degree-assortativity"])
    assert found == pytest.approx(-0.476, abs=5e-4)


def test_assortativity_by_kind_of_newmans_example() -> None:
    # Newman 2003, table I: couples of San Francisco by ethnicity, in thousandths, r = 0.621.
    shares = [[258, 16, 35, 13], [12, 157, 58, 19], [13, 23, 306, 35], [5, 7, 24, 16]]
    # There women and men have shares of their own; here both ends of an edge are alike.
    mixing = np.array(shares, float)
    mixing = (mixing + mixing.T) / 2
    mixing /= mixing.sum()
    product = float((mixing @ mixing).sum())
    expected = (float(np.trace(mixing)) - product) / (1 - product)
    edges = [
        (f"k{one}-{place}-{copy}", f"k{other}+{place}-{copy}")
        for one in range(4)
        for other in range(4)
        for place in [f"{one}{other}"]
        for copy in range(shares[one][other])
    ]
    graph = network(edges)
    for node in graph:
        graph.nodes[node]["kind"] = node[:2]
    found = whole_value(adjacency_of(graph), MEASURES["kind-assortativity"])
    assert found == pytest.approx(expected)
    assert found == pytest.approx(0.621, abs=0.005)


@pytest.fixture(scope="module")
def women() -> nx.MultiDiGraph[str]:
    """Return 18 women at 14 events (Davis, Gardner and Gardner 1941)."""
    return two_sided(nx.davis_southern_women_graph().edges)


def test_the_southern_women(women: nx.MultiDiGraph[str]) -> None:
    # Borgatti and Halgin 2011, Analyzing affiliation networks: normalised for two sides.
    degree, close, between = (
        values(women, f"two-sided-{name}") for name in ("degree", "closeness", "betweenness")
    )
    found = {node: (degree[node], close[node], between[node]) for node in women}
    assert found["Evelyn Jefferson"] == pytest.approx((0.57, 0.80, 0.10), abs=0.005)
    assert found["Theresa Anderson"] == pytest.approx((0.57, 0.80, 0.09), abs=0.005)
    assert found["Nora Fayette"] == pytest.approx((0.57, 0.80, 0.11), abs=0.005)
    assert found["Flora Price"] == pytest.approx((0.14, 0.59, 0.01), abs=0.006)
    assert found["E8"] == pytest.approx((0.78, 0.85, 0.24), abs=0.006)
    assert found["E1"] == pytest.approx((0.17, 0.52, 0.00), abs=0.006)


@given(st.data())
def test_two_sided_measures_agree_with_networkx(data: st.DataObject) -> None:
    pairs = st.tuples(st.sampled_from("abcdefg"), st.sampled_from("tuvwxyz"))
    graph = two_sided(data.draw(st.sets(pairs, min_size=3, max_size=20)))
    top = [node for node in graph if graph.nodes[node]["side"] == "source"]
    simple = nx.Graph(graph)
    peers: dict[str, Callable[..., dict[str, float]]] = {
        "degree": nx.bipartite.degree_centrality,
        "closeness": nx.bipartite.closeness_centrality,
        "betweenness": nx.bipartite.betweenness_centrality,
    }
    for name, peer in peers.items():
        expected = peer(simple, top)
        found = values(graph, f"two-sided-{name}")
        assert found == pytest.approx(expected), name
    assert values(graph, "two-sided-clustering") == pytest.approx(nx.bipartite.clustering(simple))


# Against igraph, and one engine against the other, on any graph.


@st.composite
def graphs(draw: st.DrawFn, most: int = 12) -> nx.Graph[int]:
    size = draw(st.integers(1, most))
    ends = st.integers(0, size - 1)
    pairs = draw(st.sets(st.tuples(ends, ends).filter(lambda pair: pair[0] != pair[1])))
    graph: nx.Graph[int] = nx.empty_graph(size)
    graph.add_edges_from(pairs)
    return graph


def by_igraph(graph: nx.Graph[int]) -> dict[str, list[float]]:
    """Return what igraph measures, in our scales."""
    size = len(graph)
    peer = igraph.Graph(size, list(graph.edges))
    pairs = (size - 1) * (size - 2) / 2
    parts = len(peer.connected_components())
    return {
        "degree": peer.degree(),
        "betweenness": [value / pairs if pairs else 0.0 for value in peer.betweenness()],
        "pagerank": peer.pagerank(damping=0.85),
        "k-core": peer.coreness(),
        "triangles": [
            sum(node in corners for corners in peer.list_triangles()) for node in range(size)
        ],
        "clustering": peer.transitivity_local_undirected(mode="zero"),
        "articulation": [
            len((peer - [node]).connected_components()) - parts if peer.degree(node) else 0
            for node in range(size)
        ],
        "bridges": [
            sum(node in peer.es[edge].tuple for edge in peer.bridges()) for node in range(size)
        ],
    }


@pytest.mark.parametrize("engine", ENGINES)
@given(graph=graphs())
def test_measures_agree_with_igraph(engine: str, graph: nx.Graph[int]) -> None:
    ours = from_networkx(graph)
    for item, expected in by_igraph(graph).items():
        found = list(values(ours, item, engine).values())
        assert found == pytest.approx(expected, abs=1e-9), item


@given(graph=graphs())
def test_both_engines_give_the_same_values(graph: nx.Graph[int]) -> None:
    ours = from_networkx(graph)
    for item in NODE_MEASURES:
        one, other = (list(values(ours, item, engine).values()) for engine in ENGINES)
        assert one == pytest.approx(other, abs=1e-12), item


def test_large_graphs_agree_too() -> None:
    graph = nx.bipartite.gnmk_random_graph(350, 300, 2600, seed=4)
    ours = from_networkx(graph)
    peer = igraph.Graph(len(graph), list(graph.edges))
    expected = np.array(peer.eigenvector_centrality(scale=False))
    assert list(values(ours, "eigenvector").values()) == pytest.approx(
        list(expected / np.linalg.norm(expected)), abs=1e-6
    )
    pairs = (len(graph) - 1) * (len(graph) - 2) / 2
    between = [value / pairs for value in peer.betweenness()]
    for engine in ENGINES:
        assert list(values(ours, "betweenness", engine).values()) == pytest.approx(between)
    assert list(values(ours, "closeness", "rustworkx").values()) == pytest.approx(
        list(nx.closeness_centrality(graph).values())
    )


def test_paths_too_long_for_arrays_are_walked() -> None:
    # Two components: what is deep is in the lesser one.
    graph = nx.disjoint_union(nx.star_graph(150), nx.path_graph(90))
    ours = from_networkx(graph)
    for engine in ENGINES:
        assert list(values(ours, "betweenness", engine).values()) == pytest.approx(
            list(nx.betweenness_centrality(graph).values())
        )
        assert list(values(ours, "closeness", engine).values()) == pytest.approx(
            list(nx.closeness_centrality(graph).values())
        )
    assert is_deep(adjacency_of(ours))
    assert not is_deep(adjacency_of(from_networkx(nx.star_graph(150))))


@given(graph=graphs(), data=st.data())
def test_names_and_their_order_do_not_matter(graph: nx.Graph[int], data: st.DataObject) -> None:
    renamed = data.draw(st.permutations(sorted(graph)))
    ours = from_networkx(graph)
    other = from_networkx(nx.relabel_nodes(graph, dict(enumerate(renamed))))
    for item in NODE_MEASURES:
        if item != "sampled-betweenness":
            one, two = values(ours, item), values(other, item)
            assert [one[name(node)] for node in sorted(graph)] == pytest.approx(
                [two[name(renamed[node])] for node in sorted(graph)], abs=1e-9
            ), item


@given(one=graphs(8), other=graphs(8))
def test_a_component_more_changes_what_the_catalogue_says(
    one: nx.Graph[int], other: nx.Graph[int]
) -> None:
    union = from_networkx(nx.disjoint_union(one, other))
    alone = from_networkx(one)
    before, after = len(one), len(one) + len(other)
    pairs = [(size - 1) * (size - 2) for size in (before, after)]
    scales: dict[str, float] = {
        "degree": 1, "edges": 1, "k-core": 1, "triangles": 1, "clustering": 1, "articulation": 1,
        "bridges": 1,
        "betweenness": pairs[0] / pairs[1] if pairs[1] else 0,
        "closeness": (before - 1) / (after - 1),
    }  # fmt: skip
    for item, scale in scales.items():
        expected = {node: value * scale for node, value in values(alone, item).items()}
        found = values(union, item)
        assert {node: found[node] for node in expected} == pytest.approx(expected), item


def test_eigenvector_is_shared_by_components_that_tie_and_zero_in_lesser_ones() -> None:
    graph = network(
        [("a", "b"), ("b", "c"), ("c", "a"), ("p", "q"), ("q", "r"), ("r", "p"), ("x", "y")]
    )
    found = values(graph, "eigenvector")
    assert found == pytest.approx({node: np.sqrt(1 / 6) for node in "abcpqr"} | {"x": 0, "y": 0})


def test_a_long_path_has_its_sine() -> None:
    size = 1000
    found = values(from_networkx(nx.path_graph(size)), "eigenvector")
    sines = np.sin(np.pi * np.arange(1, size + 1) / (size + 1))
    assert list(found.values()) == pytest.approx(list(sines / np.linalg.norm(sines)), abs=1e-6)


def test_a_graph_without_edges_has_no_leading_vector() -> None:
    assert leading_vector(adjacency_of(network((), alone="ab")).matrix).tolist() == [0, 0]


# Estimates.


@given(graph=graphs())
def test_an_estimate_from_all_nodes_is_exact(graph: nx.Graph[int]) -> None:
    arrays = adjacency_of(from_networkx(graph))
    found = sampled_betweenness(arrays, pivots=len(arrays))
    assert found.values.tolist() == pytest.approx(
        list(nx.betweenness_centrality(graph).values()), abs=1e-12
    )
    assert found.errors.tolist() == pytest.approx([0] * len(arrays), abs=1e-9)


def test_estimates_are_unbiased_and_their_errors_cover(karate: nx.MultiDiGraph[str]) -> None:
    arrays = adjacency_of(karate)
    exact = np.array(list(values(karate, "betweenness").values()))
    drawn = [sampled_betweenness(arrays, pivots=12, seed=seed) for seed in range(400)]
    mean = np.mean([item.values for item in drawn], axis=0)
    spread = np.std([item.values for item in drawn], axis=0)
    told = np.sqrt(np.mean([item.errors**2 for item in drawn], axis=0))
    assert mean == pytest.approx(exact, abs=0.006)
    assert told[[0, 33, 32]] == pytest.approx(spread[[0, 33, 32]], rel=0.15)


def test_an_estimate_draws_until_its_error_is_small() -> None:
    graph = nx.bipartite.gnmk_random_graph(350, 300, 2600, seed=4)
    arrays = adjacency_of(from_networkx(graph))
    exact = np.array(list(values(from_networkx(graph), "betweenness", "rustworkx").values()))
    found = sampled_betweenness(arrays, error=0.06)
    rough = sampled_betweenness(arrays, error=0.5)
    assert rough.pivots < found.pivots < len(arrays)
    assert found.relative_error <= 0.06 < rough.relative_error <= 0.5
    # What is told covers what is missed: nearly all values are within two standard errors.
    assert float(np.mean(np.abs(found.values - exact) <= 2 * found.errors)) > 0.9
    assert sampled_betweenness(arrays, error=0.0).pivots == len(arrays)


@given(graph=graphs())
def test_paths_that_count_by_place_add_up_to_all(graph: nx.Graph[int]) -> None:
    arrays = adjacency_of(from_networkx(graph))
    starts = np.arange(len(arrays))
    plain, scaled = (
        dependencies(arrays.matrix, starts, scaled=scaled).sum(axis=1) for scaled in (False, True)
    )
    assert scaled.tolist() == pytest.approx(plain.tolist(), abs=1e-9)


def test_a_large_network_is_estimated_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engines.EXACT_NODES, "networkx", 10)
    found = examine(star(20), pivots=8, seed=3)
    assert found.table.columns == (
        "node", "nodeLabel", "kind", "degree", "edges",
        "sampledBetweenness", "sampledBetweennessError", "rank",
    )  # fmt: skip
    assert found.notes == (
        "betweenness is estimated from 8 of 21 nodes, drawn with seed 3: "
        "the standard error of the ten largest values is 0.0% (median)",
    )
    assert "betweenness" in examine(star(20), engine="networkx").table.columns


# Tables.


def test_the_usual_table_has_the_usual_columns() -> None:
    table = measure(star(3))
    assert table.columns == (
        "node", "nodeLabel", "kind", "degree", "edges", "betweenness", "rank",
    )  # fmt: skip
    assert [str(term) for term in table.column("rank")] == ["1", "2", "2", "2"]


def test_a_network_with_weights_is_ranked_by_them() -> None:
    graph = network([("a", "b"), ("b", "c"), ("c", "d")])
    graph.edges["a", "b", "r"]["weight"] = 5.0
    graph.graph["weight_title"] = "People"
    rows = [[str(term) for term in row[1:2] + row[3:]] for row in measure(graph)]
    assert measure(graph).columns[3:] == ("strength", "degree", "edges", "betweenness", "rank")
    assert rows == [
        ["b", "6.000000", "2", "2", "0.666667", "1"], ["a", "5.000000", "1", "1", "0.000000", "2"],
        ["c", "2.000000", "2", "2", "0.666667", "3"], ["d", "1.000000", "1", "1", "0.000000", "4"],
    ]  # fmt: skip


def test_named_measures_rank_in_their_order_and_tell_who_shares() -> None:
    table = measure(network([("a", "b"), ("b", "c")]), ["k-core", "betweenness"])
    assert table.columns == (
        "node", "nodeLabel", "kind", "kCore", "betweenness", "rank", "shared",
    )  # fmt: skip
    rows = [[str(term) for term in row[1:]] for row in table]
    assert rows == [
        ["b", "", "1", "1.000000", "1", "1"],
        ["a", "", "1", "0.000000", "2", "2"],
        ["c", "", "1", "0.000000", "2", "2"],
    ]


def test_all_are_those_that_fit(women: nx.MultiDiGraph[str]) -> None:
    both = examine(women, "all")
    assert "twoSidedDegree" in both.table.columns
    assert [str(row[0]) for row in both.whole] == ["degree-assortativity", "kind-assortativity"]
    one = examine(network([("a", "b")]), ["all"])
    assert "twoSidedDegree" not in one.table.columns
    assert [row[2] for row in one.whole] == [None, None]
    assert examine(women, ["degree-assortativity"]).table.rows == ()


def test_two_sided_measures_of_one_side_are_refused() -> None:
    with pytest.raises(InputError, match="not two sides"):
        measure(star(3), ["two-sided-degree"])


def test_an_unknown_measure_is_refused_with_what_it_may_be() -> None:
    with pytest.raises(UnknownName, match="did you mean betweenness") as caught:
        measure(star(3), ["betweenes"])
    assert caught.value.candidates[0] == "betweenness"


def test_an_engine_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None if name != "networkx" else name)
    with pytest.raises(MissingDependency, match=r"pip install 'stikg\[fast\]'"):
        measure(star(3), engine="rustworkx")
    assert choose_engine(100_000) == "networkx"
    assert "rustworkx would be" in engines.advice(100_000, "networkx")[0]
    assert engines.advice(100, "networkx") == ()


def test_large_networks_have_the_fast_engine() -> None:
    assert choose_engine(engines.FAST_NODES) == "rustworkx"
    assert choose_engine(engines.COMMUNITY_NODES, purpose="communities") == "networkit"


def test_an_empty_network_has_an_empty_table() -> None:
    assert len(measure(network(()))) == 0
    assert len(measure(network(()), "all")) == 0


# Bridges.


def test_bridges_tell_how_many_nodes_they_hold() -> None:
    graph = network([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e"), ("x", "y")])
    graph.edges["d", "e", "r"]["passages"] = ("one", "two")
    graph.add_edge("e", "d", key="s", label="s", passages=("two",))
    rows = [[str(term) for term in row[1::2]] for row in bridges(graph)]
    assert [[str(term) for term in (row[1], row[3], *row[4:])] for row in bridges(graph)] == [
        ["c", "d", "r", "2", "0"],
        ["d", "e", "r, s", "1", "2"],
        ["x", "y", "r", "1", "0"],
    ], rows


@given(graph=graphs())
def test_a_bridge_parts_what_the_graph_without_it_shows(graph: nx.Graph[int]) -> None:
    arrays: Adjacency = adjacency_of(from_networkx(graph))
    edges = local.bridge_edges(arrays, "networkx")
    found = dict(zip(edges, local.parts_at_bridges(arrays, edges), strict=True))
    expected: dict[tuple[int, int], int] = {}
    pairs: list[tuple[int, int]] = list(nx.bridges(graph))  # type: ignore[arg-type]
    for one, other in pairs:
        rest = graph.copy()
        rest.remove_edge(one, other)
        parts = [len(nx.node_connected_component(rest, node)) for node in (one, other)]
        expected[min(one, other), max(one, other)] = min(parts)
    assert found == expected


def test_the_share_of_a_pair_is_exact() -> None:
    # In a cycle of four, each of two ways between opposite nodes counts half: ½ of 3 pairs.
    found = values(from_networkx(nx.cycle_graph(4)), "betweenness")
    assert Fraction(found[name(0)]).limit_denominator(100) == Fraction(1, 6)
