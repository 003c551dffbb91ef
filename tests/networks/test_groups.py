"""Projections, communities, robustness and intervals, against what can be counted by hand."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stikg.errors import InputError
from stikg.networks import (
    community_table,
    find_communities,
    measure,
    project,
    projected_edges,
    remove_nodes,
    resample_passages,
    robustness_table,
    without_each_document,
)
from stikg.networks.communities import adjusted_rand_index, modularity
from stikg.networks.measures.adjacency import adjacency_of
from stikg.results import Table
from stikg.terms import BASE

Edge = tuple[str, str, tuple[str, ...]]


def two_sided(*edges: Edge) -> nx.MultiDiGraph[str]:
    """Return a network of edges from a source to a target, each with its passages."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name="test", title="Test")
    for source, target, passages in edges:
        for node, side in ((source, "source"), (target, "target")):
            graph.add_node(node, label=node.upper(), kind=side, side=side)
        graph.add_edge(
            source, target, key="r", relation="r", label="r", weight=1.0,
            passages=passages, origins=("stated",) if passages else ("curated",),
        )  # fmt: skip
    return graph


def weights(graph: nx.Graph[str]) -> dict[frozenset[str], float]:
    """Return the weight of each edge by its ends."""
    edges: list[tuple[str, str, dict[str, float]]] = list(graph.edges(data=True))
    return {frozenset((one, other)): data["weight"] for one, other, data in edges}


def passage(document: str, place: str) -> str:
    return f"{BASE}document/{document}/{place}"


def cells(table: Table, *columns: str) -> list[list[str]]:
    return [list(map(str, row)) for row in zip(*map(table.column, columns), strict=True)]


# Projections.


@pytest.fixture
def papers() -> nx.MultiDiGraph[str]:
    """Newman's case: a paper of three authors, one of two of them, one of one alone."""
    return two_sided(
        ("ada", "p3", ("one",)), ("ben", "p3", ("two",)), ("cy", "p3", ()),
        ("ada", "p2", ("three",)), ("ben", "p2", ("three",)), ("ada", "p1", ("four",)),
    )  # fmt: skip


def test_a_projected_edge_keeps_both_halves_of_what_is_shared(papers: nx.MultiDiGraph[str]) -> None:
    projected = project(papers, "source")
    data = projected.edges["ada", "ben", f"{BASE}network/test/shared-by-source"]
    assert data["weight"] == 2.0
    assert data["shared"] == ("p2", "p3")
    assert data["halves"] == (("p2", ("three",), ("three",)), ("p3", ("one",), ("two",)))
    assert data["passages"] == ("one", "three", "two")
    assert data["origins"] == ("stated",)
    assert sorted(projected.edges()) == [("ada", "ben"), ("ada", "cy"), ("ben", "cy")]
    [half] = projected.edges["ada", "cy", data["relation"]]["halves"]
    assert half == ("p3", ("one",), ())
    assert projected.edges["ada", "cy", data["relation"]]["origins"] == ("curated", "stated")


def test_newmans_weights_share_each_paper_among_the_coauthors(
    papers: nx.MultiDiGraph[str],
) -> None:
    # Newman 2001: Σ of an author's weights is the number of the papers written with others.
    table = projected_edges(papers, projected := project(papers, "source", weight="newman"))
    assert cells(table, "sourceLabel", "targetLabel", "weight", "shared", "sharedLabels") == [
        ["ADA", "BEN", "1.500000", "2", "P2; P3"],
        ["ADA", "CY", "0.500000", "1", "P3"],
        ["BEN", "CY", "0.500000", "1", "P3"],
    ]
    strength = measure(projected, ["strength"])
    assert cells(strength, "nodeLabel", "strength") == [
        ["ADA", "2.000000"], ["BEN", "2.000000"], ["CY", "1.000000"],
    ]  # fmt: skip


def test_the_southern_women_share_what_the_matrix_product_says() -> None:
    davis: nx.Graph[str] = nx.davis_southern_women_graph()
    graph = two_sided(*((one, other, ()) for one, other in davis.edges))
    for side, nodes in (("source", davis.graph["top"]), ("target", davis.graph["bottom"])):
        peer = nx.bipartite.weighted_projected_graph(davis, nodes)
        assert weights(project(graph, side)) == weights(peer)
        newman = nx.bipartite.collaboration_weighted_projected_graph(davis, nodes)
        assert weights(project(graph, side, weight="newman")) == pytest.approx(weights(newman))
    # Evelyn and Theresa were at seven events together (Davis, Gardner and Gardner 1941).
    women = nx.Graph(project(graph, "source"))
    assert women.edges["Evelyn Jefferson", "Theresa Anderson"]["weight"] == 7


