"""The words of a passage, read from the user's own copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stikg.evidence.description import DescribedPassage
from stikg.evidence.matching import Found, find_passages

CONTEXT: Final = 80
"""Characters of context on either side."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The words of a passage in a copy, with what stands before and behind them."""

    before: str
    words: str
    after: str

    def __str__(self) -> str:
        return " ".join(piece for piece in (self.before, self.words, self.after) if piece)


def excerpt(
    passage: DescribedPassage,
    text: str,
    *,
    among: Sequence[DescribedPassage] = (),
    context: int = CONTEXT,
) -> Excerpt | None:
    """Return the words of a passage with their context in a copy, or None if it is not there.

    ``among`` are all passages of the document: without them a short or repeated text has no
    neighbours to tell its place by. Parts that a page break parted are joined by a space.
    """
    results = find_passages(among or [passage], text)
    same = (result for result in results if result.passage.iri == passage.iri)
    found = next((result for result in same if isinstance(result, Found)), None)
    return None if found is None else excerpt_at(found, text, context=context)


def excerpt_at(found: Found, text: str, *, context: int = CONTEXT) -> Excerpt:
    """Return the words at the place where a passage was found, with their context."""
    start, end = found.places[0][0], found.places[-1][1]
    words = " ".join(_even(text[first:last]) for first, last in found.places)
    before = _even(text[max(0, start - context) : start])
    after = _even(text[end : end + context])
    if start > context:
        before = f"… {before.partition(' ')[2] or before}"
    if end + context < len(text):
        after = f"{after.rpartition(' ')[0] or after} …"
    return Excerpt(before, words, after)


def _even(text: str) -> str:
    return " ".join(text.split())
