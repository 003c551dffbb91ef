"""The engine's complaints about a query, in our words and with their place."""

from __future__ import annotations

import re
from typing import Final

from stikg.errors import InputError, StikgError, SyntaxProblem
from stikg.library import tokenise
from stikg.library.tokens import Token, place, significant
from stikg.terms import PREFIXES

_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SENTENCE: Final = re.compile(r"\b[A-Z][A-Za-z]+(?: [A-Za-z*]+){2,}")
_UPDATES: Final = (
    "INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH",
)  # fmt: skip
_PAIRS: Final = {"}": "{", ")": "(", "]": "["}
_LONGEST: Final = 160


def query_problem(error: Exception, query: str) -> StikgError:
    """Return the error to raise for an exception of the engine.

    >>> print(query_problem(SyntaxError("error at 1:8: expected one of …"), "SELECT 1 {}"))
    line 1, column 8: the query cannot be read from '1' on
    >>> print(query_problem(RuntimeError("The custom function <x:y> is not supported"), ""))
    the query cannot be run: The custom function <x:y> is not supported
    """
    match = _PLACE.match(str(error))
    if not match:
        if isinstance(error, SyntaxError):
            return SyntaxProblem(_short(str(error)))
        return InputError(f"the query cannot be run: {_short(str(error))}")
    tokens = significant(tokenise(query))
    if tokens and tokens[0].is_word(*_UPDATES):
        return InputError("this is an update, and the dataset is only read", where=_at(query, 0))
    offset = _offset(query, int(match[1]), int(match[2]))
    return _syntax_problem(query, tokens, offset, match[3])


def _syntax_problem(query: str, tokens: list[Token], offset: int, message: str) -> SyntaxProblem:
    for token in tokens:
        if token.kind == "stray" and token.text in "\"'" and token.start <= offset:
            return SyntaxProblem("a string is not closed", where=_at(query, token.start))
    name = next((t for t in tokens if t.kind == "name" and t.start <= offset <= t.end), None)
    if "Prefix not found" in message and name:
        return _undeclared(name.text, _at(query, name.start))
    if "IRI parsing failed" in message:
        iri = next((t for t in tokens if t.kind == "iri" and t.end == offset), None)
        start = iri.start if iri else offset
        return SyntaxProblem("this is not an absolute IRI", where=_at(query, start))
    if unpaired := _unpaired(tokens):
        return SyntaxProblem(unpaired[1], where=_at(query, unpaired[0].start))
    if sentence := _SENTENCE.search(message):
        return SyntaxProblem(sentence[0], where=_at(query, offset))
    return SyntaxProblem(_unreadable(tokens, offset), where=_at(query, offset))


def _unreadable(tokens: list[Token], offset: int) -> str:
    token = next((token for token in tokens if token.end > offset), None)
    if token is not None:
        return f"the query cannot be read from {_short(token.text)!r} on"
    if not tokens:
        return "the query is empty"
    return "something before this place is not SPARQL 1.1"


def _unpaired(tokens: list[Token]) -> tuple[Token, str] | None:
    """Return the first bracket without its other half, and what is wrong with it."""
    opened: list[Token] = []
    for token in tokens:
        if token.is_mark(*_PAIRS.values()):
            opened.append(token)
        elif token.is_mark(*_PAIRS):
            if not opened or opened[-1].text != _PAIRS[token.text]:
                return token, f"this {token.text} closes nothing"
            opened.pop()
    return (opened[-1], f"this {opened[-1].text} is not closed") if opened else None


def _undeclared(name: str, where: str) -> SyntaxProblem:
    prefix = name.partition(":")[0]
    if prefix in PREFIXES:
        remedy = f"begin the query with: PREFIX {prefix}: <{PREFIXES[prefix]}>"
    else:
        remedy = "declare it with PREFIX, or use one of the prefixes listed by: stikg prefixes"
    return SyntaxProblem(f"the prefix {prefix}: is not declared", where=where, remedy=remedy)


def _offset(query: str, line: int, column: int) -> int:
    lines = query.split("\n")
    return sum(len(text) + 1 for text in lines[: line - 1]) + column - 1


def _at(query: str, offset: int) -> str:
    return "line {}, column {}".format(*place(query, offset))


def _short(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
