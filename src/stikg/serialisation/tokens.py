"""Tokens of Turtle and TriG with their places, for reports that name a line.

The text has been parsed before, so the tokeniser need not judge it: it only has to tell comments,
IRIs, strings and punctuation apart (Turtle 1.1, section 6.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*)
    | (?P<iri><[^\x00-\x20<>"{}|^`]*>)
    | (?P<string>\"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*\"{3}
               | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}
               | "(?:[^"\\\r\n]|\\.)*"
               | '(?:[^'\\\r\n]|\\.)*')
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<mark>\^\^|[\[\](){};,.](?![0-9])|[\[\](){};,])
    | (?P<word>(?:\\.|[^\s<>"'\[\](){};,\#^@\\])+?(?=\.*(?:[\s<>"'\[\](){};,\#^@]|\Z)))
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token; ``kind`` is comment, iri, string, tag, mark or word; places count from 1."""

    kind: str
    text: str
    line: int
    column: int


def tokens(text: str) -> Iterator[Token]:
    r"""Yield the tokens of a Turtle or TriG text, comments too.

    >>> [token.text for token in tokens('uuki:2.4-p1 { a:b c:d "x#"@en, 1.5 . } # done')]
    ['uuki:2.4-p1', '{', 'a:b', 'c:d', '"x#"', '@en', ',', '1.5', '.', '}', '# done']
    """
    line, start, position = 1, 0, 0
    for match in _TOKEN.finditer(text):
        skipped = text.count("\n", position, match.start())
        if skipped:
            line += skipped
            start = text.rindex("\n", position, match.start()) + 1
        yield Token(str(match.lastgroup), match[0], line, match.start() - start + 1)
        position = match.start()


def comments(text: str) -> list[Token]:
    r"""Return the comments of a Turtle or TriG text.

    >>> [token.line for token in comments("<urn:a#b> <urn:c> 'no # comment' .\n# one")]
    [2]
    """
    return [token for token in tokens(text) if token.kind == "comment"]
