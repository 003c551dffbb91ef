"""Suggestions and backtests against lists worked by hand and other implementations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from stikg.errors import InputError
from stikg.networks import build
from stikg.networks.matrix import Incidence
from stikg.networks.suggesting import (
    METHODS,
    Suggestion,
    auc,
    backtest,
    backtest_table,
    combined,
    criteria_of,
    of,
    precision_at,
    reasons_table,
    scores,
    split,
    suggest,
    suggestions_table,
    walk,
)
from stikg.networks.suggesting.judging import Trial, judge
from stikg.results import Table
from stikg.terms import IRI, Literal, Term
from tests.networks.test_complexity import matrix, presences

if TYPE_CHECKING:
    from stikg.networks.building import Graph

COLUMNS = ("source", "sourceLabel", "target", "targetLabel", "relation", "relationLabel", "passage")
SHORT, LONG = "urn:short", "urn:long"


def graph(*lines: str) -> Graph:
    """Return the network of lines such as "a short p q": a is shortlisted for p and q."""
    rows: list[tuple[Term | None, ...]] = []
    for line in lines:
        source, stage, *targets = line.split()
        rows.extend(
            (
                IRI(f"urn:{source}"), Literal(source.upper()),
                IRI(f"urn:{target}"), Literal(target.upper()),
                IRI(f"urn:{stage}"), Literal(stage), IRI(f"urn:{source}-{stage}"),
            )
            for target in targets
        )  # fmt: skip
    return build(Table(COLUMNS, tuple(rows)))


def names(found: Iterable[Suggestion]) -> list[str]:
    return [f"{item.territory[4:]}-{item.technology[4:]}" for item in found]


STAIRS = ("a short p q r", "b short p q", "c short p")


def test_lists_are_told_apart_and_known_together() -> None:
    lists = split(graph("a short p", "a long p q", "b wide q"), SHORT)
    assert lists.target.values == ((1, 0), (0, 0))
    assert lists.others.values == ((1, 1), (0, 1))
    assert lists.known.values == ((2, 1), (0, 1))
    assert lists.known.evidence("urn:a", "urn:p") == ("urn:a-long", "urn:a-short")
    assert lists.stages == {
        ("urn:a", "urn:p"): ("long",),
        ("urn:a", "urn:q"): ("long",),
        ("urn:b", "urn:q"): ("wide",),
    }
    assert lists.stage == "short"
    # q is on no shortlist, so only b-p could come next, unless any technology may.
    assert lists.candidates().tolist() == [[False, False], [True, False]]
    assert lists.candidates(any_technology=True).tolist() == [[False, True], [True, True]]
    reached = {("urn:b", "urn:p"), ("urn:z", "urn:p")}
    assert not lists.candidates(except_pairs=reached).any()


def test_suggestions_of_the_stairs_worked_by_hand() -> None:
    found = suggest(graph(*STAIRS), stage=SHORT)
    # Candidates b-r, c-q, c-r. Proximities: p-q 2/3, p-r 1/3, q-r 1/2. Density of b around r
    # 1, of c around q (2/3)/(2/3+1/2) = 4/7, of c around r (1/3)/(1/3+1/2) = 2/5. Products of
    # links: b-r 2·1, c-q 1·2, c-r 1·1.
    by_name = dict(zip(names(found), found, strict=True))
    assert set(by_name) == {"b-r", "c-q", "c-r"}
    assert by_name["b-r"].scores["density"] == pytest.approx(1)
    assert by_name["c-q"].scores["density"] == pytest.approx(4 / 7)
    assert by_name["c-r"].scores["density"] == pytest.approx(2 / 5)
    assert [by_name[name].scores["attachment"] for name in ("b-r", "c-q", "c-r")] == [2, 2, 1]
    assert names(suggest(graph(*STAIRS), stage=SHORT, method="density")) == ["b-r", "c-q", "c-r"]
    assert [item.of for item in found] == [3, 3, 3]
    # c has p alone; p goes with q in a and b.
    (related,) = by_name["c-q"].related
    assert (related.technology, related.shared) == ("urn:p", 2)
    assert related.proximity == pytest.approx(2 / 3)
    assert related.passages == ("urn:c-short",)
    # Of what b has, q is nearer to r than p; only a has them both with r.
    assert [item.technology for item in by_name["b-r"].related] == ["urn:q", "urn:p"]
    assert [item.shared for item in by_name["b-r"].related] == [1, 1]


def test_equal_scores_share_a_rank_and_ranks_are_kept_by_a_choice() -> None:
    found = suggest(graph(*STAIRS), stage=SHORT, method="attachment")
    assert [item.rank for item in found] == [1, 1, 3]
    assert [item.rank for item in of(found, territory="urn:c")] == [1, 3]
    assert names(of(found, territory="urn:c", technology="urn:r")) == ["c-r"]
    assert of(found, territory="urn:a") == ()


def test_a_pair_on_another_list_says_so_and_one_reached_otherwise_is_no_candidate() -> None:
    given = graph(*STAIRS, "c long q")
    found = suggest(given, stage=SHORT, reached=[("urn:b", "urn:r")])
    assert set(names(found)) == {"c-q", "c-r"}
    listed = of(found, technology="urn:q")[0]
    assert (listed.stages, listed.passages) == (("long",), ("urn:c-long",))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"stage": SHORT, "method": "nosuch"}, "'nosuch' is not a method"),
        ({"stage": LONG}, "no pair is on the list urn:long"),
    ],
)
def test_suggestions_that_cannot_be_made(options: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        suggest(graph(*STAIRS), **options)  # type: ignore[arg-type]


def test_tables_tell_reasons_and_passages() -> None:
    given = graph(*STAIRS, "c long q")
    labels = {node: str(given.nodes[node]["label"]) for node in given}
    criteria, criterion_labels = criteria_of(
        Table(
            ("territory", "criterion", "criterionLabel", "passage"),
            (
                (IRI("urn:c"), IRI("urn:trade"), Literal("Trade"), IRI("urn:t1")),
                (IRI("urn:c"), IRI("urn:trade"), Literal("Trade"), IRI("urn:t2")),
                (IRI("urn:c"), IRI("urn:size"), Literal("Size"), None),
            ),
        )
    )
    found = of(suggest(given, stage=SHORT), territory="urn:c", technology="urn:q")
    (row,) = suggestions_table(found, labels, criteria).records()
    assert (row["territoryLabel"], row["technologyLabel"], row["listed"]) == ("C", "Q", "long")
    # With the longlist p and q are together for a, b and c.
    assert row["because"] == (
        "listed for P (1.00), which go with it; 3 territories are listed for it; meets 2 criteria"
    )
    assert row["passages"] == "<urn:c-long> <urn:c-short>"
    rows = reasons_table(found, {**labels, **criterion_labels}, criteria).records()
    assert [(r["reason"], r["thingLabel"], r["passage"]) for r in rows] == [
        ("is listed for a related technology", "P", "urn:c-short"),
        ("is on another list", "long", "urn:c-long"),
        ("meets a criterion", "Trade", "urn:t1"),
        ("meets a criterion", "Trade", "urn:t2"),
        ("meets a criterion", "Size", None),
    ]
    assert {r["shared"] for r in rows} == {2, None}
    # What a territory meets is the same whatever is suggested to it, and stands once.
    assert [r["technology"] for r in rows] == ["urn:q", "urn:q", None, None, None]
    twice = reasons_table([*found, *found], {**labels, **criterion_labels}, criteria).records()
    assert [r["reason"] for r in twice].count("meets a criterion") == 3


@settings(max_examples=25)
@given(presences())
def test_the_walk_is_personalised_pagerank(given: Incidence) -> None:
    values = given.array() * np.arange(1, given.shape[1] + 1)
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from([*given.rows, *given.columns])
    plain.add_weighted_edges_from(
        (row, column, values[r, c])
        for r, row in enumerate(given.rows)
        for c, column in enumerate(given.columns)
        if values[r, c]
    )
    found = walk(values)
    for index, row in enumerate(given.rows):
        expected = nx.pagerank(
            plain, personalization={row: 1}, dangling={row: 1}, tol=1e-12, max_iter=1000
        )
        assert found[index] == pytest.approx([expected[c] for c in given.columns], abs=1e-8)


def test_further_columns_lead_the_walk_to_rows_that_share_them() -> None:
    lists = matrix("10", "01", "00").array()
    alone, led = walk(lists), walk(lists, np.array([[1.0], [0.0], [1.0]]))
    assert alone[2].tolist() == [0, 0]
    assert led[2, 0] > led[2, 1] == 0


def test_combined_is_the_mean_rank_of_the_cells_that_count() -> None:
    cells = np.array([[True, True, False], [True, False, False]])
    found = {
        "density": np.array([[0.3, 0.1, 9], [0.2, 9, 9]]),
        "pagerank": np.array([[0.5, 0.5, 9], [0.1, 9, 9]]),
        "attachment": np.array([[7.0, 7, 9], [7, 9, 9]]),
    }
    # Ranks from 0 to 1: 1 0 1/2; 3/4 3/4 0; 1/2 1/2 1/2.
    assert combined(found, cells)[cells] == pytest.approx([2.25 / 3, 1.25 / 3, 1 / 3])
    assert np.isnan(combined(found, cells)[~cells]).all()
    assert set(scores(matrix("11", "10").array())) == set(METHODS)


def test_area_and_precision_count_ties_half_and_in_part() -> None:
    # Of six comparisons 3 > 2, 3 > 1, 3 > 0, 1 > 0 are won and 1 = 1 is half won.
    assert auc([3, 1], [2, 1, 0]) == pytest.approx(4.5 / 6)
    # The first two are 3 and 2; of the two with 1 one is wanted, so the third place holds half.
    assert precision_at([3, 1], [2, 1, 0], 2) == 1 / 2
    assert precision_at([3, 1], [2, 1, 0], 3) == pytest.approx(1.5 / 3)
    assert precision_at([1], [1, 1, 1], 2) == pytest.approx(1 / 4)
    assert precision_at([1], [0], 10) == 1 / 2


def test_a_judgement_keeps_territories_apart() -> None:
    # Row 1: wanted 5, others 1 and 4; row 2: wanted 2, other 3.
    trial = Trial(
        {"m": np.array([[5.0, 1, 4], [2, 3, 0]]), "flat": np.zeros((2, 3))},
        wanted=np.array([[True, False, False], [True, False, False]]),
        others=np.array([[False, True, True], [False, True, False]]),
    )
    mine, flat = judge("task", [trial], k=1, seed=1)
    # 5 beats 1, 4 and 3; 2 beats 1. Within rows: 5 beats both, 2 loses.
    assert mine.auc.value == pytest.approx(4 / 6)
    assert mine.within is not None
    assert mine.within.value == pytest.approx(2 / 3)
    assert [mine.precision, mine.chance] == pytest.approx([1, 2 / 5])
    # Drawing row 1 alone gives 1, row 2 alone 0: with two territories anything is possible.
    assert (mine.auc.low, mine.auc.high) == (0, 1)
    assert (flat.auc.value, flat.auc.low, flat.auc.high, flat.precision) == (0.5, 0.5, 0.5, 2 / 5)
    assert judge("task", [trial], k=1, seed=1) == (mine, flat)


def blocks() -> Graph:
    """Return two groups of territories that have technologies of their own, one pair missing."""
    lines = []
    for index in range(8):
        own = [f"{'x' if index < 4 else 'y'}{number}" for number in range(4)]
        lines.append(f"t{index} short {' '.join(own)}")
        lines.append(f"t{index} long {own[0]}")
    return graph(*lines)


def test_a_backtest_finds_what_a_pattern_hides_and_popularity_does_not() -> None:
    found = {(item.task, item.method): item for item in backtest(blocks(), {}, stage=SHORT, k=3)}
    # The longlist alone tells the groups apart: walks and densities lead to the own group.
    hidden = found["hidden pairs", "density"]
    assert hidden.auc.value > 0.95
    assert hidden.precision > 0.99
    assert hidden.within is not None
    assert hidden.within.low > 0.9
    assert found["hidden pairs", "territory popularity"].auc.value < 0.5
    assert found["hidden pairs", "random"].auc.value == 0.5
    assert [hidden.wanted, hidden.others] == pytest.approx([32 / 5, 32])
    # x0 and y0 are longlisted: 8 of 32 wanted pairs; the others tie with what is not wanted.
    listed = found["other lists", "already listed"]
    assert listed.auc.value == pytest.approx(8 / 32 + 24 / 32 / 2)
    assert (listed.wanted, listed.others, listed.chance) == (32, 32, 0.5)


def test_criteria_serve_the_walk_from_the_other_lists() -> None:
    criteria = {"urn:t0": {"urn:one": ()}, "urn:t4": {"urn:one": (), "urn:two": ()}}
    plain, led = (
        {(item.task, item.method): item for item in backtest(blocks(), given, stage=SHORT)}
        for given in ({}, criteria)
    )
    assert plain["other lists", "number of criteria"].auc.value == 0.5
    # Each territory has as many wanted pairs as others, so what is one number for all its pairs
    # wins as often as it loses.
    assert led["other lists", "number of criteria"].auc.value == 0.5
    assert led["other lists", "pagerank"] != plain["other lists", "pagerank"]
    for method in ("density", "attachment"):
        assert plain["other lists", method] == led["other lists", method]


def test_backtests_are_the_same_for_a_seed_and_make_a_table() -> None:
    first = backtest(blocks(), {}, stage=SHORT, seed=7)
    assert first == backtest(blocks(), {}, stage=SHORT, seed=7)
    table = backtest_table(first)
    assert len(table) == len(first) == 7 + 9 + 9
    row = table.records()[0]
    assert (row["task"], row["method"], row["k"]) == ("hidden pairs", "density", 10)


def test_too_little_for_a_backtest() -> None:
    for lines in (STAIRS, ("a short p q r s t", "a long p"), ("a short p", "b long p")):
        with pytest.raises(InputError, match="too few or too short for a backtest"):
            backtest(graph(*lines), {}, stage=SHORT)
