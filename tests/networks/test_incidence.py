"""Incidence matrices of small networks."""

from __future__ import annotations

import pytest

from stikg.errors import InputError
from stikg.networks import build
from stikg.networks.matrix import Incidence, incidence, part, without_empty
from stikg.results import Table
from stikg.terms import IRI, Literal, Term

COLUMNS = ("source", "sourceLabel", "target", "targetLabel", "relation", "relationLabel", "passage")


def edge(source: str, target: str, relation: str, passage: str) -> tuple[Term | None, ...]:
    return (
        IRI(f"urn:{source}"), Literal(source.upper()), IRI(f"urn:{target}"), Literal(target),
        IRI(f"urn:{relation}"), Literal(relation), IRI(f"urn:{passage}") if passage else None,
    )  # fmt: skip


def lists(*edges: tuple[Term | None, ...]) -> Incidence:
    return incidence(build(Table(COLUMNS, edges)))


def test_a_cell_counts_the_lists_and_carries_the_passages_of_all() -> None:
    matrix = lists(
        edge("b", "p", "long", "two"),
        edge("b", "p", "short", "one"),
        edge("a", "q", "long", "one"),
        edge("a", "q", "long", "three"),
        edge("a", "p", "long", ""),
    )
    assert matrix.rows == ("urn:a", "urn:b")
    assert matrix.columns == ("urn:p", "urn:q")
    assert matrix.values == ((1.0, 1.0), (2.0, 0.0))
    assert matrix.evidence("urn:b", "urn:p") == ("urn:one", "urn:two")
    assert matrix.evidence("urn:a", "urn:q") == ("urn:one", "urn:three")
    assert matrix.evidence("urn:a", "urn:p") == matrix.evidence("urn:b", "urn:q") == ()
    assert (matrix.label("urn:a"), matrix.label("urn:z")) == ("A", "urn:z")
    assert matrix.fill == 3


def test_a_network_of_one_side_has_no_matrix() -> None:
    with pytest.raises(InputError, match="is on both sides"):
        lists(edge("a", "b", "long", ""), edge("b", "c", "long", ""))


@pytest.mark.parametrize(
    ("rows", "values", "message"),
    [
        (("a",), ((1.0, 2.0),), "has other values"),
        (("a", "a"), ((1.0,), (0.0,)), "named twice"),
        (("a",), ((-1.0,),), "below zero"),
        (("a",), ((float("nan"),),), "no number"),
        (("a",), ((float("inf"),),), "infinite"),
    ],
)
def test_values_that_are_no_incidence(
    rows: tuple[str, ...], values: tuple[tuple[float, ...], ...], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        Incidence(rows, ("p",), values)


def test_a_part_keeps_the_order_of_the_names_and_refuses_others() -> None:
    matrix = Incidence(("a", "b"), ("p", "q"), ((1, 2), (3, 4)))
    assert part(matrix, ("b", "a"), ("q",)).values == ((4,), (2,))
    with pytest.raises(InputError, match="no row or column c"):
        part(matrix, ("c",), ())


def test_empty_rows_and_columns_go() -> None:
    matrix = Incidence(("a", "b"), ("p", "q"), ((0, 0), (0, 1)))
    assert (without_empty(matrix).rows, without_empty(matrix).columns) == (("b",), ("q",))
    assert without_empty(Incidence(("a",), ("p",), ((0,),))).shape == (0, 0)
