"""Headers of query files: what is read, and what is refused with file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from stikg.errors import SyntaxProblem, UnknownQuery
from stikg.library import Column, Library, Parameter, Query, bind, load_library
from stikg.library.binding import Bindings
from stikg.library.loading import parse_query
from stikg.terms import IRI, XSD, Literal

MakeQuery = Callable[..., Query]

GOOD = """\
#+ title: Programmes
#+ question: Which programmes are there?
#+ description: >-
#+   Two lines
#+   in one.
#+ tags: [programme, no]
#+ parameters:
#+   country: {type: resource, class: sti:Territory, example: NO, optional: false}
#+   share:
#+     type: decimal
#+     example: 1.50
#+     minimum: 0
#+ columns:
#+   programme: {type: resource, title: Programme}
#+   passage: {type: passage}
#+   value: {type: term, title: Value}
#+   valueLabel: {type: string, title: Shown value}
SELECT ?programme { } # $country $share
"""


def test_a_header_is_read_as_it_is_written() -> None:
    query = parse_query(GOOD, path="questions/programmes.rq", kind="question")
    assert (query.name, query.kind, query.title) == ("programmes", "question", "Programmes")
    assert query.description == "Two lines in one."
    assert query.tags == ("programme", "no")
    assert query.parameters == (
        Parameter("country", "resource", example="NO", cls="sti:Territory", optional=False),
        Parameter("share", "decimal", example="1.50", minimum="0"),
    )
    assert query.columns == (
        Column("programme", "resource", "Programme"),
        Column("programmeLabel", "string", "Programme (label)"),
        Column("passage", "passage"),
        Column("value", "term", "Value"),
        Column("valueLabel", "string", "Shown value"),
    )
    assert query.text == "SELECT ?programme { } # $country $share\n"
    assert query.line == 18


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("#+ title: Programmes\n", "", 1, "the header has no title"),
        ("#+ title: Programmes\n", "#+ title:\n", 1, "the header has no title"),
        ("#+ tags:", "#+ tag:", 6, "the header key 'tag' is not known here"),
        ("#+ tags: [programme, no]", "#+ tags: programme", 6, "tags is not a list of texts"),
        ("#+ tags: [programme, no]", "#+ tags: [a, a]", 6, "tags names something twice"),
        ("#+ tags: [programme, no]", "#+ chart: pie", 6, "chart is 'pie'"),
        ("#+ tags: [programme, no]", "#+ title: Two", 6, "the key 'title' is written twice"),
        ("type: decimal", "type: number", 10, "type is 'number'"),
        ("#+     type: decimal\n", "", 9, "share has no type"),
        ("example: 1.50", "exmaple: 1.50", 11, "the header key 'exmaple' is not known here"),
        ("minimum: 0", "minimum: zero", 9, "parameter share: the bound zero is not of type"),
        ("class: sti:", "class: sit:", 8, "parameter country: the class sit:Territory has an"),
        ("optional: false", "optional: no", 8, "optional is 'no'"),
        ("type: decimal", "type: choice", 9, "parameter share: a choice has values, and"),
        ("country:", "the-country:", 8, "'the-country' is not a variable name"),
        ("{type: passage}", "passage", 15, "passage has no type"),
        ("#+ tags: [programme, no]", "#+ tags: [programme, no", 7, "the header is not YAML"),
        ("SELECT ?programme { }", "SELECT ?x\n#+ late: 1\n{ }", 19, "a header line below the"),
    ],
)
def test_a_wrong_header_names_file_and_line(old: str, new: str, line: int, problem: str) -> None:
    assert GOOD.count(old) == 1
    with pytest.raises(SyntaxProblem) as caught:
        parse_query(GOOD.replace(old, new), path="questions/programmes.rq", kind="question")
    assert caught.value.where == f"questions/programmes.rq:{line}"
    assert caught.value.problem.startswith(problem)


def test_a_header_may_name_a_chart() -> None:
    source = GOOD.replace("#+ tags: [programme, no]", "#+ chart: timeline")
    query = parse_query(source, path="questions/programmes.rq", kind="question")
    assert query.chart == "timeline"
    assert Query.from_dict(query.to_dict()).chart == "timeline"


def test_a_header_that_is_no_mapping() -> None:
    with pytest.raises(SyntaxProblem, match=r"a.rq:1: the header is not a list of keys"):
        parse_query("#+ just words\nASK {}", path="questions/a.rq", kind="question")


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("check", "severity"),
        ("rule", "description"),
        ("network", "columns"),
        ("question", "question"),
    ],
)
def test_each_kind_needs_its_keys(kind: str, missing: str) -> None:
    header = {
        "title": "T", "question": "Q?", "description": "D", "severity": "error",
        "explanation": "E", "columns": "{source: {type: iri}, target: {type: iri}, "
        "relation: {type: iri}}",
    }  # fmt: skip
    known = {
        "check": {"title", "severity", "explanation", "columns"},
        "rule": {"title", "description"},
        "network": {"title", "columns"},
        "question": {"title", "question", "columns"},
    }[kind]

    def source(keys: set[str]) -> str:
        return "".join(f"#+ {key}: {header[key]}\n" for key in sorted(keys)) + "SELECT * {}"

    assert parse_query(source(known), path="x/a.rq", kind=kind).title == "T"
    with pytest.raises(SyntaxProblem, match=f"the header has no {missing}"):
        parse_query(source(known - {missing}), path="x/a.rq", kind=kind)


def test_a_question_may_name_its_chart() -> None:
    assert parse_query(f"#+ chart: bars\n{GOOD}", path="x/a.rq", kind="question").chart == "bars"
    with pytest.raises(SyntaxProblem, match=r"a.rq:1: chart is 'pie'"):
        parse_query(f"#+ chart: pie\n{GOOD}", path="x/a.rq", kind="question")


def test_a_network_needs_the_columns_of_an_edge() -> None:
    source = "#+ title: T\n#+ columns: {source: {type: iri}, target: {type: iri}}\nSELECT * {}"
    with pytest.raises(SyntaxProblem, match=r"a.rq:2: no column relation for the edge"):
        parse_query(source, path="networks/a.rq", kind="network")
    named = parse_query(f"#+ edge: target\n{source}", path="networks/a.rq", kind="network")
    assert (named.source, named.target, named.edge) == ("source", "target", "target")
    with pytest.raises(SyntaxProblem, match=r"a.rq:1: no column sauce for the source"):
        parse_query(f"#+ source: sauce\n{source}", path="networks/a.rq", kind="network")


EDGES = """\
#+ title: T
#+ columns:
#+   source: {type: iri}
#+   target: {type: iri}
#+   relation: {type: iri}
#+   shared: {type: integer, title: Shared things}
#+   bare: {type: integer}
SELECT * {}
"""


def test_a_network_has_a_direction_and_no_weight_unless_it_says_otherwise() -> None:
    plain = parse_query(EDGES, path="networks/a.rq", kind="network")
    assert (plain.directed, plain.weight, plain.weight_title) == (True, "", "")
    header = "#+ directed: false\n#+ weight: shared\n"
    pairs = parse_query(header + EDGES, path="networks/a.rq", kind="network")
    assert (pairs.directed, pairs.weight, pairs.weight_title) == (False, "shared", "Shared things")
    assert Query.from_dict(pairs.to_dict()) == pairs
    assert Query.from_dict(plain.to_dict()) == plain


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("directed: no", "a.rq:1: directed is 'no'"),
        ("weight: sum", "a.rq:1: no column sum for the weight"),
        ("weight: source", "a.rq:1: the weight source is neither a number"),
        ("weight: bare", "a.rq:1: the weight bare has no title"),
    ],
)
def test_a_wrong_direction_or_weight_is_told_with_its_line(line: str, told: str) -> None:
    with pytest.raises(SyntaxProblem, match=told) as caught:
        parse_query(f"#+ {line}\n{EDGES}", path="networks/a.rq", kind="network")
    assert caught.value.remedy


def test_only_networks_have_a_direction() -> None:
    source = "#+ title: T\n#+ question: Q\n#+ directed: true\n#+ columns: {a: {type: iri}}\nASK {}"
    with pytest.raises(SyntaxProblem, match=r"a.rq:3: the header key 'directed' is not known here"):
        parse_query(source, path="questions/a.rq", kind="question")


def test_file_names_are_kebab_case() -> None:
    with pytest.raises(SyntaxProblem, match="'My_query' is not kebab-case"):
        parse_query(GOOD, path="questions/My_query.rq", kind="question")


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


RULE = "#+ title: R\n#+ description: D\nCONSTRUCT {} WHERE {}\n"


def test_a_library_is_its_folder(tmp_path: Path) -> None:
    write(tmp_path, "questions/programmes.rq", GOOD)
    write(tmp_path, "rules/b.rq", RULE)
    write(tmp_path, "rules/a.rq", RULE)
    write(tmp_path, "questions/notes.txt", "not a query")
    library = load_library(tmp_path)
    assert [(query.kind, query.name) for query in library] == [
        ("question", "programmes"), ("rule", "a"), ("rule", "b"),
    ]  # fmt: skip
    assert len(library) == 3
    assert "a" in library
    assert "notes" not in library
    assert library.get("a").path == "rules/a.rq"
    assert [query.name for query in library.of_kind("rule")] == ["a", "b"]


def test_a_library_survives_json(tmp_path: Path) -> None:
    write(tmp_path, "questions/programmes.rq", GOOD)
    write(tmp_path, "rules/a.rq", RULE)
    library = load_library(tmp_path)
    assert Library.from_json(library.to_json()) == library


def test_what_binding_needs_survives_json(make: MakeQuery) -> None:
    query = make("SELECT ?x { ?x ?y $since . VALUES ?k { $kind } FILTER($since > 2000) }")
    read = Library.from_json(Library([query]).to_json()).get("tried")
    values: Bindings = {"since": Literal("2015", XSD + "integer"), "kind": (IRI("http://e/1"),)}
    since = f'"2015"^^<{XSD}integer>'
    assert bind(read._replace(text=""), values) == (
        f"SELECT ?x {{ ?x ?y {since} . VALUES ?k {{ <http://e/1> }} FILTER({since} > 2000) }}"
    )
    assert bind(read._replace(text=""), {}) == "SELECT ?x { ?x ?y $since .  FILTER($since > 2000) }"


def test_only_the_query_that_is_asked_for_is_parsed() -> None:
    library = Library.from_json(
        '[\n{"name": "a", "kind": "rule", "title": "A", "text": ""},\n{"name": "b", broken\n]\n'
    )
    assert library.get("a").title == "A"
    assert ("b" in library, len(library)) == (True, 2)


def test_a_library_in_other_json() -> None:
    text = '[{"kind": "rule", "name": "a", "title": "A", "text": "ASK {}"}]'
    assert Library.from_json(text).get("a").text == "ASK {}"


@pytest.mark.parametrize("text", ["", "[", '[\n{"name": "a"}\n', '[\n{"name": "a"},\n{"na'])
def test_a_library_cut_short(text: str) -> None:
    with pytest.raises(ValueError, match=r"line \d+ column \d+"):
        Library.from_json(text)


def test_two_files_of_one_name(tmp_path: Path) -> None:
    write(tmp_path, "questions/a.rq", GOOD)
    write(tmp_path, "rules/a.rq", RULE)
    with pytest.raises(SyntaxProblem, match=r"rules/a.rq: a query of this name is in"):
        load_library(tmp_path)


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    write(tmp_path, "rules/a.rq", RULE)
    (tmp_path / "rules/a.rq").write_bytes(b"#+ title: \xff\n")
    with pytest.raises(SyntaxProblem, match=r"rules/a.rq:1: the file is not UTF-8"):
        load_library(tmp_path)


def test_an_unknown_query_has_neighbours(tmp_path: Path) -> None:
    write(tmp_path, "questions/programmes.rq", GOOD)
    with pytest.raises(UnknownQuery, match="did you mean programmes") as caught:
        load_library(tmp_path).get("programs")
    assert caught.value.candidates == ("programmes",)
