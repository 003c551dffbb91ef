"""Literals as values of parameters: their forms, bounds and closed lists.

Apart from the values that are resources, which are asked for most and need none of this.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from stikg.library.model import Parameter
from stikg.terms import IRI, PREFIXES, XSD, XSD_STRING, Literal

_DATATYPES: Final = {
    "string": XSD_STRING,
    "choice": XSD_STRING,
    "year": XSD + "integer",
    "integer": XSD + "integer",
    "decimal": XSD + "decimal",
    "date": XSD + "date",
    "boolean": XSD + "boolean",
}
_FORMS: Final = {
    "year": re.compile(r"[0-9]{4}\Z"),
    "integer": re.compile(r"[+-]?[0-9]+\Z"),
    "decimal": re.compile(r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)\Z"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"),
    "boolean": re.compile(r"(true|false)\Z"),
}
_KINDS: Final = {
    "year": "a year of four digits, as in 2021",
    "integer": "a whole number, as in 12",
    "decimal": "a number, as in 2.5",
    "date": "a date, as in 2021-03-26",
    "boolean": "true or false",
}
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def parse_literal(parameter: Parameter, text: str) -> Literal:
    """Return the literal that a text means, not yet checked."""
    if parameter.type == "boolean":
        text = text.strip().lower()
    elif parameter.type == "choice":
        text = _choose(parameter, text)
    elif parameter.type != "string":
        text = text.strip()
    return Literal(text, _DATATYPES[parameter.type])


def check_characters(parameter: Parameter, term: IRI | Literal) -> None:
    """Check that a value holds no control character.

    :raises ParameterError: if it does.
    """
    if _UNPRINTABLE.search(term.value):
        raise parameter.misfit("the value holds a control character")


def check_literal(parameter: Parameter, term: IRI | Literal) -> None:
    """Check the value of a parameter that is no resource.

    :raises ParameterError: if it does not fit the parameter.
    """
    if isinstance(term, IRI):
        raise parameter.misfit(f"{term.value!r} is not {_kind(parameter)}")
    if parameter.type == "resource":
        raise parameter.misfit(f"{term.value!r} is a literal, not a resource")
    _check_form(parameter, term)
    _check_bounds(parameter, term)


def check_bounds(parameter: Parameter) -> str:
    """Return what is wrong with the closed list, range or pattern of a parameter, or nothing."""
    if (parameter.type == "choice") != bool(parameter.values):
        return "a choice has values, and nothing else has"
    if parameter.cls and parameter.type != "resource":
        return "only a resource has a class"
    if parameter.cls and parameter.cls.partition(":")[0] not in PREFIXES:
        return f"the class {parameter.cls} has an unknown prefix"
    if parameter.pattern:
        try:
            re.compile(parameter.pattern)
        except re.error as error:
            return f"the pattern is not a regular expression: {error}"
    for bound in (parameter.minimum, parameter.maximum):
        if bound and (parameter.type not in _FORMS or not _FORMS[parameter.type].match(bound)):
            return f"the bound {bound} is not of type {parameter.type}"
    return ""


def _choose(parameter: Parameter, text: str) -> str:
    folded = text.strip().casefold()
    return next((value for value in parameter.values if value.casefold() == folded), text)


def _check_form(parameter: Parameter, term: Literal) -> None:
    form = _FORMS.get(parameter.type)
    language_fits = not term.language or (
        parameter.type == "string" and _LANGUAGE.match(term.language)
    )
    if not language_fits or not (term.language or term.datatype == _DATATYPES[parameter.type]):
        raise parameter.misfit(f"{term.n3()} is not {_kind(parameter)}")
    if form and not (form.match(term.value) and _exists(parameter, term.value)):
        raise parameter.misfit(f"{term.value!r} is not {_kind(parameter)}")
    if parameter.values and term.value not in parameter.values:
        raise parameter.misfit(
            f"{term.value!r} is not a choice",
            remedy=f"use one of: {', '.join(parameter.values)}",
        )


def _check_bounds(parameter: Parameter, term: Literal) -> None:
    if parameter.pattern and not re.fullmatch(parameter.pattern, term.value):
        raise parameter.misfit(f"{term.value!r} does not fit the pattern {parameter.pattern}")
    if parameter.minimum and _ordinal(parameter, term.value) < _ordinal(
        parameter, parameter.minimum
    ):
        raise parameter.misfit(f"{term.value} is below {parameter.minimum}")
    if parameter.maximum and _ordinal(parameter, term.value) > _ordinal(
        parameter, parameter.maximum
    ):
        raise parameter.misfit(f"{term.value} is above {parameter.maximum}")


def _exists(parameter: Parameter, text: str) -> bool:
    try:
        _ordinal(parameter, text)
    except (ValueError, InvalidOperation):
        return False
    return True


def _ordinal(parameter: Parameter, text: str) -> Decimal:
    if parameter.type == "date":
        return Decimal(date.fromisoformat(text).toordinal())
    return Decimal(text) if parameter.type != "boolean" else Decimal(text == "true")


def _kind(parameter: Parameter) -> str:
    return _KINDS.get(parameter.type, f"a {parameter.type}")
