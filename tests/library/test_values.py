"""Values of parameters: what each type takes and refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from stikg.errors import ParameterError
from stikg.library import Query, check_term, parse_value, read_values, to_term
from stikg.library.values import Value
from stikg.terms import IRI, XSD, BlankNode, Literal, Term, expand

JST = expand("agency:jst")
MakeQuery = Callable[..., Query]


def literal(value: str, kind: str) -> Literal:
    return Literal(value, XSD + kind)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("since", " 2015 ", literal("2015", "integer")),
        ("count", "-12\n", literal("-12", "integer")),
        ("amount", "0.50", literal("0.50", "decimal")),
        ("day", "2024-02-29", literal("2024-02-29", "date")),
        ("active", "TRUE", literal("true", "boolean")),
        ("origin", "Stated", Literal("stated")),
        ("text", " a\tb ", Literal(" a\tb ")),
        ("code", "JP", Literal("JP")),
        ("organisation", "agency:jst", JST),
        ("organisation", "https://w3id.org/stikg/agency/jst", JST),
        ("organisation", "<https://w3id.org/stikg/agency/jst>", JST),
        ("organisation", "http://e/a\u00a0b", IRI("http://e/a\u00a0b")),
    ],
)
def test_values_become_terms(make: MakeQuery, name: str, text: str, expected: Term) -> None:
    parameter = make("$x").find_parameter(name)
    assert parameter is not None
    assert parse_value(parameter, text) == expected


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("since", "15", "'15' is not a year of four digits"),
        ("since", "２０１５", "is not a year of four digits"),
        ("since", "1899", "1899 is below 1900"),
        ("since", "2031", "2031 is above 2030"),
        ("count", "1.0", "'1.0' is not a whole number"),
        ("amount", "1e3", "'1e3' is not a number"),
        ("amount", "NaN", "'NaN' is not a number"),
        ("amount", "-0.01", "-0.01 is below 0"),
        ("day", "2023-02-29", "'2023-02-29' is not a date"),
        ("day", "1999-12-31", "1999-12-31 is below 2000-01-01"),
        ("active", "yes", "'yes' is not true or false"),
        ("origin", "curated", "'curated' is not a choice"),
        ("code", "jp", "'jp' does not fit the pattern"),
        ("code", "JPN", "'JPN' does not fit the pattern"),
        ("text", "a" * 2001, "longer than 2000 characters"),
        ("text", "a\x00b", "holds a control character"),
        ("text", "a\x1bb", "holds a control character"),
        ("text", "a\ud800b", "holds a control character"),
        ("organisation", "JST", "'JST' is not an IRI or CURIE"),
        ("organisation", "javascript:alert(1)", "is not an IRI or CURIE"),
        ("organisation", "file:///etc/passwd", "is not an IRI or CURIE"),
        ("organisation", "http://e/> } DROP ALL #", "is not an IRI or CURIE"),
        ("organisation", "http://e/a\x7f", "holds a control character"),
        ("organisation", "agency:a> ?x", "is not an http, https or urn IRI"),
    ],
)
def test_values_that_do_not_fit(make: MakeQuery, name: str, text: str, problem: str) -> None:
    parameter = make("$x").find_parameter(name)
    assert parameter is not None
    with pytest.raises(ParameterError) as caught:
        parse_value(parameter, text)
    assert problem in caught.value.problem
    assert caught.value.parameter == name


@pytest.mark.parametrize(
    ("name", "term", "problem"),
    [
        ("organisation", Literal("JST"), "is a literal, not a resource"),
        ("organisation", BlankNode("b"), "a blank node names nothing"),
        ("organisation", IRI("data:text/html,x"), "is not an http, https or urn IRI"),
        ("text", JST, "is not a string"),
        ("since", Literal("2015"), "is not a year"),
        ("since", literal("x", "integer"), "is not a year"),
        ("text", Literal("a", language='en"@'), "is not a string"),
        ("text", Literal("a", XSD + "integer> } #"), "is not a string"),
        ("origin", Literal("stated", language="en"), "is not a choice"),
    ],
)
def test_terms_that_do_not_fit(make: MakeQuery, name: str, term: Term, problem: str) -> None:
    parameter = make("$x").find_parameter(name)
    assert parameter is not None
    with pytest.raises(ParameterError) as caught:
        check_term(parameter, term)
    assert problem in caught.value.problem


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("since", 2015, literal("2015", "integer")),
        ("active", False, literal("false", "boolean")),
        ("amount", Decimal("1E+3"), literal("1000", "decimal")),
        ("amount", 0.1, literal("0.1", "decimal")),
        ("amount", 3, literal("3", "decimal")),
        ("day", date(2024, 2, 29), literal("2024-02-29", "date")),
        ("text", Literal("a", language="en"), Literal("a", language="en")),
        ("organisation", JST, JST),
    ],
)
def test_python_values(make: MakeQuery, name: str, value: Value, expected: Term) -> None:
    parameter = make("$x").find_parameter(name)
    assert parameter is not None
    assert to_term(parameter, value) == expected


def test_values_are_read_by_name(make: MakeQuery) -> None:
    given = [
        ("kind", "kind:a"),
        ("kind", "kind:b"),
        ("kind", "kind:a"),
        ("since", "2015"),
        ("text", ""),
    ]
    assert read_values(make("$x"), given) == {
        "kind": (expand("kind:a"), expand("kind:b")),
        "since": literal("2015", "integer"),
    }


def test_resources_are_resolved_in_their_class(make: MakeQuery) -> None:
    asked: list[tuple[str, str]] = []

    def resolve(name: str, cls: str) -> IRI:
        asked.append((name, cls))
        return JST

    assert read_values(make("$x"), [("organisation", "JST")], resolve=resolve) == {
        "organisation": JST
    }
    assert asked == [("JST", "sti:Organisation")]


def test_a_resolved_iri_is_checked_too(make: MakeQuery) -> None:
    with pytest.raises(ParameterError, match="is not an http"):
        read_values(make("$x"), [("organisation", "x")], resolve=lambda *_: IRI("http://e/> #"))


def test_unknown_repeated_and_missing_parameters(make: MakeQuery) -> None:
    query = make("$x")
    with pytest.raises(ParameterError, match=r"tried has no parameter 'sinse'") as caught:
        read_values(query, [("sinse", "2015")])
    assert caught.value.remedy is not None
    assert caught.value.remedy.startswith("did you mean 'since'? its parameters are: organisation,")
    with pytest.raises(ParameterError, match="since: given more than once"):
        read_values(query, [("since", "2015"), ("since", "2016")])
    required = make("$x", "#+   a: {type: year, title: Year, optional: false, example: 2015}\n")
    with pytest.raises(ParameterError, match="tried needs the parameter a") as caught:
        read_values(required, [("a", "")])
    assert caught.value.remedy == "give Year, as in a=2015"


def test_a_query_without_parameters_says_so(make: MakeQuery) -> None:
    with pytest.raises(ParameterError, match="it has none"):
        read_values(make("", ""), [("a", "1")])