def test_what_has_not_two_sides_is_not_projected(papers: nx.MultiDiGraph[str]) -> None:
    with pytest.raises(InputError, match="no projection onto 'left'"):
        project(papers, "left")
    papers.nodes["ada"]["side"] = "both"
    with pytest.raises(InputError, match="on both sides"):
        project(papers, "source")


# Communities.


def cliques() -> nx.MultiDiGraph[str]:
    """Return two cliques of four, joined by one edge, and a node alone."""
    edges = [
        (f"{group}{one}", f"{group}{other}", ())
        for group in "ab"
        for one in range(4)
        for other in range(one)
    ]
    graph = two_sided(*edges, ("a0", "b0", ()))
    graph.add_node("lone", label="LONE", kind="target", side="target")
    return graph


@pytest.mark.parametrize("engine", ["networkx", "networkit"])
def test_two_cliques_are_two_communities(engine: str) -> None:
    graph = cliques()
    found = find_communities(graph, engine=engine)
    assert found.members == (
        ("a0", "a1", "a2", "a3"), ("b0", "b1", "b2", "b3"), ("lone",),
    )  # fmt: skip
    # 12 of 13 edges are within; each clique has half of all ends: 12/13 − 2 × ¼.
    assert found.modularity == pytest.approx(12 / 13 - 1 / 2)
    assert found.stability == pytest.approx(1.0)
    assert set(found.steadiness.values()) == {1.0}
    table = community_table(graph, found)
    assert cells(table, "nodeLabel", "community", "size", "steadiness")[4] == [
        "B0", "2", "4", "1.000000",
    ]  # fmt: skip


@pytest.mark.parametrize("engine", ["networkx", "networkit"])
def test_the_karate_club_has_the_modularity_that_is_known_to_be_the_largest(engine: str) -> None:
    # Q = 0.4198, four groups; 0.420 is also the upper bound of Agarwal and Kempe (2008).
    karate: nx.Graph[int] = nx.Graph(nx.karate_club_graph().edges)
    graph = two_sided(*((f"v{one:02}", f"v{other:02}", ()) for one, other in karate.edges))
    found = find_communities(graph, engine=engine)
    assert found.modularity == pytest.approx(0.4198, abs=5e-5)
    assert len(found.members) == 4
    assert 0.5 < found.stability < 1
    assert find_communities(graph, engine=engine) == found
    number = {node: place for place, part in enumerate(found.members) for node in part}
    parts = [{node for node in karate if number[f"v{node:02}"] == place} for place in range(4)]
    assert nx.community.modularity(karate, parts) == pytest.approx(found.modularity)


def test_weights_of_several_relations_add_up_in_modularity() -> None:
    graph = two_sided(("a", "b", ()), ("c", "d", ()))
    graph.add_edge("b", "a", key="s", label="s", weight=2.0, passages=(), origins=())
    # Weights 3 and 1 of 4: 1 − (6/8)² − (2/8)².
    assert modularity(adjacency_of(graph), [0, 0, 1, 1]) == pytest.approx(1 - 36 / 64 - 4 / 64)


def test_no_edge_no_community_but_its_own() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from("ab", label="", kind="", side="source")
    found = find_communities(graph, runs=2)
    assert (found.members, found.modularity, found.stability) == ((("a",), ("b",)), 0.0, 1.0)
    with pytest.raises(InputError, match="at least one run"):
        find_communities(graph, runs=0)


