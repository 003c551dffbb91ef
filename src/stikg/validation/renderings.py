"""A report in four forms: text for people, SHACL in Turtle, JSON, JUnit XML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final
from xml.etree import ElementTree  # only writes: no foreign XML is read

from stikg.errors import InputError
from stikg.terms import IRI, ONTOLOGY, PREFIXES, Literal, Term, compress, expand
from stikg.validation.report import Finding, Report, Severity

_SEVERITY_TERMS: Final = {
    Severity.ERROR: "sh:Violation",
    Severity.WARNING: "sh:Warning",
    Severity.INFO: "sh:Info",
}
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report, format_name: str) -> str:
    """Return the report in a format of FORMATS.

    :raises InputError: if there is no such format.
    """
    if format_name not in FORMATS:
        raise InputError(
            f"{format_name!r} is no format of a report", remedy=f"use one of {', '.join(FORMATS)}"
        )
    return FORMATS[format_name](report)


def to_text(report: Report) -> str:
    """Return the findings by file: what is wrong, on which line, how to mend it.

    >>> print(to_text(Report.of([Finding("without-label", "no label", file="graph/a.ttl")], [])))
    graph/a.ttl
      error: no label [without-label]
    <BLANKLINE>
    1 error
    <BLANKLINE>
    """
    lines: list[str] = []
    for file, findings in groupby(report.findings, key=lambda finding: finding.file):
        lines.append(file or "(in no file: inferred, or from several)")
        for finding in findings:
            lines.extend(_text_lines(finding))
        lines.append("")
    return "\n".join([*lines, report.summary, ""])


def _text_lines(finding: Finding) -> Iterator[str]:
    line = f"{finding.line}: " if finding.line else ""
    yield f"  {line}{finding.severity}: {finding.message} [{finding.check}]"
    if finding.focus:
        value = f" {_short(finding.value)}" if finding.value else ""
        yield f"    {_short(finding.focus)}{' ' if finding.path else ''}{finding.path}{value}"
    if finding.remedy:
        yield f"    remedy: {finding.remedy}"


def _short(term: Term) -> str:
    if isinstance(term, IRI):
        return compress(term.value)
    text = term.n3()
    return text if len(text) <= 100 else text[:99] + "…"


def to_turtle(report: Report) -> str:
    """Return a SHACL validation report (SHACL, section 3.6) with file and line of each result."""
    conforms = "true" if not report.findings else "false"
    results = [_turtle_result(finding) for finding in report.findings]
    head = [f"PREFIX {name}: <{PREFIXES[name]}>" for name in ("sti", "sh", "xsd", "dcterms")]
    body = f"[] a sh:ValidationReport ;\n    sh:conforms {conforms}"
    if results:
        body += " ;\n    sh:result " + " ,\n        ".join(results)
    return "\n".join([*head, "", f"{body} .", ""])


def _turtle_result(finding: Finding) -> str:
    pairs = [
        ("a", "sh:ValidationResult"),
        ("sh:resultSeverity", _SEVERITY_TERMS[finding.severity]),
        ("sh:resultMessage", Literal(finding.message, language="en").n3()),
        ("sh:sourceConstraintComponent", finding.component),
        ("dcterms:identifier", Literal(finding.check).n3()),
    ]
    if finding.check.partition(":")[0] in PREFIXES and ":" in finding.check:
        pairs.append(("sh:sourceShape", expand(finding.check).n3()))
    if finding.focus:
        pairs.append(("sh:focusNode", finding.focus.n3()))
    if finding.path:
        pairs.append(("sh:resultPath", _iri_of(finding.path)))
    if finding.value:
        pairs.append(("sh:value", finding.value.n3()))
    if finding.where:
        pairs.append(("dcterms:source", Literal(finding.where).n3()))
    inner = " ;\n            ".join(f"{predicate} {value}" for predicate, value in pairs)
    return f"[ {inner} ]"


def _iri_of(path: str) -> str:
    return path if path.startswith("<") else expand(path).n3()


def to_json(report: Report) -> str:
    """Return the report as a JSON object: conforms, checks, findings."""
    findings = [
        {
            "severity": str(finding.severity),
            "check": finding.check,
            "message": finding.message,
            "focus": str(finding.focus) if finding.focus else None,
            "path": finding.path or None,
            "value": str(finding.value) if finding.value else None,
            "file": finding.file or None,
            "line": finding.line,
            "remedy": finding.remedy or None,
        }
        for finding in report.findings
    ]
    whole = {"conforms": report.conforms, "checks": list(report.checks), "findings": findings}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def to_junit(report: Report) -> str:
    """Return JUnit XML: one test case for each rule, its findings as one failure."""
    by_check = {name: [f for f in report.findings if f.check == name] for name in report.checks}
    failing = {
        name: [finding for finding in found if finding.severity is Severity.ERROR]
        for name, found in by_check.items()
    }
    suite = ElementTree.Element(
        "testsuite",
        name=f"stikg validate {ONTOLOGY}",
        tests=str(len(by_check)),
        failures=str(sum(bool(errors) for errors in failing.values())),
    )
    for name, found in by_check.items():
        case = ElementTree.SubElement(suite, "testcase", classname="stikg", name=name)
        if failing[name]:
            count = f"{len(failing[name])} error(s)"
            failure = ElementTree.SubElement(case, "failure", message=count)
            failure.text = to_text(Report(tuple(failing[name])))
        rest = tuple(finding for finding in found if finding.severity is not Severity.ERROR)
        if rest:
            ElementTree.SubElement(case, "system-out").text = to_text(Report(rest))
    ElementTree.indent(suite)
    text = _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", ElementTree.tostring(suite, "unicode"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


FORMATS: Final[dict[str, Callable[[Report], str]]] = {
    "text": to_text,
    "turtle": to_turtle,
    "json": to_json,
    "junit": to_junit,
}
"""Every form of a report by name."""
