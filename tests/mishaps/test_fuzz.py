"""Readers are given what chance makes: the right thing, or an error of ours, nothing else.

STIKG_FUZZ says how many inputs each test tries.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Any, Final

import pyoxigraph
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stikg.errors import StikgError
from stikg.evidence.html_copy import text_of_html
from stikg.library import Parameter, Query, bind, write_term
from stikg.library.header import split_source
from stikg.library.loading import parse_query
from stikg.library.model import KINDS
from stikg.library.tokens import tokenise
from stikg.names import NameRow, Names
from stikg.passages import segment
from stikg.serialisation import get_format, parse
from stikg.serialisation.tokens import tokens
from stikg.store import LocalStore
from stikg.store.answers import read_boolean, read_solutions
from stikg.store.guard import refuse_dangers
from stikg.terms import BASE, IRI, Literal
from stikg.validation.mappings import read_mappings

TRIES: Final = settings(max_examples=int(os.environ.get("STIKG_FUZZ", "25")))
TEXT: Final = st.text(st.characters(exclude_categories=["Cs"]))
SPARQL: Final = st.lists(
    st.sampled_from(
        ["SELECT", "*", "{", "}", "?x", "$x", "<urn:a>", "a:b", "'", '"', '"""', "\\", "#", "\n",
         " ", "VALUES", ".", "SERVICE", "1.5e3", "@en", "^^", "_:b", "\\u0022", "<", ">", "(", ")"]
    )
).map("".join)  # fmt: skip
QUERY: Final = Query(
    "q", "question", "q", "SELECT * { ?s ?p ?o FILTER(?o = $text || ?s = $thing) }",
    parameters=(Parameter("text", "string", "x"), Parameter("thing", "resource", "x")),
)  # fmt: skip
HEADER: Final = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT | st.sampled_from(["uri", "literal", "vars"]),
    lambda inner: st.lists(inner) | st.dictionaries(
        st.sampled_from(["head", "vars", "results", "bindings", "type", "value", "x"]), inner
    ),
)  # fmt: skip


@TRIES
@given(TEXT | SPARQL)
def test_tokens_joined_are_the_query(text: str) -> None:
    assert "".join(token.text for token in tokenise(text)) == text


@TRIES
@given(SPARQL)
def test_the_guard_refuses_or_passes(text: str) -> None:
    try:
        refuse_dangers(text)
    except StikgError as error:
        assert error.remedy


@TRIES
@given(st.lists(TEXT | st.sampled_from(["title: x", "a: [", "b: {c: d}", "&a", "*a", "- x"])))
@example(["a: !!python/object/apply:os.system [x]"])
def test_headers(lines: list[str]) -> None:
    source = "".join(f"#+ {line}\n" for line in lines) + "ASK {}\n"
    try:
        assert split_source(source, where="a.rq").text.endswith("ASK {}\n")
    except StikgError as error:
        assert error.where


@TRIES
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"])))
@example('" } INSERT DATA { <urn:a> <urn:b> "')
@example("\\u0022 || true || \\u0022")
@example("\\")
@example("'''")
def test_a_value_stays_a_value(text: str) -> None:
    store = pyoxigraph.Store()
    row = pyoxigraph.Quad(pyoxigraph.NamedNode("urn:s"), pyoxigraph.NamedNode("urn:p"),
                          pyoxigraph.Literal(text))  # fmt: skip
    other = pyoxigraph.Quad(row.subject, row.predicate, pyoxigraph.Literal(text + "x"))
    store.extend([row, other])
    found = list(store.query(bind(QUERY, {"text": Literal(text)})))  # type: ignore[arg-type]
    assert [solution["o"] for solution in found] == [row.object]


@TRIES
@given(TEXT)
@example("urn:a> || true || <urn:b")
def test_an_iri_stays_an_iri(text: str) -> None:
    try:
        query = bind(QUERY, {"thing": IRI(f"urn:{text}")})
    except StikgError:
        return
    kinds = [token.kind for token in tokenise(query)]
    assert kinds == [token.kind for token in tokenise(bind(QUERY, {"thing": IRI("urn:a")}))]


@TRIES
@given(st.lists(st.lists(TEXT.map(Literal) | st.none(), min_size=2, max_size=2)))
@example([[Literal("\\\x1f"), Literal("\\u0022")], [Literal("\\\\u"), None]])
def test_tsv_comes_back(rows: list[list[Any]]) -> None:
    given = " ".join(
        "({})".format(" ".join("UNDEF" if term is None else write_term(term) for term in row))
        for row in rows
    )
    table = LocalStore.in_memory([]).select(f"SELECT * {{ VALUES (?a ?b) {{ {given} }} }}")
    assert table.rows == tuple(map(tuple, rows))


