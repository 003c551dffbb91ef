"""What SHACL demands of one value, as a SPARQL expression that is true, false, never an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from stikg.terms import IRI, PREFIXES, XSD, Literal, Term
from stikg.validation.shacl.shapes import SH, Shapes

_YEAR: Final = r"-?([1-9][0-9]{3,}|0[0-9]{3})"
_ZONE: Final = r"(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_DAY: Final = (
    rf"({_YEAR}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    r"|02-(0[1-9]|1[0-9]|2[0-8]))"
    r"|-?([0-9]*[0-9]{2}(0[48]|[2468][048]|[13579][26])|[0-9]*([02468][048]|[13579][26])00)-02-29)"
)
_TIME: Final = r"(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|24:00:00(\.0+)?)"
_INTEGER: Final = r"[+-]?[0-9]+"
_FLOAT: Final = r"([+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN)"
_FORMS: Final[Mapping[str, str]] = {
    "integer": _INTEGER,
    "int": _INTEGER,
    "long": _INTEGER,
    "short": _INTEGER,
    "byte": _INTEGER,
    "nonNegativeInteger": r"(\+?[0-9]+|-0+)",
    "positiveInteger": r"\+?0*[1-9][0-9]*",
    "nonPositiveInteger": r"(-[0-9]+|\+?0+)",
    "negativeInteger": r"-0*[1-9][0-9]*",
    "decimal": r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)",
    "boolean": "(true|false|1|0)",
    "float": _FLOAT,
    "double": _FLOAT,
    "gYear": _YEAR + _ZONE,
    "gYearMonth": rf"{_YEAR}-(0[1-9]|1[0-2]){_ZONE}",
    "date": _DAY + _ZONE,
    "dateTime": f"{_DAY}T{_TIME}{_ZONE}",
    "time": _TIME + _ZONE,
}
"""Lexical forms (XML Schema 1.1, part 2), written for the regular expressions of XPath."""

_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "IRI": ("isIRI",),
    "Literal": ("isLiteral",),
    "BlankNode": ("isBlank",),
    "IRIOrLiteral": ("isIRI", "isLiteral"),
    "BlankNodeOrIRI": ("isBlank", "isIRI"),
    "BlankNodeOrLiteral": ("isBlank", "isLiteral"),
}
_ORDER: Final = {
    "minInclusive": ">=", "minExclusive": ">", "maxInclusive": "<=", "maxExclusive": "<",
}  # fmt: skip
_NOT_IN_XPATH: Final = re.compile(r"\(\?|\\[1-9AZzbBG]|[*+?}]\+")
_FLAGS: Final = frozenset("imsx")

Test = Callable[[Shapes, Term, Term, str], str]
"""Shapes, shape, parameter value, variable → expression."""


def _datatype(shapes: Shapes, shape: Term, wanted: Term, variable: str) -> str:
    if str(wanted) == PREFIXES["rdfs"] + "Literal":
        return f"isLiteral({variable})"
    tests = [f"isLiteral({variable})", f"DATATYPE({variable}) = {_iri(shapes, shape, wanted)}"]
    form = _FORMS.get(str(wanted).removeprefix(XSD))
    if form:
        tests.append(f"REGEX(STR({variable}), {Literal(f'^{form}$').n3()})")
    return f"({' && '.join(tests)})"


def _node_kind(shapes: Shapes, shape: Term, wanted: Term, variable: str) -> str:
    tests = _KINDS.get(str(wanted).removeprefix(SH))
    if tests is None:
        raise shapes.refusal(shape, "has an unknown sh:nodeKind", f"use {', '.join(_KINDS)}")
    return f"({' || '.join(f'{test}({variable})' for test in tests)})"


def _in(shapes: Shapes, shape: Term, head: Term, variable: str) -> str:
    items = shapes.items(head, of=shape)
    if not items:
        return "false"
    if all(isinstance(item, IRI) for item in items):
        return f"({variable} IN ({', '.join(item.n3() for item in items)}))"
    return f"({' || '.join(same(variable, item) for item in items)})"


def same(variable: str, term: Term) -> str:
    """Return the test that a variable has a term, not only an equal value."""
    return f"sameTerm({variable}, {term.n3()})"


def _language_in(shapes: Shapes, shape: Term, head: Term, variable: str) -> str:
    languages = [str(item) for item in shapes.items(head, of=shape)]
    tests = [f"LANGMATCHES(LANG({variable}), {Literal(language).n3()})" for language in languages]
    return f"(isLiteral({variable}) && ({' || '.join(tests) or 'false'}))"


def _pattern(shapes: Shapes, shape: Term, pattern: Term, variable: str) -> str:
    flags = "".join(sorted({str(given) for given in shapes.values(shape, "flags")}))
    problem = _pattern_problem(str(pattern), flags)
    if problem:
        raise shapes.refusal(
            shape, f"has a pattern that queries cannot use: {problem}",
            "use what XPath's regular expressions know, or --engine pyshacl",
        )  # fmt: skip
    given = f", {Literal(flags).n3()}" if flags else ""
    test = f"REGEX(STR({variable}), {Literal(str(pattern)).n3()}{given})"
    return f"COALESCE(!isBlank({variable}) && {test}, false)"


def _pattern_problem(pattern: str, flags: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        return str(error)
    found = _NOT_IN_XPATH.search(pattern.replace(r"\\", ""))
    if found:
        return found[0]
    return "" if set(flags) <= _FLAGS else f"the flags {flags}"


def _length(sign: str) -> Test:
    def test(shapes: Shapes, shape: Term, length: Term, variable: str) -> str:
        number = count(shapes, shape, length)
        if number == 0 and sign == ">=":
            return "true"
        return f"COALESCE(!isBlank({variable}) && STRLEN(STR({variable})) {sign} {number}, false)"

    return test


def count(shapes: Shapes, shape: Term, value: Term) -> int:
    """Return the number that a parameter is.

    :raises SyntaxProblem: if it is no whole number from 0.
    """
    if isinstance(value, Literal) and value.value.isascii() and value.value.isdigit():
        return int(value.value)
    raise shapes.refusal(shape, f"counts to {value.n3()}", "write a whole number from 0")


def _range(sign: str) -> Test:
    def test(shapes: Shapes, shape: Term, bound: Term, variable: str) -> str:
        if not isinstance(bound, Literal):
            raise shapes.refusal(shape, "has a bound that is no literal", "write a number or date")
        return f"COALESCE({variable} {sign} {bound.n3()}, false)"

    return test


def _iri(shapes: Shapes, shape: Term, term: Term) -> str:
    if not isinstance(term, IRI):
        raise shapes.refusal(shape, f"names {term.n3()}, which is no IRI", "name it by its IRI")
    return term.n3()


TESTS: Final[Mapping[str, tuple[str, Test]]] = {
    "datatype": ("Datatype", _datatype),
    "nodeKind": ("NodeKind", _node_kind),
    "in": ("In", _in),
    "languageIn": ("LanguageIn", _language_in),
    "pattern": ("Pattern", _pattern),
    "minLength": ("MinLength", _length(">=")),
    "maxLength": ("MaxLength", _length("<=")),
    **{name: (name[0].upper() + name[1:], _range(sign)) for name, sign in _ORDER.items()},
}
"""Parameters of SHACL that need nothing but the value: name of the component, and its test."""
