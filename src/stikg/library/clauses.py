"""The outer clauses of a query: prologue, projection, pattern, solution modifiers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stikg.library.tokens import Token, closing, significant, tokenise, with_depth
from stikg.terms import PREFIXES

_FORMS: Final = ("SELECT", "CONSTRUCT", "ASK", "DESCRIBE")


@dataclass(frozen=True, slots=True)
class Clauses:
    """The outer clauses of a query.

    ``projection`` names the projected variables, ``projected_tokens`` are the tokens that name
    them; ``ordered`` and ``grouped`` are the variables behind ORDER BY and GROUP BY; ``modifiers``
    are all tokens behind the pattern, ``body`` all behind the prologue.
    """

    form: str
    start: int
    prefixes: dict[str, tuple[str, int]]
    body: list[Token]
    projection: tuple[str, ...]
    projected_tokens: tuple[Token, ...]
    star: bool
    dataset: list[Token]
    modifiers: list[Token]
    ordered: tuple[str, ...]
    grouped: tuple[str, ...]


def query_form(query: str) -> str:
    """Return SELECT, CONSTRUCT, ASK or DESCRIBE; nothing if the text is none of them.

    >>> query_form("PREFIX select: <a:b> ask { ?s ?p ?o }")
    'ASK'
    """
    return _form(significant(tokenise(query)))[0]


def missing_prefixes(query: str) -> dict[str, str]:
    """Return the prefixes of stikg that a query uses and does not declare.

    >>> missing_prefixes("ASK { ?s a sti:Programme ; e:x 1 }")
    {'sti': 'https://w3id.org/stikg/ontology/'}
    """
    tokens = significant(tokenise(query))
    declared = _prefixes(tokens)
    used = {t.text.partition(":")[0] for t in tokens if t.kind == "name"}
    return {name: PREFIXES[name] for name in PREFIXES if name in used and name not in declared}


def read_clauses(tokens: list[Token]) -> Clauses:
    """Take a query apart; ``tokens`` are without white space and comments."""
    form, index = _form(tokens)
    body = tokens[index:]
    brace = next((i for i, t in enumerate(body) if t.is_mark("{")), len(body))
    head = body[:brace]
    modifiers = _behind(body)
    named = _projected(head) if form == "SELECT" else ()
    return Clauses(
        form=form,
        start=tokens[index].start if index < len(tokens) else 0,
        prefixes=_prefixes(tokens),
        body=body,
        projection=tuple(token.text[1:] for token in named),
        projected_tokens=named,
        star=any(token.is_mark("*") for token, depth in _outside(head) if depth == 0),
        dataset=[token for token in head if token.is_word("FROM")],
        modifiers=modifiers,
        ordered=_variables_of(modifiers, "ORDER"),
        grouped=_variables_of(modifiers, "GROUP"),
    )


def _form(tokens: Sequence[Token]) -> tuple[str, int]:
    for index, token in enumerate(tokens):
        if token.is_word(*_FORMS):
            return token.text.upper(), index
        if not (token.is_word("PREFIX", "BASE") or token.kind in {"name", "iri"}):
            break
    return "", len(tokens)


def _prefixes(tokens: Sequence[Token]) -> dict[str, tuple[str, int]]:
    return {
        name.text[:-1]: (iri.text[1:-1], word.start)
        for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if word.is_word("PREFIX") and name.kind == "name" and iri.kind == "iri"
    }


def _outside(tokens: Sequence[Token]) -> list[tuple[Token, int]]:
    """Return the tokens with the number of round brackets around them."""
    result = []
    depth = 0
    for token in tokens:
        depth -= token.is_mark(")")
        result.append((token, depth))
        depth += token.is_mark("(")
    return result


def _projected(head: Sequence[Token]) -> tuple[Token, ...]:
    named = []
    before: Token | None = None
    for token, depth in _outside(head):
        is_alias = depth == 1 and before is not None and before.is_word("AS")
        if token.kind == "variable" and (depth == 0 or is_alias):
            named.append(token)
        if token.is_word("FROM", "WHERE"):
            break
        before = token
    return tuple(named)


def _behind(body: list[Token]) -> list[Token]:
    """Return the tokens behind the pattern: the last outer group before them is WHERE's."""
    index = 0
    end = len(body)
    while index < len(body):
        token = body[index]
        if token.is_mark("{"):
            close = closing(body, index)
            if close is None:
                return []
            following = body[close + 1] if close + 1 < len(body) else None
            index = close
            if following is None or not (following.is_mark("{") or following.is_word("WHERE")):
                end = close + 1
                break
        index += 1
    return body[end:]


def _variables_of(modifiers: list[Token], clause: str) -> tuple[str, ...]:
    """Return the variables of ORDER BY or GROUP BY; of an alias the alias."""
    start = next((i for i, token in enumerate(modifiers) if token.is_word(clause)), None)
    if start is None:
        return ()
    names = []
    for token, depth in with_depth(modifiers[start + 1 :]):
        if depth == 0 and token.is_word("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES", "GROUP"):
            break
        if token.kind == "variable":
            names.append(token.text[1:])
    return tuple(names)
