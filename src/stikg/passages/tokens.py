r"""Tokens and their digest: what stays the same in every copy of a text.

Dropped before words are read: marks of notes (superscript digits and LaTeX residue such as
``$^{12}$``), HTML tags, soft hyphens with the line break behind them, and names of LaTeX commands
(``\checkmark``). What remains is normalised to NFKC (Unicode Annex 15) and lower-cased; a token is
a run of letters and digits, so punctuation, white space and the underscore never count.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

SUPERSCRIPT_DIGITS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
TAG: Final = r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>"
LATEX_MARK: Final = r"\$[ \t]*\^[^$\n]{1,40}\$"

_SEPARATING: Final = re.compile(rf"[{SUPERSCRIPT_DIGITS}]+|{LATEX_MARK}|\\[A-Za-z]+")
_VANISHING: Final = re.compile(rf"{TAG}|\u00ad(?:[ \t]*\r?\n[ \t]*)?")
_CHUNK: Final = re.compile(r"\S+")
_WORD: Final = re.compile(r"[^\W_]+")
_GONE: Final = "\x00"


@dataclass(frozen=True, slots=True)
class Token:
    """A token and the place it was read from."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[str]:
    r"""Return the tokens of a text.

    >>> tokens("A <u>well-known</u> aim:³ \u00a35 bn")
    ['a', 'well', 'known', 'aim', '5', 'bn']
    >>> tokens(" \\checkmark \u2022 ")
    []
    """
    return [token.word for token in located_tokens(text)]


def located_tokens(text: str) -> list[Token]:
    r"""Return the tokens of a text with their offsets.

    Where normalisation changes the length of what stands between two white spaces, or something
    inside it is dropped, the offsets of its tokens are those of the whole of it.

    >>> located_tokens("a b\u00ad\nc")
    [Token(word='a', start=0, end=1), Token(word='bc', start=2, end=6)]
    """
    masked = _VANISHING.sub(lambda match: _GONE * len(match.group()), text.replace(_GONE, " "))
    masked = _SEPARATING.sub(lambda match: " " * len(match.group()), masked)
    found: list[Token] = []
    for chunk in _CHUNK.finditer(masked):
        found.extend(_tokens_of_chunk(chunk.group(), chunk.start(), chunk.end()))
    return found


def digest(words: Iterable[str]) -> str:
    """Return the SHA-256, in hexadecimal, of tokens joined by single spaces.

    >>> digest(["abc"])
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    """
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def _tokens_of_chunk(chunk: str, start: int, end: int) -> Iterator[Token]:
    normal = unicodedata.normalize("NFKC", chunk.replace(_GONE, "")).lower()
    exact = len(normal) == end - start
    for match in _WORD.finditer(normal):
        span = (start + match.start(), start + match.end()) if exact else (start, end)
        yield Token(match.group(), *span)
