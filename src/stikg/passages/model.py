"""What a passage is: a named, located piece of a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

KINDS: Final = (
    "heading",
    "paragraph",
    "list-item",
    "table-row",
    "caption",
    "figure-text",
    "footnote",
    "endnote",
    "source-note",
    "contents",
    "running-header",
)
"""The closed list of passage kinds, each the local name of a concept."""

Span = tuple[int, int]
"""Start and end of a piece of text, in characters (code points), end exclusive."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage of a document.

    ``parts`` are its pieces in reading order: more than one where other text (a page's footnotes,
    a figure) stands between them. ``table`` is the name of the caption of a row's table; ``mark``
    is the printed number of an endnote, which is not among its tokens; ``page`` is known only
    where the text says so.
    """

    name: str
    kind: str
    section: str
    section_title: str
    order: int
    parts: tuple[Span, ...]
    page: int | None = None
    table: str | None = None
    mark: Span | None = None

    @property
    def start(self) -> int:
        """First character of the whole extent."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Character after the whole extent."""
        return self.parts[-1][1]

    def text_of(self, text: str) -> str:
        """Return the passage's words: its parts, joined by a space."""
        return " ".join(text[start:end] for start, end in self.parts)
