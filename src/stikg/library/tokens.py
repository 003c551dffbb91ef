"""The tokens of a SPARQL 1.1 query, with their places.

Follows the terminals of SPARQL 1.1 Query Language, section 19.8, save that every character
outside ASCII may be part of a name: the exact ranges would take the engine's part, and time.
Nothing is judged here: a character that starts no token becomes a token of its own, so that the
tokens of a text, joined, are always the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_ESCAPED_CODE_POINT: Final = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
# By what they exclude: classes up to U+10FFFF take a millisecond each to compile.
_LETTER: Final = r"[^\x00-@\[-`{-\x7f]"
_NAME: Final = r"[^\x00-/:-@\[-^`{-\x7f]"
_NAME_OR_HYPHEN: Final = r"[^\x00-,./:-@\[-^`{-\x7f]"
_LOCAL_PIECE: Final = r"[^\x00-,./;-@\[-^`{-\x7f]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL: Final = rf"(?:{_LOCAL_PIECE})(?:\.*(?:{_LOCAL_PIECE}))*"
_PREFIX: Final = rf"{_LETTER}(?:\.*{_NAME_OR_HYPHEN})*"

_TERMINALS: Final = {
    "space": r"[ \t\r\n]+",
    "comment": r"#[^\r\n]*",
    "iri": rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{_ESCAPED_CODE_POINT})*>",
    "string": (
        r"\"\"\"(?:\"{0,2}(?:[^\"\\]|\\[\s\S]))*\"\"\""
        r"|'''(?:'{0,2}(?:[^'\\]|\\[\s\S]))*'''"
        r"|\"(?:[^\"\\\r\n]|\\[^\r\n])*\"|'(?:[^'\\\r\n]|\\[^\r\n])*'"
    ),
    "variable": rf"[?$]{_NAME}+",
    "language": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?",
    "blank": rf"_:{_NAME}(?:\.*{_NAME_OR_HYPHEN})*",
    "name": rf"(?:{_PREFIX})?:(?:{_LOCAL})?",
    "number": r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+",
    "word": r"[A-Za-z_][A-Za-z_0-9]*",
    "mark": r"\^\^|\|\||&&|!=|<=|>=|<<|>>|[{}()\[\].,;=<>!|/^*+?\-@&~]",
    "stray": r"[\s\S]",
}
_SCANNER: Final = re.compile("|".join(f"(?P<{kind}>{p})" for kind, p in _TERMINALS.items()))

_OPENING: Final = {"{": "}", "(": ")", "[": "]"}
_CLOSING: Final = frozenset(_OPENING.values())


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: its kind, its text and where in the query it starts.

    Kinds: space, comment, iri, string, variable, language, blank, name (a prefixed name), number,
    word (a keyword, a function, ``a`` or ``true``), mark (punctuation), stray (none of these).
    """

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Return the place after the last character."""
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Tell whether this is one of the (upper-case) keywords."""
        return self.kind == "word" and self.text.upper() in words

    def is_mark(self, *marks: str) -> bool:
        """Tell whether this is one of the punctuation marks."""
        return self.kind == "mark" and self.text in marks


def tokenise(query: str) -> list[Token]:
    """Cut a query into tokens; joined, they are the query.

    >>> [token.text for token in tokenise("ASK{?s <a:b> $p}#x") if token.kind != "space"]
    ['ASK', '{', '?s', '<a:b>', '$p', '}', '#x']
    >>> [token.kind for token in tokenise('"unclosed')]
    ['stray', 'word']
    """
    return [Token(m.lastgroup or "stray", m.group(), m.start()) for m in _SCANNER.finditer(query)]


def significant(tokens: list[Token]) -> list[Token]:
    """Return the tokens that are neither white space nor comments."""
    return [token for token in tokens if token.kind not in {"space", "comment"}]


def with_depth(tokens: list[Token]) -> Iterator[tuple[Token, int]]:
    """Yield each token with the number of braces around it; a brace counts as outside itself.

    >>> [(token.text, depth) for token, depth in with_depth(tokenise("{a}"))]
    [('{', 0), ('a', 1), ('}', 0)]
    """
    depth = 0
    for token in tokens:
        if token.is_mark("}"):
            depth -= 1
        yield token, depth
        if token.is_mark("{"):
            depth += 1


def closing(tokens: list[Token], opening: int) -> int | None:
    """Return the index of the bracket that closes the one at an index, or None if none does."""
    depth = 0
    for index in range(opening, len(tokens)):
        token = tokens[index]
        if token.kind == "mark":
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
            if depth == 0:
                return index
    return None


def nesting(tokens: list[Token]) -> int:
    """Return how deep brackets of all sorts are nested.

    >>> nesting(tokenise("ASK { ?s ?p ( 1 ( 2 ) ) }"))
    3
    """
    deepest = depth = 0
    for token in tokens:
        if token.kind == "mark":
            depth += (token.text in _OPENING or token.text == "<<") - (
                token.text in _CLOSING or token.text == ">>"
            )
            deepest = max(deepest, depth)
    return deepest


def place(text: str, offset: int) -> tuple[int, int]:
    r"""Return line and column, both from 1, of a place in a text.

    >>> place("ab\ncd", 4)
    (2, 2)
    """
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1
