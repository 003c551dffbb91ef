"""Errors of the parser say where and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from stikg.errors import InputError, SyntaxProblem
from stikg.serialisation import get_format, parse, parse_file
from stikg.terms import IRI, XSD, Literal

TURTLE = get_format("turtle")
PROBLEMS = {
    "territory:jp a <urn:x> .": (
        "f.ttl:1:1: the prefix territory: has not been declared",
        "add at the top: PREFIX territory: <https://w3id.org/stikg/territory/>",
    ),
    "teritory:jp a <urn:x> .": ("f.ttl:1:1: ", "did you mean territory: ?"),
    "qqq:jp a <urn:x> .": ("f.ttl:1:1: ", "see them all with: stikg prefixes"),
    "<urn:a> a <jp> .": ("f.ttl:1:11: no scheme found", "write the whole IRI"),
    "<urn:a> a\n  <urn:b c> .": ("f.ttl:2:3: ", "percent-encode the character"),
    "<urn:a> a <urn:b>\n<urn:c> a <urn:d> .": ("f.ttl:2:1: ", "with a full stop"),
    '<urn:a> <urn:b> "x': ("f.ttl:1:17: ", "still open"),
    r'<urn:a> <urn:b> "\q" .': ("f.ttl:1:", "write a backslash twice"),
    '<urn:a> <urn:b> "x"@abcdefghijk .': ("f.ttl:1:", "BCP 47"),
    '<urn:a> <urn:b> "x"^^ .': ("f.ttl:1:", "for example xsd:date"),
    '"x" <urn:b> 1 .': ("f.ttl:1:1: ", "look before it"),
    "<urn:a> <urn:b> <<( <urn:a> <urn:b> 1 )>> .": ("f.ttl: ", "terms of RDF 1.1"),
}


@pytest.mark.parametrize("text", PROBLEMS)
def test_a_problem_has_a_place_and_a_remedy(text: str) -> None:
    head, remedy = PROBLEMS[text]
    with pytest.raises(SyntaxProblem) as caught:
        parse(text, TURTLE, where="f.ttl")
    message, _, last = str(caught.value).partition("\n  remedy: ")
    assert message.startswith(head)
    assert remedy in last


def test_not_utf8_is_a_problem_with_a_place() -> None:
    with pytest.raises(SyntaxProblem, match=r"a\.nt:2:") as caught:
        data = b'<urn:a> <urn:b> "x" .\n<urn:a> <urn:b> "\xff" .\n'
        parse(data, get_format("ntriples"), where="a.nt")
    assert caught.value.remedy == "save the file as UTF-8"


@pytest.mark.parametrize(
    ("name", "text"), [("rdfxml", "<a>"), ("jsonld", "{"), ("jsonld", '{"@context": "http://x/"}')]
)
def test_formats_without_places_name_the_file(name: str, text: str) -> None:
    with pytest.raises(SyntaxProblem, match=r"^here"):
        parse(text, get_format(name), where="here")


def test_lexical_forms_are_kept() -> None:
    values = [quad[2] for quad in parse('<urn:a> <urn:b> 007, 1.50, "x"@EN-us .', TURTLE)]
    assert values == [
        Literal("007", XSD + "integer"),
        Literal("1.50", XSD + "decimal"),
        Literal("x", language="en-us"),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("<urn:a> <urn:b>\n  [ <urn:c> 1 ] .", "f.ttl:2:3"),
        ("<urn:a> <urn:b> ( 1 ) .", "f.ttl:1:17"),
        ("<urn:a> <urn:b> _:x .", "f.ttl:1:17"),
    ],
)
def test_blank_nodes_are_refused_on_request(text: str, place: str) -> None:
    assert parse(text, TURTLE)
    with pytest.raises(SyntaxProblem) as caught:
        parse(text, TURTLE, where="f.ttl", blank_nodes=False)
    assert caught.value.where == place
    assert caught.value.remedy == "give the thing an IRI of its own"


def test_brackets_in_strings_and_comments_are_no_blank_nodes() -> None:
    text = '<urn:a> <urn:b> "[ _:x (", <urn:c(d)> . # [ ( _:y'
    assert len(parse(text, TURTLE, blank_nodes=False)) == 2


def test_a_file_is_read_by_its_suffix(tmp_path: Path) -> None:
    path = tmp_path / "a.nq"
    path.write_text("<urn:a> <urn:b> <urn:c> <urn:g> .\n")
    assert parse_file(path) == [(IRI("urn:a"), IRI("urn:b"), IRI("urn:c"), IRI("urn:g"))]


def test_a_missing_file_and_a_foreign_suffix_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no\.ttl: cannot be read: No such file"):
        parse_file(tmp_path / "no.ttl")
    with pytest.raises(InputError, match=r"the suffix '\.doc' is of no RDF format"):
        parse_file(tmp_path / "a.doc")
