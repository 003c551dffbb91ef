"""Terms in the place of parameters: a parameter is a token, never a piece of text.

A query is cut into its fixed parts and its slots once, when its file is read; binding joins them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from stikg.errors import ParameterError
from stikg.library.model import Query, Slot, Template
from stikg.library.values import check_term, get_parameter, require
from stikg.terms import IRI, BlankNode, Literal, Term

Bindings = Mapping[str, Term | Sequence[Term] | None]

_ESCAPE: Final = r"\\\\([uU])|\\."
"""An escape; of a backslash before u, with the u. What an escape ends with begins no other."""


def bind(query: Query, values: Bindings) -> str:
    """Return the SPARQL text of a query with terms in the place of its parameters.

    An optional parameter without a value stays an unbound variable; a VALUES block without values
    is removed.

    :raises ParameterError: if a name is unknown, a required parameter is missing, or a term does
        not fit its parameter.
    """
    terms: dict[str, str] = {}
    for name, value in values.items():
        parameter = get_parameter(query, name)
        given = _sequence(value)
        if not given:
            continue
        if len(given) > 1 and not parameter.multiple:
            raise ParameterError(f"{name}: takes one value, not {len(given)}", parameter=name)
        terms[name] = " ".join(write_term(check_term(parameter, term)) for term in given)
    require(query, terms)
    return fill(_template(query), terms)


def without_values(query: Query) -> str:
    """Return the text of a query that any SPARQL parser reads: VALUES blocks of parameters gone."""
    return fill(_template(query), {})


def write_term(term: Term) -> str:
    r"""Write a term as a token of SPARQL.

    A backslash before ``u`` needs care: engines may replace code point escapes before they look
    for strings (SPARQL 1.1, section 19.2), even behind an escaped backslash.

    >>> write_term(Literal(r"\u0022"))
    '"\\\\\\U000000750022"'
    """
    if isinstance(term, BlankNode):
        raise ParameterError("a blank node cannot be asked for", parameter=term.label)
    text = term.n3()
    if isinstance(term, IRI) or "\\" not in text:
        return text
    return re.sub(_ESCAPE, lambda m: rf"\\\U{ord(m[1]):08X}" if m[1] else m[0], text)


def fill(parts: Template, terms: Mapping[str, str]) -> str:
    """Return the text of a template with tokens in its slots."""
    texts: list[str] = []
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
        elif isinstance(part, Slot):
            texts.append(terms.get(part.name, part.unset))
        elif part.names <= terms.keys():
            texts.append(fill(part.parts, terms))
        else:
            texts.append(part.unset)
    return "".join(texts)


def _template(query: Query) -> Template:
    if query.template:
        return query.template
    from stikg.library.templates import template

    return template(query.text, frozenset(parameter.name for parameter in query.parameters))


def _sequence(value: Term | Sequence[Term] | None) -> Sequence[Term]:
    if value is None:
        return ()
    return (value,) if isinstance(value, (IRI, Literal, BlankNode)) else value
