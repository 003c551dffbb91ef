"""Values of parameters: from what people write to RDF terms, checked against the header."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from stikg.errors import InputError, ParameterError
from stikg.library.model import Parameter, Query
from stikg.terms import IRI, PREFIXES, BlankNode, Literal, Term, check_iri, expand

LONGEST: Final = 2000
"""Characters that the value of a parameter may have."""

Value = Term | str | int | float | Decimal | bool | date
Resolve = Callable[[str, str], IRI]
"""From a name and the CURIE of a class (or nothing) to the IRI of the thing of that name."""


def parse_value(parameter: Parameter, text: str) -> Term:
    """Return the term that a text means for a parameter.

    A resource is given as a full IRI or a CURIE; names in words are for the label index.

    :raises ParameterError: if the text does not fit the parameter.

    >>> parse_value(Parameter("since", "year"), "2015").n3()
    '"2015"^^<http://www.w3.org/2001/XMLSchema#integer>'
    >>> parse_value(Parameter("since", "year"), "20l5")
    Traceback (most recent call last):
    ...
    stikg.errors.ParameterError: since: '20l5' is not a year of four digits, as in 2021
    """
    if parameter.type == "resource":
        return check_term(parameter, _parse_resource(parameter, text))
    from stikg.library.literals import parse_literal

    return check_term(parameter, parse_literal(parameter, text))


def to_term(parameter: Parameter, value: Value) -> Term:
    """Return the term of a Python value for a parameter.

    :raises ParameterError: if the value does not fit the parameter.

    >>> to_term(Parameter("active", "boolean"), True).value
    'true'
    """
    if isinstance(value, (IRI, Literal, BlankNode)):
        return check_term(parameter, value)
    if isinstance(value, bool):
        return parse_value(parameter, "true" if value else "false")
    if isinstance(value, (float, Decimal)):
        return parse_value(parameter, format(Decimal(str(value)), "f"))
    return parse_value(parameter, str(value))


def check_term(parameter: Parameter, term: Term) -> Term:
    """Return the term if it fits the parameter.

    :raises ParameterError: if its kind, datatype, form, length or range is not the declared one.
    """
    if isinstance(term, BlankNode):
        raise parameter.misfit("a blank node names nothing outside its own file")
    if len(term.value) > LONGEST:
        raise parameter.misfit(f"the value is longer than {LONGEST} characters")
    if isinstance(term, IRI) and parameter.type == "resource" and term.value.isprintable():
        return _check_iri(parameter, term)
    from stikg.library.literals import check_characters, check_literal

    check_characters(parameter, term)
    if isinstance(term, IRI) and parameter.type == "resource":
        return _check_iri(parameter, term)
    check_literal(parameter, term)
    return term


def read_values(
    query: Query, given: Iterable[tuple[str, Value]], *, resolve: Resolve | None = None
) -> dict[str, Term | tuple[Term, ...]]:
    """Return the terms of named values; a name may come again if its parameter is multiple.

    ``resolve`` finds resources by name; without it they are given as IRIs or CURIEs. An empty
    text counts as not given, as in a form.

    :raises ParameterError: if a parameter is unknown, repeated, missing, or does not fit.
    """
    found: dict[str, list[Term]] = {}
    for name, value in given:
        parameter = get_parameter(query, name)
        if value == "":
            continue
        if name in found and not parameter.multiple:
            raise parameter.misfit("given more than once")
        if resolve and parameter.type == "resource" and isinstance(value, str):
            term = check_term(parameter, resolve(value, parameter.cls))
        else:
            term = to_term(parameter, value)
        terms = found.setdefault(name, [])
        if term not in terms:
            terms.append(term)
    require(query, found)
    return {
        item.name: tuple(found[item.name]) if item.multiple else found[item.name][0]
        for item in query.parameters
        if item.name in found
    }


def get_parameter(query: Query, name: str) -> Parameter:
    """Return the parameter of a name.

    :raises ParameterError: if the query has none of that name; it says the nearest.
    """
    parameter = query.find_parameter(name)
    if parameter is None:
        raise _unknown(query, name)
    return parameter


def require(query: Query, given: Iterable[str]) -> None:
    """Check that no required parameter is missing.

    :raises ParameterError: if one is.
    """
    names = set(given)
    for parameter in query.parameters:
        if not parameter.optional and parameter.name not in names:
            example = f", as in {parameter.name}={parameter.example}" if parameter.example else ""
            raise ParameterError(
                f"{query.name} needs the parameter {parameter.name}",
                parameter=parameter.name,
                remedy=f"give {parameter.title or parameter.name}{example}",
            )


def _parse_resource(parameter: Parameter, text: str) -> IRI:
    text = text.strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    prefix, colon, _ = text.partition(":")
    try:
        return expand(text) if colon and prefix in PREFIXES else check_iri(text)
    except InputError as error:
        raise parameter.misfit(
            f"{text!r} is not an IRI or CURIE", remedy="write it as territory:jp"
        ) from error


def _check_iri(parameter: Parameter, iri: IRI) -> IRI:
    try:
        return check_iri(iri.value)
    except InputError as error:
        raise parameter.misfit(error.problem) from error


def _unknown(query: Query, name: str) -> ParameterError:
    from difflib import get_close_matches

    names = [parameter.name for parameter in query.parameters]
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    known = f"its parameters are: {', '.join(names)}" if names else "it has none"
    return ParameterError(
        f"{query.name} has no parameter {name!r}",
        parameter=name,
        remedy=f"did you mean {near[0]!r}? {known}" if near else known,
    )
