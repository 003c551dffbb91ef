"""The canonical form: what it looks like, that it loses nothing, that it is one."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import rdflib
from hypothesis import example, given
from rdflib.compare import isomorphic

from stikg.errors import InputError
from stikg.serialisation import get_format, parse, write_trig, write_turtle
from stikg.terms import IRI, PREFIXES, XSD, BlankNode, Literal, Quad, Triple, expand
from tests.serialisation.comparison import lexical_forms_kept, read_by_rdflib
from tests.serialisation.strategies import flat, quads, triples, triples_with_blank_nodes

TURTLE, TRIG = get_format("turtle"), get_format("trig")
PASSAGE = "https://w3id.org/stikg/document/uuki-2022/2.4-p"

UNTIDY = r"""
@prefix t: <https://w3id.org/stikg/territory/> . @prefix unused: <urn:unused:> .
@prefix s: <https://w3id.org/stikg/ontology/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
t:jp skos:prefLabel "Japan"@EN ; a s:Territory ; skos:altLabel '''Nip"pon''' ;
  s:rank 10, 9, 1.50, 2.5, true, "007"^^<http://www.w3.org/2001/XMLSchema#integer> .
t:fr a s:Territory .
"""
TIDY = r"""PREFIX sti: <https://w3id.org/stikg/ontology/>
PREFIX territory: <https://w3id.org/stikg/territory/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

territory:fr a sti:Territory .

territory:jp a sti:Territory ;
    skos:altLabel "Nip\"pon" ;
    skos:prefLabel "Japan"@en ;
    sti:rank "1.50"^^xsd:decimal, 2.5, "007"^^xsd:integer, 9, 10, true .
"""

SHAPE = """PREFIX sti: <https://w3id.org/stikg/ontology/>
PREFIX sh: <http://www.w3.org/ns/shacl#>

sti:ProgrammeShape a sh:NodeShape ;
    sh:property
        [ sh:in ( 1 2 ) ; sh:path [ sh:inversePath sti:endYear ] ],
        [
            sh:message "A programme starts in one year, a whole number of the calendar"@en ;
            sh:path sti:startYear
        ] ;
    sh:targetClass sti:Programme .

[] a sh:NodeShape .
"""


def test_turtle_is_tidied() -> None:
    assert write_turtle(parse(UNTIDY, TURTLE)) == TIDY


def test_shapes_keep_their_brackets_and_parentheses() -> None:
    assert write_turtle(parse(SHAPE, TURTLE)) == SHAPE


def test_graphs_come_in_the_order_of_the_document() -> None:
    names = ["10", "2", "1/reading", "1"]
    text = write_trig(
        (expand("agency:jst"), expand("sti:funds"), IRI("urn:x"), IRI(PASSAGE + name))
        for name in names
    )
    assert text == (
        "PREFIX sti: <https://w3id.org/stikg/ontology/>\n"
        "PREFIX agency: <https://w3id.org/stikg/agency/>\n"
        "PREFIX uuki: <https://w3id.org/stikg/document/uuki-2022/>\n"
        "\n"
        "uuki:2.4-p1 {\n    agency:jst sti:funds <urn:x> .\n}\n"
        "\n"
        f"<{PASSAGE}1/reading> {{\n    agency:jst sti:funds <urn:x> .\n}}\n"
        "\n"
        "uuki:2.4-p2 {\n    agency:jst sti:funds <urn:x> .\n}\n"
        "\n"
        "uuki:2.4-p10 {\n    agency:jst sti:funds <urn:x> .\n}\n"
    )


def test_objects_too_wide_for_a_line_get_a_line_each() -> None:
    wide = [Literal("x" * 60 + str(number)) for number in (2, 1)]
    text = write_turtle((IRI("urn:a"), IRI("urn:b"), value, None) for value in wide)
    assert text.splitlines() == [
        "<urn:a> <urn:b>",
        f'        "{"x" * 60}1",',
        f'        "{"x" * 60}2" .',
    ]


def test_nothing_is_written_as_nothing() -> None:
    assert write_turtle([]) == write_trig([]) == ""


def test_turtle_refuses_named_graphs() -> None:
    with pytest.raises(InputError, match="no named graphs, and a statement is in urn:g"):
        write_turtle([(IRI("urn:a"), IRI("urn:b"), IRI("urn:c"), IRI("urn:g"))])


@pytest.mark.parametrize(
    "quad",
    [
        (IRI("urn:a"), IRI("urn:b"), IRI("has space"), None),
        (IRI("urn:a"), IRI("urn:b"), IRI("relative"), None),
        (IRI("urn:a"), IRI("urn:b"), Literal("x", language="not a tag"), None),
        (IRI("urn:a"), IRI("urn:b"), Literal("x", "> . <urn:injected"), None),
        (Literal("x"), IRI("urn:b"), IRI("urn:c"), None),
        (IRI("urn:a"), BlankNode("b"), IRI("urn:c"), None),
    ],
)
def test_what_is_no_statement_is_refused(quad: Quad) -> None:
    with pytest.raises(InputError):
        write_turtle([quad])


@given(triples())
@example([(IRI("urn:a"), IRI("urn:b"), Literal('\x00\\u0041\\\n"\'\'\'"""'))])
def test_turtle_loses_nothing(statements: list[Triple]) -> None:
    expected = set(flat(statements))
    text = write_turtle(expected)
    assert set(parse(text, TURTLE)) == expected
    assert read_by_rdflib(text, "turtle") == expected


