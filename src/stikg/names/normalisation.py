"""One form for all spellings of a name."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_APOSTROPHES: Final = dict.fromkeys(map(ord, "'’‘ʼ`´"))
_ACCENTS: Final = dict.fromkeys(range(0x300, 0x370))
_IDEOGRAPH: Final = r"([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff])"
"""Not compiled yet: that takes 3 ms, and resolving a name does not need it."""


def normalise(name: str) -> str:
    """Return a name without case, width, accents, punctuation and extra spaces.

    Marks that make another letter of a kana are kept; only Latin accents go.

    >>> normalise("Ｊａｐａｎ’s  Programme (1/2)"), normalise("CAFÉ"), normalise("が")
    ('japans programme 1 2', 'cafe', 'が')
    """
    if name.isascii():
        return " ".join(name.lower().translate(_ASCII).split())
    text = unicodedata.normalize("NFKC", name).casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFD", text).translate(_ACCENTS)
        text = unicodedata.normalize("NFC", text)
    text = text.translate(_APOSTROPHES)
    return " ".join("".join(c if _is_word(c) else " " for c in text).split())


def search_text(name: str) -> str:
    """Return the words of a name for a full-text index; each ideograph is a word of its own.

    >>> search_text("JST 科学")
    'jst 科 学'
    """
    return space_ideographs(normalise(name))


def space_ideographs(form: str) -> str:
    """Return a normalised name with a space on both sides of each ideograph.

    >>> space_ideographs("jst 科学")
    'jst 科 学'
    """
    return form if form.isascii() else " ".join(re.sub(_IDEOGRAPH, r" \1 ", form).split())


def search_expression(words: str) -> str:
    """Return the FTS5 expression that finds all words of a search, each as the start of a word.

    >>> search_expression('sci "fund" 科学')
    '"sci"* "fund"* "科 学"'
    """
    terms = []
    for word in normalise(words).split():
        spaced = search_text(word)
        terms.append(f'"{spaced}"' if " " in spaced else f'"{spaced}"*')
    return " ".join(terms)


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM"


_ASCII: Final = {
    code: " " for code in range(128) if not _is_word(chr(code)) and code not in _APOSTROPHES
} | {code: "" for code in _APOSTROPHES if code < 128}
"""What becomes of the ASCII characters that are no part of a word."""
