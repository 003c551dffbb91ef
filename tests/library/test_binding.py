"""Binding: terms take the place of tokens, in two engines, and nothing else happens."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from stikg.errors import ParameterError
from stikg.library import Query, bind, without_values, write_term
from stikg.library.binding import fill
from stikg.library.templates import template
from stikg.library.tokens import tokenise
from stikg.terms import IRI, XSD, BlankNode, Literal, Term, expand

MakeQuery = Callable[..., Query]

DATA = """
@prefix e: <http://e/> .
e:a e:name "Ann" ; e:age 30 ; e:kind e:k1 .
e:b e:name "Bob" ; e:kind e:k2 .
e:c e:name "Cy" ; e:age 50 ; e:kind e:k1 .
"""
HOSTILE = [
    'a" } DROP ALL #',
    "a' || true || 'b",
    'a") || (1 = 1',
    "\\",
    '\\" } #',
    '\\\\"',
    "line\nbreak\r\ttab",
    '"""',
    "'''",
    "$since ?x <http://e/>",
    "\\u0022 } #",
    "\\U00000022 } #",
    "\\\\u0022",
    "\\u005C\\u0022",
    "\\u",
    "日本\u2028\U0001f600",
    "a\u202eb",
    "{ } ( ) [ ] # --",
    "%22%27",
    "",
]


def oxigraph_rows(query: str) -> list[tuple[str | None, ...]]:
    store = pyoxigraph.Store()
    store.load(DATA.encode(), pyoxigraph.RdfFormat.TURTLE)
    solutions = store.query(query)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    rows = [[solution[name] for name in names] for solution in solutions]
    return sorted(tuple(None if t is None else str(t.value) for t in row) for row in rows)


def rdflib_rows(query: str) -> list[tuple[str | None, ...]]:
    result = rdflib.Graph().parse(data=DATA, format="turtle").query(query)
    names = [str(name) for name in result.vars or ()]
    rows = [[binding.get(rdflib.Variable(name)) for name in names] for binding in result.bindings]
    return sorted(tuple(None if t is None else str(t) for t in row) for row in rows)


ENGINES = pytest.mark.parametrize("rows", [oxigraph_rows, rdflib_rows], ids=["oxigraph", "rdflib"])
Rows = Callable[[str], list[tuple[str | None, ...]]]
AGE = """PREFIX e: <http://e/>
SELECT ?x WHERE { ?x e:name ?name OPTIONAL { ?x e:age ?age }
FILTER(COALESCE(?age >= $since, true)) } ORDER BY ?x"""
YEAR_40 = Literal("1940", XSD + "integer")


@ENGINES
def test_an_optional_parameter_leaves_all_rows(make: MakeQuery, rows: Rows) -> None:
    query = make(AGE.replace("?age >=", "?age + 1900 >="))
    assert rows(bind(query, {})) == [("http://e/a",), ("http://e/b",), ("http://e/c",)]
    assert rows(bind(query, {"since": None})) == rows(bind(query, {}))
    assert rows(bind(query, {"since": YEAR_40})) == [("http://e/b",), ("http://e/c",)]


@ENGINES
def test_a_parameter_named_like_a_column_stays_unbound(make: MakeQuery, rows: Rows) -> None:
    text = """PREFIX e: <http://e/>
    SELECT ?kind WHERE { ?x e:kind ?kind . FILTER(COALESCE(?x = $kind, true)) }"""
    query = make(text, "#+   kind: {type: resource}\n")
    assert rows(bind(query, {})) == [("http://e/k1",), ("http://e/k1",), ("http://e/k2",)]
    assert rows(bind(query, {"kind": IRI("http://e/b")})) == [("http://e/k2",)]
    assert "$kind_unset" in bind(query, {})


@ENGINES
@pytest.mark.parametrize(
    "block",
    [
        "?x e:name ?name . VALUES ?kind { $kind } ?x e:kind ?kind",
        "?x e:name ?name . VALUES ?kind { $kind } . ?x e:kind ?kind",
        "?x e:name ?name VALUES ?kind { $kind } ?x e:kind ?kind",
        "?x e:name ?name VALUES ?kind { $kind } . ?x e:kind ?kind",
        "VALUES ?kind { $kind } ?x e:kind ?kind",
        "{ ?x e:name ?name } values ?kind {#c\n$kind } ?x e:kind ?kind",
        "?x e:kind ?kind VALUES ?kind { $kind }",
        "?x e:kind ?kind . VALUES (?kind) { ($kind) }",
        "?x e:kind ?kind } VALUES ?kind { $kind #",
    ],
)
def test_a_values_block_goes_without_values(make: MakeQuery, rows: Rows, block: str) -> None:
    closing = "\n}" if block.endswith("#") else " }"
    query = make(f"PREFIX e: <http://e/>\nSELECT ?x WHERE {{ {block}{closing}")
    assert rows(bind(query, {})) == [("http://e/a",), ("http://e/b",), ("http://e/c",)]
    assert rows(bind(query, {"kind": [IRI("http://e/k2")]})) == [("http://e/b",)]
    assert "VALUES" not in bind(query, {"kind": []}).upper()


