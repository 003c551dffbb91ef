"""Shapes and integrity checks over a whole graph: what they find, and where they say it stands."""

from __future__ import annotations

import pytest

from stikg.building import validate
from stikg.errors import SyntaxProblem
from stikg.validation import Finding, Severity
from tests.fixtures.folders import CLAIMS, SHAPES, THINGS, Folder


def findings(tiny: Folder) -> list[Finding]:
    return list(validate(tiny.layout).findings)


def test_a_sound_graph_conforms_and_names_every_rule_that_was_tried(tiny: Folder) -> None:
    report = validate(tiny.layout)
    assert report.findings == ()
    assert {"sti:ProgrammeShape", "undeclared-term", "programme-without-start"} <= set(
        report.checks
    )
    assert "two-starts" not in report.checks


def test_wrong_datatype_points_at_the_line_of_the_value(tiny: Folder) -> None:
    line = tiny.replace(CLAIMS, "sti:startYear 1999", 'sti:startYear "1999"')
    (found,) = findings(tiny)
    assert (found.check, found.file, found.line) == ("sti:ProgrammeShape", CLAIMS, line)
    assert found.message == "A start year is a whole number."
    assert found.path == "sti:startYear"
    assert found.component == "sh:DatatypeConstraintComponent"
    assert found.severity is Severity.ERROR


def test_missing_value_points_at_the_thing_and_says_what_to_add(tiny: Folder) -> None:
    line = tiny.replace(
        THINGS,
        'programme:rockets a sti:Programme ;\n    skos:prefLabel "Rocket Programme"@en .',
        "programme:rockets a sti:Programme .",
    )
    (found,) = findings(tiny)
    assert (found.file, found.line) == (THINGS, line)
    assert found.remedy == "add a skos:prefLabel"


def test_shapes_see_what_the_rules_infer_and_keep_their_severity(tiny: Folder) -> None:
    tiny.replace(THINGS, "agency:acme a sti:FundingAgency", "agency:acme a sti:Territory")
    (found,) = findings(tiny)
    assert (found.path, found.severity) == ("sti:administeredBy", Severity.WARNING)


def test_rows_of_an_integrity_check_are_findings(tiny: Folder) -> None:
    tiny.replace(CLAIMS, "    programme:rockets sti:startYear 1999 .\n", "")
    (found,) = findings(tiny)
    assert (found.check, found.severity) == ("programme-without-start", Severity.WARNING)
    assert (found.file, found.line) == (THINGS, 13)
    assert found.remedy == "say when it started, with sti:startYear"


def test_contradictions_of_the_documents_are_no_findings(tiny: Folder) -> None:
    tiny.append(CLAIMS, "tiny:1-p2 { programme:rockets sti:startYear 2001 . }\n")
    assert findings(tiny) == []


def test_check_with_a_passage_points_into_it(tiny: Folder) -> None:
    check = tiny.root / "queries/checks/late-start.rq"
    check.write_text(
        "#+ title: Late start\n"
        "#+ tags: [integrity]\n"
        "#+ severity: error\n"
        "#+ explanation: check the year\n"
        "#+ columns:\n"
        "#+   subject: {type: resource}\n"
        "#+   property: {type: iri}\n"
        "#+   value: {type: year}\n"
        "#+   passage: {type: passage}\n"
        "PREFIX sti: <https://w3id.org/stikg/ontology/>\n"
        "SELECT ?subject ?subjectLabel ?property ?value ?passage WHERE {\n"
        "  GRAPH ?passage { ?subject ?property ?value }\n"
        "  ?passage sti:evidencePassage ?passage .\n"
        "  ?subject sti:label ?subjectLabel .\n"
        "  FILTER(isNumeric(?value) && ?value > 2000)\n"
        "} ORDER BY ?subject\n"
    )
    line = tiny.append(CLAIMS, "tiny:1-p2 { programme:rockets sti:startYear 2001 . }\n")
    (found,) = findings(tiny)
    assert (found.check, found.file, found.line) == ("late-start", CLAIMS, line)
    assert str(found.value) == "2001"


def test_broken_shape_names_its_file(tiny: Folder) -> None:
    line = tiny.append(SHAPES, "sti:ProgrammeShape sh:property [ sh:path ]\n")
    with pytest.raises(SyntaxProblem) as caught:
        validate(tiny.layout)
    assert str(caught.value).startswith(f"{SHAPES}:{line}:")


def test_shape_that_is_no_shacl_is_said(tiny: Folder) -> None:
    tiny.append(SHAPES, "sti:ProgrammeShape sh:property [ sh:minCount 1 ] .\n")
    with pytest.raises(SyntaxProblem, match="pySHACL cannot use the shapes"):
        validate(tiny.layout)
