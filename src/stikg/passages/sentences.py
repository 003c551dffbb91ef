"""What the beginning and the end of a piece of text tell about its neighbours."""

from __future__ import annotations

import re
from typing import Final

from stikg.passages.tokens import LATEX_MARK, SUPERSCRIPT_DIGITS, TAG

_TAIL: Final = re.compile(
    rf"(?:[{SUPERSCRIPT_DIGITS}]|{LATEX_MARK}|{TAG}|[\s\"'\u2018\u2019\u201c\u201d)\]*_])+\Z"
)
_HEAD: Final = re.compile(rf"(?:{TAG}|[\s\"'\u2018\u201c(\[*])+")
_CLOSING: Final = ".!?:;\u2026"
_FUNCTION_WORDS: Final = frozenset(
    "a an and as at between by for from in including into its of on or since than that the their "
    "this through to under until we which with within".split()
)
_ADDRESS: Final = re.compile(r"\S*(?:://|www\.|@)\S*\Z|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/\S*)?\Z")


def is_open(piece: str) -> bool:
    """Tell whether a piece of text ends before its sentence does.

    >>> is_open("was first published in"), is_open("was published.³"), is_open("as follows:")
    (True, False, False)
    """
    bare = _TAIL.sub("", piece)
    return bool(bare) and bare[-1] not in _CLOSING


def demands_more(piece: str) -> bool:
    """Tell whether a piece ends with a comma or a word that cannot end a sentence.

    >>> demands_more("was published by the"), demands_more("was published")
    (True, False)
    """
    bare = _TAIL.sub("", piece)
    return bare.endswith(",") or bare.rpartition(" ")[2].lower() in _FUNCTION_WORDS


def begins_inside(piece: str) -> bool:
    """Tell whether a piece begins like the middle of a sentence: with a small letter.

    >>> begins_inside("and so on."), begins_inside("So on."), begins_inside("info@example.org")
    (True, False, False)
    """
    bare = _HEAD.sub("", piece, count=1) if _HEAD.match(piece) else piece
    return bool(bare) and bare[0].islower() and not is_address(piece)


def begins_with_digit(piece: str) -> bool:
    """Tell whether a piece begins with a digit."""
    return piece[:1].isdigit()


def is_address(piece: str) -> bool:
    """Tell whether a piece is nothing but a web or mail address.

    >>> is_address("https://example.org/a"), is_address("see example.org")
    (True, False)
    """
    return _ADDRESS.match(piece) is not None
