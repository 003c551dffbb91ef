"""Edges as they come, and as arrays: the same network as from a table."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stikg.dataset import Dataset
from stikg.errors import InputError
from stikg.networks import build, read_edges
from stikg.networks.building import REQUIRED
from stikg.results import Stream, Table
from stikg.terms import IRI, XSD, Literal, Term

COLUMNS = (*REQUIRED, "weight", "passage")
Edge = tuple[str, str, str, int, str]


def rows(edges: list[Edge]) -> tuple[tuple[Term | None, ...], ...]:
    return tuple(
        (
            IRI(f"e:{a}"), Literal(a.upper()), IRI(f"e:{b}"), Literal(b.upper()), IRI(f"e:{kind}"),
            Literal(kind), Literal(str(weight), XSD + "integer"), IRI(f"e:p{passage}"),
        )
        for a, b, kind, weight, passage in edges
    )  # fmt: skip


some_edges = st.lists(
    st.tuples(
        st.sampled_from("abcd"), st.sampled_from("abcd"), st.sampled_from("rs"),
        st.integers(1, 9), st.sampled_from("123"),
    )
)  # fmt: skip


def told(graph: nx.MultiDiGraph[str]) -> tuple[object, ...]:
    return list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True)), graph.graph


@given(some_edges, st.booleans())
def test_rows_as_they_come_make_the_network_of_their_table(
    edges: list[Edge], directed: bool
) -> None:
    found = rows(edges)
    whole = build(Table(COLUMNS, found), directed=directed)
    assert told(build(Stream(COLUMNS, iter(found)), directed=directed)) == told(whole)


@given(some_edges, st.booleans())
def test_arrays_hold_the_edges_of_the_network(edges: list[Edge], directed: bool) -> None:
    found = rows(edges)
    graph = build(Table(COLUMNS, found), directed=directed)
    compact = read_edges(Stream(COLUMNS, iter(found)), directed=directed)
    places = zip(compact.source, compact.target, compact.relation, compact.weight, strict=True)
    named = {
        (compact.nodes[a], compact.nodes[b], compact.relations[kind]): weight
        for a, b, kind, weight in places
    }
    assert len(compact) == len(named)
    assert named == {
        (a, b, kind): data["weight"] for a, b, kind, data in graph.edges(keys=True, data=True)
    }
    assert dict(zip(compact.nodes, compact.labels, strict=True)) == {
        node: data["label"] for node, data in graph.nodes(data=True)
    }
    simple = nx.Graph(graph.to_undirected())
    simple.remove_edges_from(list(nx.selfloop_edges(simple)))
    assert dict(zip(compact.nodes, compact.degrees(), strict=True)) == dict(simple.degree())


def test_arrays_need_the_columns_of_an_edge_and_both_ends() -> None:
    with pytest.raises(InputError, match="needs the column targetLabel"):
        read_edges(Table(COLUMNS[:3], ()))
    (row,) = rows([("a", "b", "r", 1, "1")])
    with pytest.raises(InputError, match="row 1 has no source"):
        read_edges(Table(COLUMNS, ((None, *row[1:]),)))


def test_edges_of_a_network_of_the_catalogue(real_dataset: Dataset) -> None:
    graph = real_dataset.to_networkx("agency-programme", territory="Japan")
    edges = real_dataset.edges("agency-programme", territory="Japan")
    assert (set(edges.nodes), len(edges)) == (set(graph), graph.number_of_edges())
