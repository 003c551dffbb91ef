"""Input that is made to take all time and memory, or to break a reader: a clear error, soon."""

from __future__ import annotations

import time
import zipfile
import zlib
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


XML_HEAD: Final = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:u#"{}>'
    "<rdf:Description>{}</rdf:Description></rdf:RDF>"
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("jsonld", '{"@id":"urn:a","urn:p":' * 100_000 + "1" + "}" * 100_000),
        ("jsonld", '{"@id":"urn:a","urn:p":' * 5_000 + "1" + "}" * 5_000),
        ("jsonld", '{"@graph":[' * 3_000 + '{"@id":"urn:a","urn:p":1}' + "]}" * 3_000),
        ("jsonld", '{"@context":{' + ",".join(f'"p{n}":"urn:{n}/"' for n in range(100_000))
         + '},"@id":"p1:a","p2:b":1}'),
        ("jsonld", '{"@context":"http://127.0.0.1:9/","@id":"urn:a","urn:p":1}'),
        ("rdfxml", XML_HEAD.format("", "<u:p><rdf:Description>" * 100_000
         + "</rdf:Description></u:p>" * 100_000)),
        ("rdfxml", XML_HEAD.format("".join(f' xmlns:p{n}="urn:{n}/"' for n in range(100_000)), "")),
        ("turtle", "<urn:a> <urn:b> " + "<<( <urn:a> <urn:b> " * 100_000 + "1" + " )>>" * 100_000),
        ("nquads", "<urn:a> <urn:b> " + "<<( <urn:a> <urn:b> " * 100_000 + "1" + " )>>" * 100_000),
    ],
    ids=["objects", "fewer", "graphs", "terms", "elsewhere", "elements", "namespaces", "triples",
         "quads"],
)  # fmt: skip
def test_nesting_and_names_without_end(name: str, text: str) -> None:
    with pytest.raises(SyntaxProblem) as told:
        parse(text, get_format(name), where="a")
    assert told.value.remedy


def test_nesting_and_names_that_do_no_harm() -> None:
    levels, names = 90, 9_000
    deep = '{"@id":"urn:a","urn:p":[' * levels + "1" + "]}" * levels
    assert len(parse(deep, get_format("jsonld"))) == levels
    terms = ",".join(f'"p{n}":"urn:{n}/"' for n in range(names))
    known = f'{{"@context":{{{terms}}},"@id":"p1:a","p2:b":1}}'
    assert len(parse(known, get_format("jsonld"))) == 1
    flat = "[" + ",".join(f'{{"@id":"urn:{n}","urn:p":1}}' for n in range(names)) + "]"
    assert len(parse(flat, get_format("jsonld"))) == names
    elements = "<u:p><rdf:Description>" * levels + "</rdf:Description></u:p>" * levels
    assert len(parse(XML_HEAD.format("", elements), get_format("rdfxml"))) == levels
    quoted = '<urn:a> <urn:b> "' + "<<( " * 300 + '" . # ' + "<<(" * 300
    assert len(parse(quoted, turtle())) == 1


def test_a_document_that_declares_its_encoding_hides_nothing() -> None:
    laughs = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE r [<!ENTITY a "{}">]>{}'
    text = laughs.format("x" * 2000, XML.format("&a;" * 9))
    with pytest.raises(SyntaxProblem):
        parse(text.encode("utf-16"), get_format("rdfxml"))


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
        "ASK { <urn:a> <urn:b> " + "<<( <urn:a> <urn:b> " * 500 + "1" + " )>>" * 500 + " }",
    ],
    ids=[
        "not",
        "plus",
        "and",
        "union",
        "optional",
        "path",
        "patterns",
        "bind",
        "minus",
        "groups",
        "triples",
    ],
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


@pytest.mark.parametrize("page", ["<a " * 20_000, "<!--" * 20_000, "&#" * 20_000,
                                  "<sup>" * 20_000, "<p>" + " " * 50_000 + "</p>"])  # fmt: skip
def test_pages_that_take_a_parser_for_ever(tmp_path: Path, page: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(page, encoding="utf-8")
    try:
        assert len(read_copy(path)) <= len(page)
    except InputError as problem:
        assert (problem.where, bool(problem.remedy)) == (str(path), True)


def pdf(content: bytes, filters: str) -> bytes:
    """Return a PDF of one page."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        f"<</Length {len(content)}/Filter[{filters}]>>stream\n".encode() + content + b"\nendstream",
    ]
    text, places = b"%PDF-1.4\n", b""
    for number, part in enumerate(parts, 1):
        places += f"{len(text):010d} 00000 n \n".encode()
        text += f"{number} 0 obj".encode() + part + b"endobj\n"
    end = f"trailer<</Size 5/Root 1 0 R>>startxref\n{len(text)}\n%%EOF".encode()
    return text + b"xref\n0 5\n0000000000 65535 f \n" + places + end


@pytest.mark.parametrize("times", [1, 2])
def test_a_pdf_that_grows_when_it_is_unpacked(
    tmp_path: Path, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stikg.evidence.unpacking.MOST_OF_PDF", 1 << 20)
    small, large = b"BT ET", bytes(2 << 20)
    path = tmp_path / "a.pdf"
    for _ in range(times):
        small, large = zlib.compress(small), zlib.compress(large)
    path.write_bytes(pdf(small, "/FlateDecode" * times))
    assert read_copy(path) == ""
    path.write_bytes(pdf(large, "/FlateDecode" * times))
    with pytest.raises(InputError, match="unpacked") as told:
        read_copy(path)
    assert told.value.where == str(path)


def test_a_copy_that_grows_when_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stikg.evidence.unpacking.MOST", 1 << 20)
    path = tmp_path / "bomb.docx"
    bomb(path)
    with pytest.raises(StikgError, match="unpacked") as told:
        read_copy(path)
    assert told.value.where == str(path)


@pytest.mark.parametrize("name", ["turtle", "trig", "nquads", "jsonld"])
def test_letters_that_are_none_are_refused_in_comments_too(name: str) -> None:
    with pytest.raises(SyntaxProblem, match="not UTF-8") as told:
        parse(b"\n# caf\xe9\n", get_format(name), where="a", blank_nodes=False)
    assert told.value.where == "a:2"