@ENGINES
def test_several_values_fill_a_block(make: MakeQuery, rows: Rows) -> None:
    query = make("SELECT ?x { ?x <http://e/kind> ?kind VALUES ?kind { $kind } }")
    both = [IRI("http://e/k2"), IRI("http://e/k1")]
    assert len(rows(bind(query, {"kind": both}))) == 3


def test_a_block_of_constants_stays(make: MakeQuery) -> None:
    text = "SELECT ?x { VALUES ?x { 1 } VALUES ?y { $kind } }"
    assert bind(make(text), {}) == "SELECT ?x { VALUES ?x { 1 }  }"


@ENGINES
@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_strings_are_only_strings(make: MakeQuery, rows: Rows, value: str) -> None:
    query = make("SELECT (?v AS ?copy) { VALUES ?v { $text } }")
    assert rows(bind(query, {"text": Literal(value)})) == [(value,)]
    tagged = bind(query, {"text": Literal(value, language="en-GB")})
    assert rows(tagged) == [(value,)]


@ENGINES
@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_strings_in_a_filter(make: MakeQuery, rows: Rows, value: str) -> None:
    query = make("SELECT ?x { ?x <http://e/name> ?name FILTER(COALESCE(?name = $text, true)) }")
    assert rows(bind(query, {"text": Literal(value)})) == []


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("organisation", IRI("http://e/> } #")),
        ("organisation", IRI("http://e/a b")),
        ("organisation", IRI("http://e/\\u003E")),
        ("organisation", IRI("javascript:alert(1)")),
        ("organisation", IRI("")),
        ("organisation", BlankNode("b")),
        ("text", Literal("a", language="en . } #")),
        ("text", Literal("a", XSD + "string> } #")),
        ("text", Literal("a\x00")),
        ("text", Literal("\ud800")),
        ("since", Literal("2015 } #", XSD + "integer")),
    ],
)
def test_hostile_terms_are_refused(make: MakeQuery, name: str, term: Term) -> None:
    query = make("SELECT ?x { VALUES ?x { $organisation } VALUES ?y { $text } }")
    with pytest.raises(ParameterError) as caught:
        bind(query, {name: term})
    assert caught.value.parameter == name


def test_what_is_no_parameter_is_left_alone(make: MakeQuery) -> None:
    text = (
        "PREFIX e: <http://e/$since#$since> # $since\n"
        "SELECT ?since { ?x e:a\\$since '$since', \"$since\", '''$since''', $sincere, e:$x ; "
        "e:p $since_ . FILTER(?y < $since) }"
    )
    bound = bind(make(text), {"since": YEAR_40})
    assert bound == text.replace("< $since)", f"< {YEAR_40.n3()})")


def test_hash_in_an_escaped_name_is_no_comment(make: MakeQuery) -> None:
    bound = bind(make("ASK { ?x e:a\\#b $count }"), {"count": Literal("7", XSD + "integer")})
    assert bound == f'ASK {{ ?x e:a\\#b "7"^^<{XSD}integer> }}'


def test_values_are_never_bound_again(make: MakeQuery) -> None:
    query = make("SELECT * { FILTER(COALESCE(?x = $text, true) && COALESCE(?y = $code, true)) }")
    bound = bind(query, {"text": Literal("$code"), "code": Literal("JP")})
    assert bound == (
        'SELECT * { FILTER(COALESCE(?x = "$code", true) && COALESCE(?y = "JP", true)) }'
    )


def test_refused_bindings(make: MakeQuery) -> None:
    query = make("SELECT ?x { VALUES ?x { $kind } FILTER($since) }")
    with pytest.raises(ParameterError, match="since: takes one value, not 2"):
        bind(query, {"since": [YEAR_40, YEAR_40]})
    with pytest.raises(ParameterError, match="no parameter 'sinse'"):
        bind(query, {"sinse": YEAR_40})
    required = make("SELECT ?x { $a ?p ?x }", "#+   a: {type: resource, optional: false}\n")
    with pytest.raises(ParameterError, match="needs the parameter a"):
        bind(required, {})
    assert bind(required, {"a": expand("agency:jst")}) == (
        "SELECT ?x { <https://w3id.org/stikg/agency/jst> ?p ?x }"
    )


def test_text_that_any_parser_reads(make: MakeQuery) -> None:
    query = make("SELECT ?x { ?x ?p ?o . VALUES ?o { $kind } FILTER(COALESCE(?x = $text, true)) }")
    assert without_values(query) == ("SELECT ?x { ?x ?p ?o .  FILTER(COALESCE(?x = $text, true)) }")


def test_blank_nodes_are_not_written() -> None:
    with pytest.raises(ParameterError, match="cannot be asked for"):
        write_term(BlankNode("b"))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_written_literal_is_one_token(value: str) -> None:
    text = write_term(Literal(value))
    assert [token.kind for token in tokenise(text)] == ["string"]


@given(
    st.lists(st.sampled_from(["$p", "$q", "?p", "'$p'", "<http://e/$p>", "#$p\n", " ", "e:\\$p"]))
)
def test_binding_changes_parameters_only(pieces: list[str]) -> None:
    text = " ".join(pieces)
    parts = template(text, frozenset({"p"}))
    expected = " ".join("«»" if piece == "$p" else piece for piece in pieces)
    assert fill(parts, {"p": "«»"}) == expected