def test_the_adjusted_rand_index_of_a_contingency_table() -> None:
    # Hubert and Arabie's formula on ((2, 1), (1, 2)): pairs together 2, expected 6 × 6 / 15.
    assert adjusted_rand_index([0, 0, 0, 1, 1, 1], [0, 0, 1, 0, 1, 1]) == pytest.approx(
        (2 - 2.4) / (6 - 2.4)
    )


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2), st.data())
def test_the_adjusted_rand_index_knows_no_names(
    pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    one, other = zip(*pairs, strict=True)
    names = data.draw(st.permutations(range(4)))
    assert adjusted_rand_index(one, [names[part] for part in other]) == pytest.approx(
        adjusted_rand_index(other, one)
    )
    assert adjusted_rand_index(one, [names[part] for part in one]) == 1.0


# Robustness.


def test_a_star_falls_apart_with_its_hub() -> None:
    graph = two_sided(*(("hub", f"leaf{index}", ()) for index in range(4)))
    found = remove_nodes(graph, runs=400)
    assert found.degree == found.betweenness == pytest.approx((1, 1 / 5, 1 / 5, 1 / 5, 1 / 5, 0))
    assert found.index("degree") == pytest.approx(4 / 25)
    # One random node gone: 1/5 of the time the hub, which leaves 1 node, else 4.
    assert found.random[1] == pytest.approx((1 + 4 * 4) / 25, abs=0.03)
    table = robustness_table(found, steps=5)
    assert cells(table, "removed", "removedShare", "byDegree")[1] == ["1", "0.200000", "0.200000"]


@given(st.sets(st.tuples(st.sampled_from("abcde"), st.sampled_from("vwxyz")), min_size=1))
def test_each_step_leaves_the_largest_component_of_what_is_left(
    pairs: set[tuple[str, str]],
) -> None:
    graph = two_sided(*((one, other, ()) for one, other in sorted(pairs)))
    found = remove_nodes(graph, runs=1)
    table = measure(graph, ["degree", "betweenness"])
    ranks = {str(row[0]): int(str(row[5])) for row in table}
    order = sorted(graph, key=lambda node: (ranks[node], node))
    rest = nx.Graph(graph)
    for gone, node in enumerate(order, start=1):
        rest.remove_node(node)
        largest = max(map(len, nx.connected_components(rest)), default=0)
        assert found.degree[gone] == pytest.approx(largest / len(graph))


def test_a_mean_of_no_orders_is_refused() -> None:
    with pytest.raises(InputError, match="at least one run"):
        remove_nodes(two_sided(("a", "b", ())), runs=0)


# Intervals.


@pytest.fixture
def three_documents() -> nx.MultiDiGraph[str]:
    """Return a hub known of three documents, and one that is known of a single one."""
    first, second, third = (passage(name, "1") for name in ("x", "y", "z"))
    return two_sided(
        ("many", "p", (first, second)), ("many", "q", (second,)), ("many", "r", (third,)),
        ("one", "s", (third,)), ("one", "t", (third,)), ("sure", "u", ()),
    )  # fmt: skip


def test_what_a_missing_document_takes_away(three_documents: nx.MultiDiGraph[str]) -> None:
    table = without_each_document(three_documents, ["degree"])
    found = {row[0]: row[1:] for row in cells(
        table, "nodeLabel", "value", "low", "high", "rank", "rankLow", "rankHigh", "documents"
    )}  # fmt: skip
    assert found["MANY"] == ["3", "2", "3", "1", "1", "1", "3"]
    # Without z MANY has two edges, p, q, SURE and u have one each, ONE is the first of the rest;
    # without y ONE has as many as MANY.
    assert found["ONE"] == ["2", "0", "2", "2", "1", "6", "1"]
    assert found["SURE"] == ["1", "1", "1", "3", "2", "3", "0"]


def test_passages_drawn_anew(three_documents: nx.MultiDiGraph[str]) -> None:
    table = resample_passages(three_documents, ["degree"], repetitions=2000, seed=1)
    found = {row[0]: row[1:] for row in cells(table, "nodeLabel", "value", "low", "high")}
    # Three passages drawn three times: z is missed with (2/3)³ = 0.30, so ONE has 0 or 2 edges;
    # the edge without a passage is always there.
    assert found["ONE"] == ["2", "0", "2"]
    assert found["SURE"] == ["1", "1", "1"]
    # x alone, with (1/3)³ = 0.037 > 0.025: one edge of MANY; all three edges with y and z.
    assert found["MANY"] == ["3", "1", "3"]
    assert table == resample_passages(three_documents, ["degree"], repetitions=2000, seed=1)


def test_a_network_of_one_document_hangs_on_it_but_for_what_no_passage_states() -> None:
    graph = two_sided(("a", "b", (passage("x", "1"),)), ("a", "c", ()))
    table = without_each_document(graph, ["degree"])
    assert cells(table, "nodeLabel", "value", "low", "high", "documents") == [
        ["A", "2", "1", "2", "1"], ["B", "1", "0", "1", "1"], ["C", "1", "1", "1", "0"],
    ]  # fmt: skip


def test_intervals_that_would_mean_nothing_are_refused(
    three_documents: nx.MultiDiGraph[str],
) -> None:
    with pytest.raises(InputError, match="nothing can be drawn"):
        resample_passages(two_sided(("a", "b", ())))
    with pytest.raises(InputError, match="of the whole network"):
        without_each_document(three_documents, ["kind-assortativity"])
