"""The one order of terms: as people count, so that passage 10 follows passage 9."""

from __future__ import annotations

import re
from typing import Final

from stikg.terms import IRI, Literal, Term

_DIGITS: Final = re.compile(r"([0-9]+)")

Key = tuple[tuple[str | int, ...], str]


def natural_key(text: str) -> Key:
    """Return a sort key that compares runs of digits as numbers.

    >>> sorted(["p10", "p2", "p2/reading", "p1"], key=natural_key)
    ['p1', 'p2', 'p2/reading', 'p10']
    """
    pieces = _DIGITS.split(text)
    return tuple(int(piece) if at % 2 else piece for at, piece in enumerate(pieces)), text


def term_key(term: Term | None) -> tuple[int, Key, str, str]:
    """Return a sort key: the default graph, IRIs, literals, blank nodes; each naturally."""
    if term is None:
        return (0, natural_key(""), "", "")
    if isinstance(term, IRI):
        return (1, natural_key(term.value), "", "")
    if isinstance(term, Literal):
        return (2, natural_key(term.value), term.language, term.datatype)
    return (3, natural_key(term.label), "", "")