@given(quads())
def test_trig_loses_nothing(statements: list[Quad]) -> None:
    expected = set(statements)
    text = write_trig(expected)
    assert set(parse(text, TRIG)) == expected
    assert read_by_rdflib(text, "trig") == expected


@given(quads())
def test_one_statement_is_on_one_line(statements: list[Quad]) -> None:
    assert all(line.isprintable() for line in write_trig(statements).split("\n") if line.isascii())


@given(quads())
def test_canonical_form_does_not_depend_on_order(statements: list[Quad]) -> None:
    text = write_trig(statements)
    assert write_trig(reversed(statements)) == text
    assert write_trig(parse(text, TRIG)) == text


@given(triples_with_blank_nodes())
def test_blank_nodes_keep_their_graph(statements: list[Triple]) -> None:
    expected = flat(statements)
    text = write_turtle(expected)
    assert write_turtle(parse(text, TURTLE)) == text
    lines = "".join(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in statements)
    with lexical_forms_kept():
        assert isomorphic(
            rdflib.Graph().parse(data=text, format="turtle"),
            rdflib.Graph().parse(data=lines, format="ntriples"),
        )


@given(triples_with_blank_nodes())
def test_labels_of_blank_nodes_say_nothing(statements: list[Triple]) -> None:
    other = {"a": "c", "b": "a", "c": "b"}
    renamed = [
        tuple(BlankNode(other[t.label]) if isinstance(t, BlankNode) else t for t in triple)
        for triple in statements
    ]
    expected = write_turtle(flat(statements))
    assert write_turtle((s, p, o, None) for s, p, o in renamed) == expected


def test_raptor_reads_the_same(tmp_path: Path) -> None:
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("raptor2-utils is not installed")
    statements: list[Quad] = [
        (expand("uuki:2.4-p1"), expand("sti:page"), value, graph)
        for value in (
            Literal("9", XSD + "integer"),
            Literal("1.5", XSD + "decimal"),
            Literal("true", XSD + "boolean"),
            Literal('日本 "x" \\ \n\t', language="ja"),
        )
        for graph in (IRI(PASSAGE + "1"), IRI(PASSAGE + "1/reading"))
    ]
    path = tmp_path / "a.trig"
    path.write_text(write_trig(statements), encoding="utf-8")
    command = [rapper, "-q", "-i", "trig", "-o", "nquads", str(path)]
    output = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert set(parse(output, get_format("nquads"))) == set(statements)


def test_every_prefix_can_be_used() -> None:
    wanted = {f"{prefix}:x" for prefix in PREFIXES}
    text = write_turtle((IRI("urn:a"), IRI("urn:b"), expand(curie), None) for curie in wanted)
    assert wanted <= set(text.replace(",", " ").split())
