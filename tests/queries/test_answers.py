"""Answers of the real graph: documented examples, declared types, both engines, hostile values."""

from __future__ import annotations

from collections import Counter

import pytest
import rdflib

from stikg.building.compilation import Compilation
from stikg.errors import ParameterError
from stikg.library import Column, Parameter, Query, bind, load_library, parse_value
from stikg.results import Table
from stikg.store import LocalStore
from stikg.terms import IRI, XSD, Literal, Term
from tests.queries.cases import ROOT, cells, iri
from tests.queries.test_questions import Fixture, rdflib_cells

QUERIES = {q.name: q for q in load_library(ROOT / "queries") if q.kind != "rule"}
STRING = XSD + "string"
DATATYPES = {
    "string": {STRING},
    "choice": {STRING},
    "integer": {XSD + "integer"},
    "year": {XSD + "integer"},
    "decimal": {XSD + "integer", XSD + "decimal"},
    "boolean": {XSD + "boolean"},
}
HOSTILE = (
    'x" } UNION { ?a ?b ?c } #',
    "x' } ; DROP ALL ; #",
    "\\u0022 } UNION { ?a ?b ?c } #",
    "\\",
    "$kind ?kind",
    "<https://w3id.org/stikg/territory/jp>",
    "%22%7D",
    "\n} UNION { ?a ?b ?c } {",
)


@pytest.fixture(params=sorted(QUERIES))
def query(request: pytest.FixtureRequest) -> Query:
    return QUERIES[request.param]


def resolve(store: LocalStore, parameter: Parameter) -> Term:
    """Return the thing that the example of a parameter names."""
    if parameter.type != "resource":
        return parse_value(parameter, parameter.example)
    if ":" in parameter.example:
        return iri(parameter.example)
    kind = f"?thing a <{iri(parameter.cls)}> ." if parameter.cls else ""
    table = store.select(
        "PREFIX sti: <https://w3id.org/stikg/ontology/>"
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
        f"SELECT DISTINCT ?thing WHERE {{ {kind}"
        f"?thing sti:label|skos:altLabel|skos:notation ?name FILTER(STR(?name) = "
        f"{Literal(parameter.example).n3()}) }}"
    )
    assert len(table) == 1, f"{parameter.name}: {parameter.example!r} names {len(table)} things"
    (term,) = table.rows[0]
    assert term is not None
    return term


def examples(query: Query, store: LocalStore) -> dict[str, Term]:
    return {p.name: resolve(store, p) for p in query.parameters if p.example}


def test_the_documented_example_gives_rows(query: Query, real: Compilation) -> None:
    # documents that contradict nothing are none the worse: a check needs no rows
    assert query.kind == "check" or real.store.select(bind(query, examples(query, real.store))).rows


def test_each_example_alone_gives_rows(query: Query, real: Compilation) -> None:
    required = {p.name for p in query.parameters if not p.optional}
    for name, term in examples(query, real.store).items():
        if not required - {name}:
            assert real.store.select(bind(query, {name: term})).rows, name


SLOW = {
    "agency-programme", "centrality", "collaborations", "corroborated", "country-country",
    "document-entity", "lists", "organisation-organisation", "strategy-goal-programme",
    "technology-technology",
}  # fmt: skip
"""Queries that pair things or walk all passages: rdflib takes a minute or more on the real graph.

They are compared on their cases, as are checks, some of which pair figures.
"""


@pytest.mark.parametrize(
    "name", sorted({name for name, query in QUERIES.items() if query.kind != "check"} - SLOW)
)
def test_both_engines_agree_on_the_example(
    name: str, real: Compilation, real_rdflib: rdflib.Dataset
) -> None:
    query = QUERIES[name]
    text = bind(query, examples(query, real.store))
    assert rdflib_cells(real_rdflib.query(text)) == Counter(cells(real.store.select(text)))


def wrong(column: Column, term: Term | None) -> bool:
    if term is None:
        return False
    if column.type in {"resource", "passage", "iri"}:
        return not isinstance(term, IRI)
    if column.type == "term":
        return not isinstance(term, (IRI, Literal))
    if not isinstance(term, Literal) or term.datatype not in DATATYPES[column.type]:
        return True
    return bool(column.values) and term.value not in column.values


def untyped(query: Query, table: Table) -> list[str]:
    assert table.columns == tuple(column.name for column in query.columns)
    return [
        f"{column.name}: {term}"
        for row in table.rows
        for column, term in zip(query.columns, row, strict=True)
        if wrong(column, term)
    ]


def unlabelled(query: Query, table: Table) -> list[str]:
    found = []
    for column in query.columns:
        if column.type in {"resource", "term"}:
            pairs = zip(table.column(column.name), table.column(f"{column.name}Label"), strict=True)
            found += [f"{column.name}: {a} {b}" for a, b in pairs if (a is None) != (b is None)]
    return found


def test_every_row_keeps_the_declared_types_and_has_its_labels(
    query: Query, real: Compilation, fixture: Fixture
) -> None:
    required = [p for p in query.parameters if not p.optional]
    for store, given in (
        (real.store, {p.name: resolve(real.store, p) for p in required}),
        (fixture[1].store, {p.name: iri("programme:lantern") for p in required}),
    ):
        table = store.select(bind(query, given))
        assert untyped(query, table) == []
        assert unlabelled(query, table) == []


def test_a_thing_that_nobody_knows_gives_no_rows(query: Query, fixture: Fixture) -> None:
    for parameter in query.parameters:
        if parameter.type == "resource":
            given: dict[str, Term] = {parameter.name: IRI("https://example.org/nobody")}
            required = {p.name for p in query.parameters if not p.optional} - {parameter.name}
            given |= {name: iri("programme:lantern") for name in required}
            assert cells(fixture[1].store.select(bind(query, given))) == [], parameter.name


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_values_ask_for_nothing_else(query: Query, text: str, fixture: Fixture) -> None:
    store = fixture[1].store
    before = store.count()
    for parameter in query.parameters:
        try:
            value = parse_value(parameter, text)
        except ParameterError:
            continue
        rows = store.select(bind(query, {parameter.name: value})).rows
        # an IRI of the text itself may name a thing; a string must match nothing
        assert rows == () or parameter.type == "resource", f"{parameter.name}={text!r}"
    assert store.count() == before
