"""A whole validation by each engine: the same findings, in the same words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stikg.building import validate
from stikg.errors import SyntaxProblem
from stikg.library import load_library
from stikg.store import LocalStore
from stikg.validation import Engine, read_sources, validate_store
from tests.fixtures.folders import CLAIMS, SHAPES, THINGS, Folder


def break_much(tiny: Folder) -> None:
    tiny.replace(CLAIMS, "sti:startYear 1999", 'sti:startYear "1999"')
    tiny.replace(THINGS, "agency:acme a sti:FundingAgency", "agency:acme a sti:Territory")


def test_engines_agree_on_every_finding_its_line_and_its_remedy(tiny: Folder) -> None:
    break_much(tiny)
    by_queries = validate(tiny.layout, engine="sparql")
    assert {finding.check for finding in by_queries.findings} == {"sti:ProgrammeShape"}
    assert len(by_queries.findings) > 1
    assert validate(tiny.layout, engine="pyshacl") == by_queries
    assert validate(tiny.layout) == by_queries


def test_value_is_shown_as_its_file_has_it(tiny: Folder) -> None:
    line = tiny.replace(CLAIMS, "sti:startYear 1999", "sti:startYear 1999.50")
    for engine in ("sparql", "pyshacl"):
        (found,) = validate(tiny.layout, engine=engine).findings
        assert (str(found.value), found.line) == ("1999.50", line)


def test_shape_without_message_says_what_is_wrong(tiny: Folder) -> None:
    tiny.append(
        SHAPES,
        "\nsti:OtherShape sh:targetClass sti:Programme ; sh:not [ sh:class sti:Programme ] .\n",
    )
    for engine in ("sparql", "pyshacl"):
        (found,) = validate(tiny.layout, engine=engine).findings
        assert found.message == "it is what the shape rules out"
        assert found.component == "sh:NotConstraintComponent"


def test_details_of_a_violation_are_no_findings_of_their_own(tiny: Folder) -> None:
    tiny.append(
        SHAPES,
        "\nsti:OtherShape sh:targetClass sti:Programme ;\n"
        "  sh:node [ sh:property [ sh:path sti:never ; sh:minCount 1 ] ] .\n",
    )
    for engine in ("sparql", "pyshacl"):
        (found,) = validate(tiny.layout, engine=engine).findings
        assert found.component == "sh:NodeConstraintComponent"


def test_what_queries_cannot_do_is_left_to_pyshacl_unless_queries_are_asked_for(
    tiny: Folder,
) -> None:
    tiny.append(
        SHAPES,
        "\nsti:OtherShape sh:targetClass sti:Programme ;\n"
        "  sh:property [ sh:path sti:startYear ; sh:minCount 7 ] .\n",
    )
    (found,) = validate(tiny.layout).findings
    assert found.check == "sti:OtherShape"
    with pytest.raises(SyntaxProblem, match="sti:OtherShape counts to 7"):
        validate(tiny.layout, engine="sparql")


@pytest.mark.parametrize("engine", list(Engine))
def test_dataset_without_files_has_findings_without_place(tiny: Folder, engine: Engine) -> None:
    break_much(tiny)
    quads = [(*quad[:3], None) for quad in read_sources(tiny.layout).quads()]
    report = validate_store(
        LocalStore.in_memory(quads),
        queries=load_library(tiny.layout.queries),
        shapes=tiny.layout.ontology / "shapes",
        engine=engine,
    )
    assert "sti:ProgrammeShape" in {finding.check for finding in report.findings}
    assert {(finding.file, finding.line) for finding in report.findings} == {("", None)}
    of_files = {
        replace(finding, file="", line=None)
        for finding in validate(tiny.layout).findings
        if finding.path == "sti:startYear"
    }
    assert of_files <= set(report.findings)
