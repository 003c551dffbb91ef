"""The report: its order, and what each form of it says."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
import rdflib

from stikg.errors import InputError
from stikg.terms import XSD, Literal, expand
from stikg.validation import Finding, Report, Severity, render

SHAPE = Finding(
    "sti:ProgrammeShape",
    "A start year is a whole number.",
    focus=expand("programme:rockets"),
    path="sti:startYear",
    value=Literal("soon & <later>"),
    file="graph/documents/tiny-2020/one.trig",
    line=13,
    remedy="write a year",
    component="sh:DatatypeConstraintComponent",
)
WARNING = Finding("without-label", "no label", Severity.WARNING, file="graph/a.ttl", line=9)
EARLIER = Finding("without-label", "no label", Severity.WARNING, file="graph/a.ttl", line=2)
REPORT = Report.of([SHAPE, WARNING, EARLIER, WARNING], ["undeclared-term"])


def test_findings_are_in_the_order_of_files_and_lines_and_each_once() -> None:
    assert REPORT.findings == (EARLIER, WARNING, SHAPE)
    assert REPORT.checks == ("sti:ProgrammeShape", "undeclared-term", "without-label")


def test_only_errors_stop_a_build() -> None:
    assert not REPORT.conforms
    assert Report.of([WARNING], []).conforms
    assert Report().conforms


def test_summary_counts_by_severity() -> None:
    note = Finding("n", "note", Severity.INFO)
    assert REPORT.summary == "1 error, 2 warnings"
    assert Report.of([note], []).summary == "1 for information"
    assert Report().summary == "nothing found"


def test_text_is_grouped_by_file() -> None:
    assert render(REPORT, "text") == (
        "graph/a.ttl\n"
        "  2: warning: no label [without-label]\n"
        "  9: warning: no label [without-label]\n"
        "\n"
        "graph/documents/tiny-2020/one.trig\n"
        "  13: error: A start year is a whole number. [sti:ProgrammeShape]\n"
        '    programme:rockets sti:startYear "soon & <later>"\n'
        "    remedy: write a year\n"
        "\n"
        "1 error, 2 warnings\n"
    )


def test_turtle_is_a_shacl_report() -> None:
    graph = rdflib.Graph().parse(data=render(REPORT, "turtle"), format="turtle")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    report = graph.value(None, rdflib.RDF.type, sh.ValidationReport)
    assert graph.value(report, sh.conforms) == rdflib.Literal(False)
    assert len(list(graph.objects(report, sh.result))) == 3
    result = graph.value(None, sh.resultSeverity, sh.Violation)
    assert graph.value(result, sh.focusNode) == rdflib.URIRef(str(SHAPE.focus))
    assert graph.value(result, sh.value) == rdflib.Literal("soon & <later>")
    path = rdflib.URIRef("https://w3id.org/stikg/ontology/startYear")
    assert graph.value(result, sh.resultPath) == path
    component = graph.value(result, sh.sourceConstraintComponent)
    assert component == sh.DatatypeConstraintComponent


def test_turtle_of_nothing_conforms() -> None:
    assert render(Report(), "turtle").endswith(
        "[] a sh:ValidationReport ;\n    sh:conforms true .\n"
    )


def test_json_has_every_field() -> None:
    report = json.loads(render(REPORT, "json"))
    assert report["conforms"] is False
    assert report["findings"][2] == {
        "severity": "error",
        "check": "sti:ProgrammeShape",
        "message": "A start year is a whole number.",
        "focus": "https://w3id.org/stikg/programme/rockets",
        "path": "sti:startYear",
        "value": "soon & <later>",
        "file": "graph/documents/tiny-2020/one.trig",
        "line": 13,
        "remedy": "write a year",
    }


def test_junit_has_a_case_for_each_rule_and_fails_only_for_errors() -> None:
    suite = ElementTree.fromstring(render(REPORT, "junit"))
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    failures = {case.get("name"): case.find("failure") is not None for case in suite}
    assert failures == {
        "sti:ProgrammeShape": True,
        "undeclared-term": False,
        "without-label": False,
    }


def test_junit_survives_characters_that_xml_cannot_hold() -> None:
    finding = Finding("odd", "value \x01", value=Literal("\x02", XSD + "string"))
    suite = ElementTree.fromstring(render(Report.of([finding], []), "junit"))
    assert "value �" in "".join(suite.itertext())


def test_unknown_format_is_refused() -> None:
    with pytest.raises(InputError, match="'pdf' is no format of a report"):
        render(REPORT, "pdf")
