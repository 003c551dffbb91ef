"""What a query must not hold before an engine here sees it.

The engine fetches SERVICE from the network, has no switch for it, and crashes on deep nesting.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from stikg.errors import InputError

if TYPE_CHECKING:
    from stikg.library import Token

DEEPEST: Final = 100
"""Brackets within brackets that a query may have, unless more are allowed."""

_FETCHING: Final = ("service", "load")
_BRACKETS: Final = ("{", "(", "[", "<<")
_PLAIN_IRI: Final = r"<[A-Za-z][A-Za-z0-9+.\-]*://[^'()]*>\Z"


def refuse_dangers(query: str, *, deepest: int = DEEPEST) -> None:
    """Refuse a query that would fetch from the network or crash the engine.

    ``deepest`` is the number of brackets within brackets that it may have.

    :raises InputError: if it holds SERVICE or LOAD, or is nested too deeply.

    >>> refuse_dangers('SELECT * { ?s ?p "SERVICE" } # load')
    >>> refuse_dangers("ASK { SERVICE <http://e.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    ...
    stikg.errors.InputError: line 1, column 7: SERVICE asks another server
      remedy: ask that server itself, as a remote endpoint
    """
    folded = query.casefold()
    fetching = any(word in folded for word in _FETCHING)
    deep = sum(map(query.count, _BRACKETS)) > deepest
    if not (fetching or deep):
        return
    from stikg.library.tokens import nesting, tokenise

    tokens = tokenise(query)
    if deep and nesting(tokens) > deepest:
        raise InputError(
            f"brackets are nested more than {deepest} deep", remedy="write the query flatter"
        )
    if fetching:
        _refuse_fetching(query, tokens)


def _refuse_fetching(query: str, tokens: list[Token]) -> None:
    from stikg.library.tokens import place

    for token in tokens:
        where = "line {}, column {}".format(*place(query, token.start))
        if token.is_word("SERVICE", "LOAD"):
            raise InputError(
                f"{token.text.upper()} asks another server",
                where=where,
                remedy="ask that server itself, as a remote endpoint",
            )
        if _may_be_comparison(token):
            raise InputError(
                "it is not clear whether this is an IRI or a comparison",
                where=where,
                remedy="put spaces around < and >, or use a prefix instead of the IRI",
            )


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
