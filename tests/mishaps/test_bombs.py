"""Input that is made to take all time and memory, or to break a reader: a clear error, soon."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from stikg.errors import InputError, StikgError, SyntaxProblem
from stikg.evidence.copies import read_copy
from stikg.library import Parameter, Query, bind
from stikg.library.header import split_source
from stikg.serialisation import format_file, get_format, parse, write_turtle
from stikg.serialisation.formats import Format
from stikg.store import LocalStore
from stikg.store.guard import MOST_OPERATORS
from stikg.terms import IRI, Literal
from stikg.validation.mappings import read_mappings
from tests.fixtures.folders import THINGS, Folder
from tests.mishaps.forker import Forker

LONGEST: Final = 20.0
"""Seconds that a bomb may take on a machine that does much else."""

ALIASES: Final = "a0: &a0 [x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
)
XML: Final = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:u#">'
    '<rdf:Description rdf:about="urn:a"><u:p>{}</u:p></rdf:Description></rdf:RDF>'
)


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    """Fail what takes long."""
    began = time.process_time()
    yield
    assert time.process_time() - began < LONGEST


def turtle() -> Format:
    return get_format("turtle")


@pytest.mark.parametrize(
    "header",
    [ALIASES, "a: &a [*a]\n", "a: " + "[" * 2000 + "\n", "a: " + "[" * 400 + "]" * 400 + "\n"],
    ids=["billion laughs", "itself", "open", "deep"],
)
def test_yaml(header: str, tmp_path: Path) -> None:
    source = "".join(f"#+ {line}\n" for line in header.splitlines()) + "ASK {}\n"
    with pytest.raises(SyntaxProblem, match=r"refers to another|too deeply|not YAML") as told:
        split_source(source, where="a.rq")
    assert told.value.where is not None and told.value.where.startswith("a.rq:")
    table = tmp_path / "a.sssom.tsv"
    table.write_text("".join(f"#{line}\n" for line in header.splitlines()), encoding="utf-8")
    with pytest.raises(SyntaxProblem, match="no YAML mapping"):
        read_mappings(table, file="a.sssom.tsv", graph=IRI("urn:g"))


def test_turtle_that_is_deep_is_read_and_written_flatter() -> None:
    deep = "<urn:a> <urn:b> " + "".join(f"[<urn:p{n}> " for n in range(300)) + "1" + "]" * 300
    quads = parse(deep + " .", turtle())
    text = write_turtle(quads)
    assert len(parse(text, turtle())) == 301
    assert text.count("[") == text.count("]") <= 60
    assert len(parse("<urn:a> <urn:b> " + "(" * 2000 + ")" * 2000 + " .", turtle())) == 3999


@pytest.mark.parametrize(
    "text",
    [
        "<urn:a> <urn:b> " + "[<urn:p> " * 300 + "1" + "]" * 300 + " .",
        "<urn:a> <urn:b> (" + "1 " * 300 + ") .",
        "".join(f"_:b{i} <urn:p> _:b{j} .\n" for i in range(9) for j in range(9) if i != j),
        "".join(f"_:a{i} <urn:p> {', '.join(['[<urn:q> 1]'] * 12)} .\n" for i in range(2)),
    ],
    ids=["chain", "list", "tangle", "twins"],
)
def test_blank_nodes_that_look_alike(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="look alike"):
        format_file(path)
    assert path.read_text(encoding="utf-8") == text


def test_blank_nodes_that_look_alike_and_do_no_harm() -> None:
    many = "<urn:a> <urn:b> " + ", ".join(["[<urn:q> 1]"] * 500) + " ."
    assert len(parse(write_turtle(parse(many, turtle())), turtle())) == 1000


def test_a_literal_of_a_million_lines_is_a_literal() -> None:
    quads = parse('<urn:a> <urn:b> """' + "line\n" * 1_000_000 + '""" .', turtle())
    assert len(str(quads[0][2])) == 5_000_000


def test_a_string_that_never_ends() -> None:
    with pytest.raises(SyntaxProblem, match="longer than 16 MiB"):
        parse('<urn:a> <urn:b> "' + "x" * 40_000_000, turtle())


def test_prefixes_without_number() -> None:
    text = "".join(f"@prefix p{n}: <urn:{n}/> .\n" for n in range(100_000))
    assert len(parse(text + "p1:a p2:b p3:c .", turtle())) == 1


def test_xml_entities() -> None:
    rdf_xml = get_format("rdfxml")
    laughs = '<!ENTITY a0 "lol">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    for entities, used in (
        (laughs, "&a11;"),
        (f'<!ENTITY a0 "{"x" * 2000}">', "&a0;" * 9),
        ('<!ENTITY a0 SYSTEM "file:///etc/hostname">', "&a0;"),
    ):
        with pytest.raises(SyntaxProblem):
            parse(f"<!DOCTYPE r [{entities}]>" + XML.format(used), rdf_xml)
    fine = '<!DOCTYPE r [<!ENTITY a0 "fine &amp; short">]>' + XML.format("&a0;")
    assert str(parse(fine, rdf_xml)[0][2]) == "fine & short"


def test_jsonld_that_is_deep_or_asks_for_a_context() -> None:
    json_ld = get_format("jsonld")
    deep = '{"@id":"urn:a","urn:p":' * 100_000 + "1" + "}" * 100_000
    for text in (deep, '{"@context":"http://127.0.0.1:9/","@id":"urn:a","urn:p":1}'):
        with pytest.raises(SyntaxProblem):
            parse(text, json_ld)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { FILTER(" + "!" * 3_000 + "true) }",
        "ASK { FILTER(" + "+".join(["1"] * 3_000) + " > 1) }",
        "ASK { FILTER(" + "&&".join(["true"] * 3_000) + ") }",
        "ASK { " + " UNION ".join(["{}"] * 3_000) + " }",
        "ASK { " + "OPTIONAL {} " * 3_000 + " }",
        "ASK { ?s " + "/".join(["<urn:p>"] * 3_000) + " ?o }",
        "ASK { " + "?s ?p ?o . " * 3_000 + " }",
        "ASK { " + "BIND(1 AS ?x) " * 3_000 + " }",
        "ASK { " + "MINUS {} " * 3_000 + " }",
        "ASK { " + "{" * 500 + "}" * 500 + " }",
    ],
    ids=["not", "plus", "and", "union", "optional", "path", "patterns", "bind", "minus", "groups"],
)
def test_queries_at_which_the_engine_would_crash(query: str) -> None:
    with pytest.raises(InputError, match=r"more than|deep"):
        LocalStore.in_memory([]).ask(query)


def test_as_many_values_as_one_likes() -> None:
    store = LocalStore.in_memory([])
    assert store.ask("ASK { FILTER(1 IN (" + ",".join(["1"] * 3_000) + ")) }")
    query = Query("q", "question", "q", "ASK { VALUES ?x { $x } }", parameters=(Parameter("x", "resource", "x", multiple=True),))  # fmt: skip  # noqa: E501
    text = bind(query, {"x": [IRI(f"urn:a/{n}.b-c") for n in range(5_000)]})
    assert store.ask(text)
    assert MOST_OPERATORS < 5_000


def test_a_cell_of_megabytes() -> None:
    long = Literal("a\tb\n" * 500_000)
    store = LocalStore.in_memory([(IRI("urn:a"), IRI("urn:b"), long, None)])
    assert store.select("SELECT ?o { ?s ?p ?o }").rows == ((long,),)


@pytest.mark.parametrize(
    "content",
    [b"\x00" * 50, b"\xff\xfe<\x00u\x00", b"\xef\xbb\xbf<urn:a> <urn:b> <urn:c> .\r\n"],
    ids=["nul", "utf16", "bom"],
)
@pytest.mark.parametrize(
    "place",
    [THINGS, "graph/mappings/organisations.sssom.tsv", "queries/questions/programmes.rq"],
)
def test_files_that_are_no_text(forker: Forker, tiny: Folder, content: bytes, place: str) -> None:
    (tiny.root / place).write_bytes(content)
    before = tiny.layout.current()
    done = forker.run("--folder", str(tiny.root), "build", "--quiet")
    assert done.code in {0, 1, 2}
    assert (done.code == 0) == (done.error == "")
    assert done.code == 0 or tiny.layout.current() == before


def bomb(path: Path) -> None:
    """Write a DOCX of some kilobytes whose text is of megabytes."""
    names = "http://schemas.openxmlformats.org"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{names}/package/2006/content-types"><Override '
            'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        file.writestr("word/document.xml", b"<w>" + b" " * 3_000_000)


def test_a_copy_that_grows_when_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stikg.evidence.unpacking.MOST", 1 << 20)
    path = tmp_path / "bomb.docx"
    bomb(path)
    with pytest.raises(StikgError, match="unpacked") as told:
        read_copy(path)
    assert told.value.where == str(path)
