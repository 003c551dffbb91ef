"""The order made here is that of the engine, or it is left to the engine."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stikg.results import Table
from stikg.store import LocalStore
from stikg.store.ordering import ordered, split_order
from stikg.store.solutions import read_tsv
from stikg.terms import IRI, XSD, Literal

TEXTS = st.text("aAbzé€\U0001f600 -", max_size=3)
VALUES = {
    "texts": st.one_of(
        st.none(),
        st.builds(lambda text: IRI(f"e:{text.strip()}"), st.sampled_from(("a", "b", "B", "é"))),
        TEXTS.map(Literal),
        TEXTS.map(lambda text: Literal(text, language="en")),
        TEXTS.map(lambda text: Literal(text, language="de")),
    ),
    "numbers": st.one_of(
        st.none(),
        st.integers(-300, 300).map(lambda number: Literal(str(number), f"{XSD}integer")),
        st.decimals(-20, 20, places=1).map(lambda number: Literal(str(number), f"{XSD}decimal")),
    ),
    "years": st.integers(1, 9999).map(lambda year: Literal(f"{year:04}", f"{XSD}gYear")),
    "dates": st.dates().map(lambda day: Literal(day.isoformat(), f"{XSD}date")),
    "truths": st.sampled_from(("true", "false")).map(lambda text: Literal(text, f"{XSD}boolean")),
}

VALUES["mixed"] = st.one_of(VALUES["texts"], VALUES["years"], VALUES["dates"], VALUES["truths"])


@given(data=st.data(), ways=st.tuples(st.booleans(), st.booleans()))
def test_it_is_the_order_of_the_engine(data: st.DataObject, ways: tuple[bool, bool]) -> None:
    columns = [VALUES[data.draw(st.sampled_from(sorted(VALUES)))] for _ in ways]
    rows = data.draw(st.lists(st.tuples(*columns), max_size=12))
    cells = " ".join(
        f"({' '.join('UNDEF' if term is None else term.n3() for term in row)} {place})"
        for place, row in enumerate(rows)
    )
    keys = [f"DESC(?{name})" if way else f"?{name}" for name, way in zip("ab", ways, strict=True)]
    query = f"SELECT * {{ VALUES (?a ?b ?place) {{ {cells} }} }}\nORDER BY {' '.join(keys)} ?place"
    theirs = pyoxigraph.Store().query(query)
    assert isinstance(theirs, pyoxigraph.QuerySolutions)
    text = theirs.serialize(format=pyoxigraph.QueryResultsFormat.TSV)
    order = split_order(query)
    assert order is not None and "ORDER" not in order.query
    ours = ordered(LocalStore.in_memory([]).select(order.query), order)
    assert ours == read_tsv((text or b"").decode())


@pytest.mark.parametrize(
    "clause",
    [
        "ORDER BY ?a LIMIT 2",
        "ORDER BY STR(?a)",
        "ORDER BY ?a\nVALUES ?a { 1 }",
        "ORDER BY ?a OFFSET 1",
        "# ORDER BY ?a",
        "ORDER BY",
    ],
)
def test_other_clauses_are_left_to_the_engine(clause: str) -> None:
    assert split_order(f"SELECT * {{ ?a ?b ?c }}\n{clause}") is None


@pytest.mark.parametrize(
    "values",
    [
        (Literal("1", f"{XSD}integer"), Literal("1")),
        (Literal("1", f"{XSD}integer"), Literal("1999", f"{XSD}gYear")),
        (Literal("1e3", f"{XSD}double"), Literal("2", f"{XSD}integer")),
        (Literal("1999Z", f"{XSD}gYear"), Literal("1999", f"{XSD}gYear")),
    ],
)
def test_values_that_only_the_engine_compares_are_left_to_it(values: tuple[Literal, ...]) -> None:
    order = split_order("SELECT ?a {}\nORDER BY ?a")
    assert order is not None
    assert ordered(Table(("a",), tuple((value,) for value in values)), order) is None


def test_values_that_decide_nothing_may_be_of_any_kind() -> None:
    order = split_order("SELECT ?a ?b {}\nORDER BY ?a ?b")
    assert order is not None
    rows = ((IRI("e:2"), Literal("x")), (IRI("e:1"), Literal("1", f"{XSD}integer")))
    assert ordered(Table(("a", "b"), rows), order) == Table(("a", "b"), rows[::-1])


def test_a_store_on_disk_orders_by_what_is_shown_and_by_what_is_not(tmp_path: Path) -> None:
    one, two, link = IRI("e:1"), IRI("e:2"), IRI("e:p")
    LocalStore.create(tmp_path / "store", [(one, link, two, None), (two, link, one, None)])
    (tmp_path / "store.json").unlink()
    store = LocalStore.open_bare(tmp_path / "store")
    assert store.select("SELECT ?s { ?s ?p ?o }\nORDER BY ?o").rows == ((two,), (one,))
    assert store.select("SELECT ?s { ?s ?p ?o }\nORDER BY DESC(?s)").rows == ((two,), (one,))
    assert store.select("SELECT ?s { ?s ?p ?o }\nORDER BY ?s").rows == ((one,), (two,))
