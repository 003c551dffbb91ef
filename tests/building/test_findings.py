"""Findings: what a row of a check becomes, and that its IRI lasts."""

from __future__ import annotations

import pytest

from stikg.building.findings import contradictions, findings
from stikg.errors import InputError
from stikg.library import Query
from stikg.results import Table
from stikg.store import LocalStore
from stikg.terms import IRI, XSD, Literal, Term, Triple, expand

CHECK = Query("two-values", "check", "Two passages, two values", "", severity="warning")
COLUMNS = (
    "kind", "subject", "subjectLabel", "property", "propertyLabel", "valueA", "passageA", "valueB",
    "passageB", "note",
)  # fmt: skip
ROW: tuple[Term | None, ...] = (
    Literal("values-differ"),
    expand("observation:kites-xa-2030"),
    Literal("Kites, Arcadia, 2030"),
    expand("sdmx-measure:obsValue"),
    Literal("value"),
    Literal("12", XSD + "integer"),
    IRI("https://w3id.org/stikg/document/almanac/2-p1"),
    Literal("15", XSD + "integer"),
    None,
    Literal("value: 12 or 15"),
)


def described(triples: list[Triple]) -> set[tuple[str, str]]:
    return {(str(predicate), value.n3()) for _, predicate, value in triples}


def changed(column: str, value: Term | None) -> tuple[Term | None, ...]:
    return tuple(value if name == column else cell for name, cell in zip(COLUMNS, ROW, strict=True))


def iri(row: tuple[Term | None, ...], check: Query = CHECK) -> Term:
    return findings(check, Table(COLUMNS, (row,)))[0][0]


def test_a_row_becomes_a_finding_with_its_values_as_text() -> None:
    sti = "https://w3id.org/stikg/ontology/"
    assert described(findings(CHECK, Table(COLUMNS, (ROW,)))) == {
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"<{sti}Finding>"),
        (
            "http://www.w3.org/2000/01/rdf-schema#label",
            '"values-differ: Kites, Arcadia, 2030"@en',
        ),
        (f"{sti}severity", '"warning"'),
        (f"{sti}foundBy", "<https://w3id.org/stikg/query/two-values>"),
        (f"{sti}findingKind", '"values-differ"'),
        (f"{sti}aboutSubject", "<https://w3id.org/stikg/observation/kites-xa-2030>"),
        (
            f"{sti}aboutProperty",
            "<http://purl.org/linked-data/sdmx/2009/measure#obsValue>",
        ),
        (f"{sti}valueA", '"12"'),
        (f"{sti}passageA", "<https://w3id.org/stikg/document/almanac/2-p1>"),
        (f"{sti}valueB", '"15"'),
        (f"{sti}note", '"value: 12 or 15"'),
    }


def test_the_iri_of_a_finding_is_that_of_its_row() -> None:
    assert iri(ROW) == IRI("https://w3id.org/stikg/finding/two-values-af34a6d7f88f")


def test_labels_and_notes_do_not_change_the_iri() -> None:
    assert iri(changed("subjectLabel", Literal("Kites of Arcadia"))) == iri(ROW)
    assert iri(changed("note", None)) == iri(ROW)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", Literal("dates-differ")),
        ("subject", expand("observation:kites-xa-2031")),
        ("valueA", Literal("12")),
        ("passageA", None),
        ("valueB", Literal("16", XSD + "integer")),
        ("passageB", IRI("https://w3id.org/stikg/document/almanac/2-p1")),
    ],
)
def test_what_a_row_compares_makes_the_iri(column: str, value: Term | None) -> None:
    assert iri(changed(column, value)) != iri(ROW)


def test_two_checks_make_two_findings_of_one_row() -> None:
    other = Query("table-total", "check", "Totals", "", severity="warning")
    assert iri(ROW, other) != iri(ROW)


def test_rows_come_sorted_and_once() -> None:
    rows = (changed("valueA", Literal("9")), ROW, ROW)
    assert findings(CHECK, Table(COLUMNS, rows)) == findings(CHECK, Table(COLUMNS, rows[1::-1]))


def test_only_checks_tagged_contradiction_make_findings() -> None:
    text = "SELECT " + " ".join(
        f"({'?x' if cell is None else cell.n3()} AS ?{name})"
        for name, cell in zip(COLUMNS, ROW, strict=True)
    )
    checks = (
        Query("other", "check", "Mistakes", f"{text} {{}}", tags=("integrity",), severity="error"),
        Query(
            "two-values", "check", "", f"{text} {{}}", tags=("contradiction",), severity="warning"
        ),
    )
    found = contradictions(LocalStore.in_memory([]), checks)
    assert list(found) == findings(CHECK, Table(COLUMNS, (ROW,)))


def test_a_check_without_a_column_is_refused() -> None:
    with pytest.raises(InputError, match="two-values: no column 'note'"):
        findings(CHECK, Table(COLUMNS[:-1], (ROW[:-1],)))
