"""Questions and networks: what they answer to a small graph, by hand, in both engines."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace

import pytest
import rdflib

from stikg.building.compilation import Compilation, compile_sources
from stikg.library import Library, bind, load_library
from stikg.validation import Sources
from tests.queries.cases import CASES, ROOT, Case, cell, cells, read_cases, values

LIBRARY = load_library(ROOT / "queries")
ASKED = [*LIBRARY.of_kind("question"), *LIBRARY.of_kind("network")]
NAMES = [query.name for query in ASKED]
BY_CASE = {str(case): case for case in read_cases()}
CATALOGUE = {
    "agreements": ("territory", "agreement* party* year passage"),
    "budgets": ("of", "of* amount currency period passage"),
    "collaborations": ("territory", "a* b* via* passage"),
    "contradictions": (
        "kind", "kind subject* property* valueA passageA valueB passageB note",
    ),
    "corroborated": ("", "subject* property* value* documents passages"),
    "country-technology-links": (
        "territory technology theme stage document",
        "territory* technology* theme* stage* viaGroup* origin passage",
    ),
    "coverage": ("document", "document* section passages stated statements"),
    "documents": ("", "document* publisher* issued passages statements"),
    "evidence": (
        "resource",
        "subject* property* value* origin document* section passage start end",
    ),
    "goals": ("of", "of* goal* passage"),
    "instruments": ("territory", "instrument* example* stipCode passage"),
    "list-differences": ("territory", "territory* technology* longlisted shortlisted"),
    "mentions": ("resource", "document* section passage"),
    "organisations": ("kind territory", "organisation* acronym kind* territory* ror"),
    "partner-opportunities": (
        "territory technology",
        "territory* technology* stage* rationale* agency* programme* strategy* passage",
    ),
    "programmes": (
        "kind organisation territory", "programme* kind* organisation* role* start end passage",
    ),
    "selection-criteria": ("territory", "territory* criterion* countries origin passage"),
    "shared-technologies": ("territory", "territory* partner* technologies"),
    "statistics": (
        "indicator subject area period unit document",
        "indicator* subject* area* period value unit source passage",
    ),
    "strategies": (
        "territory organisation", "strategy* issuer* start end supersedes* passage",
    ),
    "targets": ("of", "of* indicator* value unit due passage"),
    "technology-domains": (
        "theme group",
        "technology* theme* group* competitiveness future strength weakness origin passage",
    ),
    "technology-ranking": ("stage", "technology* territories"),
    "territory-ranking": ("stage", "territory* technologies"),
}  # fmt: skip
"""The fixed parameters and first columns of the questions; ``x*`` is ``x`` and ``xLabel``."""

Fixture = tuple[Sources, Compilation]


@pytest.fixture(params=sorted(BY_CASE))
def case(request: pytest.FixtureRequest) -> Case:
    return BY_CASE[request.param]


def starred(columns: str) -> list[str]:
    return [
        name
        for column in columns.split()
        for name in ([column[:-1], f"{column[:-1]}Label"] if column[-1] == "*" else [column])
    ]


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_the_catalogue_is_kept(name: str) -> None:
    parameters, columns = CATALOGUE[name]
    query = LIBRARY.get(name)
    assert [item.name for item in query.parameters] == parameters.split()
    assert [item.name for item in query.parameters if not item.optional] == [
        item for item in parameters.split() if item == "resource"
    ]
    fixed = starred(columns)
    assert [column.name for column in query.columns][: len(fixed)] == fixed


def test_every_query_has_cases_and_every_parameter_is_in_one() -> None:
    used: dict[str, set[str]] = {name: set() for name in NAMES}
    for case in BY_CASE.values():
        used[case.query].update(case.parameters)
    without = [name for name in NAMES if not any(c.query == name for c in BY_CASE.values())]
    assert without == [], "write a case in tests/cases/questions/<name>"
    assert {name: {p.name for p in LIBRARY.get(name).parameters} for name in NAMES} == used


def test_every_query_has_a_case_with_rows() -> None:
    answered = {case.query for case in BY_CASE.values() if case.rows}
    assert sorted(set(NAMES) - answered) == []


def test_the_rows_are_those_of_the_case_in_order(case: Case, fixture: Fixture) -> None:
    query = LIBRARY.get(case.query)
    table = fixture[1].store.select(bind(query, values(query, case)))
    assert table.columns == case.columns
    assert cells(table) == list(case.rows)


def test_the_other_engine_gives_the_same_rows(case: Case, fixture_rdflib: rdflib.Dataset) -> None:
    query = LIBRARY.get(case.query)
    rows = fixture_rdflib.query(bind(query, values(query, case)))
    assert rdflib_cells(rows) == Counter(case.rows)


def rdflib_cells(rows: rdflib.query.Result) -> Counter[tuple[str, ...]]:
    from stikg.terms import IRI

    def text(term: object) -> str:
        if isinstance(term, rdflib.URIRef):
            return cell(IRI(str(term)))
        return "" if term is None else str(term)

    return Counter(tuple(text(term) for term in row) for row in rows)  # type: ignore[union-attr]


def mutations() -> list[dict[str, str]]:
    with (CASES / "mutations.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_every_query_has_a_mutation() -> None:
    assert sorted({row["query"] for row in mutations()}) == sorted(NAMES)


@pytest.mark.parametrize("row", mutations(), ids=lambda row: row["query"])
def test_removing_a_supporting_statement_is_noticed(
    row: dict[str, str], fixture: Fixture, library: Library
) -> None:
    wanted = (row["subject"], row["predicate"], row["object"])
    files = tuple(
        replace(file, quads=tuple(q for q in file.quads if (*map(cell, q[:3]),) != wanted))
        for file in fixture[0].files
    )
    removed = sum(len(file.quads) for file in fixture[0].files) - sum(len(f.quads) for f in files)
    assert removed, f"the graph of the cases does not state {wanted}"
    case = BY_CASE[f"{row['query']}/{row['case']}"]
    query = library.get(case.query)
    without = compile_sources(Sources(files), library)
    assert cells(without.store.select(bind(query, values(query, case)))) != list(case.rows)
