"""Each structural rule, by a file that breaks it and by one that nearly does."""

from __future__ import annotations

import pytest

from stikg.validation import Finding, Severity, check_structure, read_sources
from tests.fixtures.folders import CLAIMS, THINGS, Folder

PASSAGES = "graph/documents/tiny-2020/passages.ttl"
READING = "<https://w3id.org/stikg/document/tiny-2020/1-p2/reading>"


def findings(tiny: Folder) -> list[Finding]:
    return list(check_structure(read_sources(tiny.layout)).findings)


def only(tiny: Folder, check: str) -> Finding:
    found = findings(tiny)
    assert [finding.check for finding in found] == [check]
    return found[0]


def test_a_sound_folder_has_no_findings(tiny: Folder) -> None:
    assert findings(tiny) == []


def test_misspelt_term_names_file_line_and_the_term_meant(tiny: Folder) -> None:
    line = tiny.replace(CLAIMS, "sti:startYear 1999", "sti:startYaer 1999")
    found = only(tiny, "undeclared-term")
    assert (found.file, found.line, found.severity) == (CLAIMS, line, Severity.ERROR)
    assert found.message == "the ontology has no term sti:startYaer"
    assert found.remedy == "did you mean sti:startYear?"


def test_misspelt_class_is_an_undeclared_term(tiny: Folder) -> None:
    line = tiny.replace(
        THINGS, "programme:rockets a sti:Programme", "programme:rockets a sti:Program"
    )
    found = only(tiny, "undeclared-term")
    assert (found.line, found.remedy) == (line, "did you mean sti:Programme?")


def test_term_of_no_known_kind_is_to_be_declared(tiny: Folder) -> None:
    tiny.replace(CLAIMS, "sti:startYear 1999", "sti:zzz 1999")
    assert only(tiny, "undeclared-term").remedy == "declare it in ontology/stikg.ttl"


def test_property_of_another_vocabulary_that_the_ontology_lacks_is_a_warning(tiny: Folder) -> None:
    line = tiny.replace(THINGS, 'sti:acronym "ACME"', 'skos:altLable "ACME"')
    found = only(tiny, "undeclared-outside-term")
    assert (found.severity, found.line) == (Severity.WARNING, line)
    assert found.remedy == "did you mean skos:altLabel?"


def test_thing_without_a_class_is_found_where_it_is_first_named(tiny: Folder) -> None:
    line = tiny.replace(
        CLAIMS, "sti:collaboratesWith agency:bolt", "sti:collaboratesWith agency:bold"
    )
    found = only(tiny, "undeclared-thing")
    assert (found.file, found.line) == (CLAIMS, line)
    assert found.remedy == "did you mean agency:bolt?"


def test_thing_with_a_class_in_a_passage_is_declared(tiny: Folder) -> None:
    tiny.append(CLAIMS, "tiny:1-p1 { agency:cup a sti:FundingAgency . }\n")
    assert findings(tiny) == []


def test_thing_that_only_a_mapping_names(tiny: Folder) -> None:
    mappings = "graph/mappings/organisations.sssom.tsv"
    line = tiny.append(mappings, "agency:ghost\tskos:exactMatch\tROR:012345678\tx\n")
    found = only(tiny, "undeclared-thing")
    assert (found.file, found.line) == (mappings, line)


def test_graph_that_is_no_passage(tiny: Folder) -> None:
    line = tiny.append(CLAIMS, "tiny:1-p9 { agency:acme sti:collaboratesWith agency:bolt . }\n")
    found = only(tiny, "graph-without-passage")
    assert (found.file, found.line) == (CLAIMS, line)
    assert "tiny-2020/1-p9> is no passage of tiny-2020" in found.message


def test_graph_that_is_a_passage_of_another_document(tiny: Folder) -> None:
    other = tiny.root / "graph/documents/other-2021"
    other.mkdir()
    (other / "one.trig").write_text(
        "PREFIX tiny: <https://w3id.org/stikg/document/tiny-2020/>\n"
        "PREFIX sti: <https://w3id.org/stikg/ontology/>\n"
        "PREFIX agency: <https://w3id.org/stikg/agency/>\n"
        "tiny:1-p1 { agency:acme sti:collaboratesWith agency:bolt . }\n"
    )
    found = only(tiny, "graph-without-passage")
    assert (found.file, found.line) == ("graph/documents/other-2021/one.trig", 4)
    assert "stikg passages other-2021" in found.remedy


def test_statement_outside_every_passage(tiny: Folder) -> None:
    line = tiny.append(CLAIMS, "agency:acme sti:collaboratesWith agency:bolt .\n")
    found = only(tiny, "statement-outside-passage")
    assert (found.file, found.line) == (CLAIMS, line)


def test_reading_without_a_reason(tiny: Folder) -> None:
    tiny.replace(CLAIMS, f'{READING}\n        sti:reason "The seat is implied."@en .', "")
    found = only(tiny, "reading-without-reason")
    assert READING in found.message
    assert READING in found.remedy


def test_reason_about_something_else_does_not_count(tiny: Folder) -> None:
    tiny.replace(CLAIMS, f"{READING}\n        sti:reason", "agency:acme sti:reason")
    assert only(tiny, "reading-without-reason").file == CLAIMS


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ('"2026-02-30"^^xsd:date', True),
        ('"2024-02-29"^^xsd:date', False),
        ('"2023-02-29"^^xsd:date', True),
        ('"26 trillion"^^xsd:integer', True),
        ('"1.9E13"^^xsd:decimal', True),
        ('"2021-13"^^xsd:gYearMonth', True),
        ('"2021-07"^^xsd:gYearMonth', False),
        ('"yes"^^xsd:boolean', True),
        ("1999.5", False),
    ],
)
def test_literals_are_of_their_datatype(tiny: Folder, value: str, wrong: bool) -> None:
    value = value.replace("xsd:", "http://www.w3.org/2001/XMLSchema#")
    value = value.replace("^^http", "^^<http") + (">" if "^^" in value else "")
    line = tiny.replace(CLAIMS, "sti:startYear 1999", f"sti:accessed {value}")
    found = findings(tiny)
    assert [(finding.check, finding.line) for finding in found] == (
        [("ill-typed-literal", line)] if wrong else []
    )


def test_things_of_the_alignments_are_not_read(tiny: Folder) -> None:
    files = [source.file for source in read_sources(tiny.layout)]
    assert "ontology/alignments.ttl" not in files
    assert "ontology/shapes/programme.ttl" not in files
    assert PASSAGES in files