@TRIES
@given(st.binary() | JSON.map(lambda value: __import__("json").dumps(value).encode()), st.data())
def test_answers_of_a_server(body: bytes, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(body)))
    for read in (lambda: list(read_solutions([body[:cut], body[cut:]]).rows),
                 lambda: read_boolean(body)):  # fmt: skip
        try:
            read()
        except ValueError:
            pass


@TRIES
@given(st.lists(st.sampled_from(["<urn:a>", "a:b", "{", "}", ".", ";", '"x"', "@en", "[", "]",
                                 "#", "\n", " ", "GRAPH", "@prefix a: <u:> .", "\\"])))  # fmt: skip
def test_trig(pieces: list[str]) -> None:
    text = " ".join(pieces)
    list(tokens(text))
    try:
        parse(text, get_format("trig"), blank_nodes=False)
    except StikgError as error:
        assert error.where


@TRIES
@given(TEXT | st.sampled_from(['"', "* OR", "NEAR(", "a* -b", "\x00", "acme'"]))
def test_names_are_looked_up(text: str) -> None:
    for call in (NAMES.resolve, NAMES.search, NAMES.complete):
        try:
            call(text)
        except StikgError:
            pass


@TRIES
@given(st.lists(st.sampled_from(
    ["1. Aims", "2.1 Means", "We fund", "research.", "- one", "• two", "¹ Note.", "12", "\f", "\t",
     "\n", "\n\n", " ", "a\tb\tc", "Table 1", "Box 2", "e.g.", "日本", "\u2028", "\x00", "(a)",
     "iv", "Annex A", "Figure 3. One"]
) | TEXT).map("".join))  # fmt: skip
def test_passages_hold_every_character_once(text: str) -> None:
    held = [0] * len(text)
    passages = segment(text)
    for passage in passages:
        for start, end in passage.parts:
            for place in range(start, end):
                held[place] += 1
    assert all(number <= 1 for number in held)
    assert all(number or text[place].isspace() for place, number in enumerate(held))
    assert len({passage.name for passage in passages}) == len(passages)


@TRIES
@given(st.lists(st.sampled_from(
    ["subject_id", "predicate_id", "object_id", "mapping_justification", "agency:acme", "ROR:1",
     "x:", "\t", "\n", "\n#", "curie_map:", "  ROR: https://ror.org/", '"', '""', "\r", " ",
     "semapv:A"]
) | TEXT).map("".join))  # fmt: skip
@example(f'{HEADER}"agency:acme\tskos:exactMatch\tROR:1\tx:y\n')
@example(f"{HEADER}agency:acme\x1cx\tskos:exactMatch\tagency:b\tx:y\n")
def test_tables_of_mappings(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.sssom.tsv")
        path.write_text(text, encoding="utf-8", newline="")
        try:
            rows = read_mappings(path, file="a.sssom.tsv", graph=IRI("urn:g"))
        except StikgError as error:
            assert error.where is not None
            assert re.fullmatch(r"a\.sssom\.tsv:\d+", error.where)
            assert error.remedy
        else:
            assert len(rows) < text.count("\n") + text.count("\r") + 1


@TRIES
@given(st.lists(st.sampled_from(
    ["title: A", "question: A?", "tags: [a]", "columns:", "  a: {type: string}",
     "  a: {type: [x]}", "parameters:", "  p: {type: year, minimum: '19'}",
     "  p: {type: choice}", "columns: [a]",
     "? a", "chart: pie", "columns: {a: b}", "parameters: {p: {pattern: '['}}", "- x", "\x1a",
     "a: \u2028"]
)), st.sampled_from(sorted(KINDS)), SPARQL)  # fmt: skip
def test_query_files(lines: list[str], kind: str, body: str) -> None:
    source = "".join(f"#+ {line}\n" for line in lines) + body
    try:
        query = parse_query(source, path="questions/a.rq", kind=kind)
    except StikgError as error:
        assert error.where is not None
        assert re.fullmatch(r"questions/a\.rq:\d+", error.where)
        assert error.remedy
    else:
        assert source.endswith(query.text)


@TRIES
@given(st.lists(st.sampled_from(["<", ">", "/", "p", "sup", "script", "<!--", "-->", "&", "#", "x",
                                 "<![CDATA[", "]]>", "=", "'", '"', " ", "\n", "1"]) | TEXT)
       .map("".join))  # fmt: skip
def test_pages(text: str) -> None:
    assert "\n\n\n" not in text_of_html(text)


NAMES: Final = Names.in_memory([NameRow(f"{BASE}agency/acme", "Acme", "Agency", "en", "prefLabel")])
