"""What a query must not hold before an engine here sees it.

The engine fetches SERVICE from the network, has no switch for it, and crashes on deep nesting and
on long chains of operators.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from stikg.errors import InputError

if TYPE_CHECKING:
    from stikg.library import Token

DEEPEST: Final = 100
"""Brackets within brackets that a query may have, unless more are allowed."""

MOST_OPERATORS: Final = 2_000
"""Patterns and operators that a query may have; at 8,000 in a row the engine's stack ends."""

_FETCHING: Final = ("SERVICE", "LOAD")
_BRACKETS: Final = ("{", "(", "[", "<<")
_OPERATORS: Final = ("!", "+", "-", "*", "/", "|", "||", "&&", "^", "=", "<", ">", ".", ";", "{")
_CLAUSES: Final = ("UNION", "OPTIONAL", "MINUS", "BIND", "FILTER", "VALUES", "GRAPH")
_PLAIN_IRI: Final = r"<[A-Za-z][A-Za-z0-9+.\-]*://[^'()]*>\Z"


def refuse_dangers(query: str, *, deepest: int = DEEPEST, services: Collection[str] = ()) -> None:
    """Refuse a query that would fetch from the network or crash the engine.

    ``deepest`` is the number of brackets within brackets that it may have, ``services`` the
    endpoints that it may ask by SERVICE, as ``stikg.store.services.read_endpoint`` gives them.

    :raises InputError: if it holds LOAD, asks another endpoint, is nested too deeply or long.

    >>> refuse_dangers('SELECT * { ?s ?p "SERVICE" } # load')
    >>> refuse_dangers("ASK { SERVICE <http://e.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    ...
    stikg.errors.InputError: line 1, column 7: SERVICE asks another server
      remedy: ask that server itself, as a remote endpoint
    """
    folded = query.upper()
    fetching = any(word in folded for word in _FETCHING)
    deep = sum(map(query.count, _BRACKETS)) > deepest
    large = sum(map(folded.count, (*_OPERATORS, *_CLAUSES))) > MOST_OPERATORS
    if not (fetching or deep or large):
        return
    from stikg.library.tokens import nesting, tokenise

    tokens = tokenise(query)
    if deep and nesting(tokens) > deepest:
        raise InputError(
            f"brackets are nested more than {deepest} deep", remedy="write the query flatter"
        )
    if large and sum(t.is_mark(*_OPERATORS) or t.is_word(*_CLAUSES) for t in tokens) > (
        MOST_OPERATORS
    ):
        raise InputError(
            f"the query has more than {MOST_OPERATORS} patterns and operators",
            remedy="ask several queries, or give many values in one VALUES block",
        )
    if fetching:
        _refuse_fetching(query, tokens, services)


def _refuse_fetching(query: str, tokens: list[Token], services: Collection[str]) -> None:
    from stikg.library.tokens import place, significant

    tokens = significant(tokens)
    for index, token in enumerate(tokens):
        found = _fault(tokens, index, services)
        if found is not None:
            problem, remedy = found
            where = "line {}, column {}".format(*place(query, token.start))
            raise InputError(problem, where=where, remedy=remedy)


def _fault(tokens: list[Token], index: int, services: Collection[str]) -> tuple[str, str] | None:
    """Return what is wrong with the token at an index, and the remedy."""
    from stikg.store.services import asked_endpoint, may_be_service

    token = tokens[index]
    if token.is_word("SERVICE") and services:
        if asked_endpoint(tokens, index) in services:
            return None
        allowed = ", ".join(sorted(services))
        return "SERVICE asks another server", f"name one of these in full, no variable: {allowed}"
    if token.is_word(*_FETCHING):
        problem = f"{token.text.upper()} asks another server"
        return problem, "ask that server itself, as a remote endpoint"
    if may_be_service(tokens, index):
        return (
            "it is not clear whether this is a name or SERVICE, which asks another server",
            "write the IRI in full instead of the prefix",
        )
    if _may_be_comparison(token):
        return (
            "it is not clear whether this is an IRI or a comparison",
            "put spaces around < and >, or use a prefix instead of the IRI",
        )
    return None


def _may_be_comparison(token: Token) -> bool:
    """Tell whether an engine may read ``<…>`` otherwise than a tokeniser without a grammar.

    In ``?a<?b)#>`` the engine sees a comment, in ``?a<'b>'`` a string: what follows could hide
    from the tokeniser. Behind ``scheme://`` no comparison can be meant.
    """
    return (
        token.kind == "iri"
        and any(mark in token.text for mark in "'#")
        and not re.match(_PLAIN_IRI, token.text)
    )
