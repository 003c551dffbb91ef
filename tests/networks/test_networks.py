"""Networks against a graph whose measures are known by hand."""

from __future__ import annotations

import pytest

from stikg.errors import InputError
from stikg.networks import build, measure, select, summarise
from stikg.results import Table
from stikg.terms import IRI, Literal, Term

COLUMNS = (
    "source", "sourceLabel", "sourceKindLabel", "target", "targetLabel", "targetKindLabel",
    "relation", "relationLabel", "passage",
)  # fmt: skip


def edge(source: str, target: str, relation: str, passage: str | None) -> tuple[Term | None, ...]:
    return (
        IRI(f"urn:{source}"), Literal(source.upper()), Literal("agency"),
        IRI(f"urn:{target}"), Literal(target.upper()), Literal("programme"),
        IRI(f"urn:{relation}"), Literal(relation), IRI(f"urn:{passage}") if passage else None,
    )  # fmt: skip


@pytest.fixture
def star() -> Table:
    """Two agencies share programme p; a also runs q; r stands apart with c."""
    return Table(
        columns=COLUMNS,
        rows=(
            edge("a", "p", "funds", "one"),
            edge("a", "p", "funds", "two"),
            edge("a", "p", "administers", "one"),
            edge("b", "p", "funds", None),
            edge("a", "q", "funds", "three"),
            edge("c", "r", "funds", "four"),
        ),
    )


def test_an_edge_carries_each_passage_that_states_it(star: Table) -> None:
    graph = build(star)
    assert graph.edges["urn:a", "urn:p", "urn:funds"]["passages"] == ("urn:one", "urn:two")
    assert graph.edges["urn:b", "urn:p", "urn:funds"]["passages"] == ()


def test_an_edge_of_two_relations_is_two_edges(star: Table) -> None:
    graph = build(star)
    assert graph.number_of_edges("urn:a", "urn:p") == 2
    assert graph.nodes["urn:p"] == {"label": "P", "kind": "programme", "side": "target"}


def test_summary_counts_nodes_edges_components_and_bipartite_density(star: Table) -> None:
    found = summarise(build(star))
    assert (found.nodes, found.edges, found.components) == (6, 5, 2)
    assert found.node_kinds == (("agency", 3), ("programme", 3))
    assert found.relations == (("funds", 4), ("administers", 1))
    assert found.density == pytest.approx(4 / 9)


def test_degree_counts_neighbours_and_betweenness_the_paths_between_others(star: Table) -> None:
    table = measure(build(star))
    by_label = {str(row[1]): [str(cell) for cell in row[3:]] for row in table.rows}
    # In the path q - a - p - b, a lies between (q,p) and (q,b), of the 5 x 4 / 2 pairs of others.
    assert by_label["A"] == ["2", "3", "0.200000", "1"]
    assert by_label["P"] == ["2", "3", "0.200000", "1"]
    assert by_label["Q"] == ["1", "1", "0.000000", "3"]
    assert by_label["R"] == ["1", "1", "0.000000", "3"]


def test_a_table_without_targets_is_refused() -> None:
    with pytest.raises(InputError, match="needs the columns target, targetLabel"):
        build(Table(columns=("source", "sourceLabel", "relation", "relationLabel"), rows=()))


def test_an_empty_network_has_no_component_and_no_density() -> None:
    found = summarise(build(Table(columns=COLUMNS, rows=())))
    assert (found.nodes, found.components, found.density) == (0, 0, 0.0)


def test_a_part_keeps_the_edges_between_kept_nodes(star: Table) -> None:
    part = select(build(star), lambda node: node != "urn:q")
    assert set(part) == {"urn:a", "urn:b", "urn:c", "urn:p", "urn:r"}
    assert part.number_of_edges() == 4


def test_without_direction_a_pair_given_both_ways_is_one_edge() -> None:
    rows = (edge("a", "b", "shares", "one"), edge("b", "a", "shares", "two"))
    graph = build(Table(COLUMNS, rows), directed=False)
    assert list(graph.edges()) == [("urn:a", "urn:b")]
    assert graph.edges["urn:a", "urn:b", "urn:shares"]["passages"] == ("urn:one", "urn:two")
    assert {data["side"] for _, data in graph.nodes(data=True)} == {"both"}
    assert build(Table(COLUMNS, rows)).number_of_edges() == 2


def test_what_is_no_edge_is_told_with_its_row(star: Table) -> None:
    rows = (star.rows[0], (*star.rows[0][:3], None, *star.rows[0][4:]))
    with pytest.raises(InputError, match="row 2 has no target"):
        build(Table(COLUMNS, rows))
    heavy = Table((*COLUMNS, "weight"), ((*star.rows[0], Literal("much")),))
    with pytest.raises(InputError, match="row 1 has the weight 'much'"):
        build(heavy)
