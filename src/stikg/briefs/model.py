"""What a brief is made of, whatever it is written as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from stikg.terms import IRI

Draw = Callable[[str, str], bytes]
"""Returns a picture in a format, "svg" or "png", for a "column" or a "page"."""

_LEAST: Final = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a brief: its cells, the passages that state it, and where it comes from.

    Without a passage it is reference data or follows from what others state: ``origins`` tells.
    """

    cells: tuple[str, ...]
    passages: tuple[IRI, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines; ``omitted`` more of them are answered by ``command``."""

    heading: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    omitted: int = 0
    command: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its caption and what it shows in words."""

    caption: str
    alt: str
    draw: Draw


@dataclass(frozen=True, slots=True)
class Brief:
    """What the documents say of a thing, and of it together with another, on two pages.

    ``documents`` are the identifiers and titles of those whose passages are cited; ``version`` is
    that of the data.
    """

    title: str
    kind: str
    iri: IRI
    sections: tuple[Section, ...]
    pictures: tuple[Picture, ...]
    documents: tuple[tuple[IRI, str], ...]
    version: str

    @property
    def about(self) -> str:
        """What a reader must know before the first line."""
        article = "An" if self.kind[0] in "aeiou" else "A"
        return (
            f"{article} {self.kind} in the knowledge graph stikg, "
            f"data {self.version or 'in memory'}. Each line names the passages that state it; "
            "nothing here is written by a model."
        )

    def shortened(self, share: float) -> Brief:
        """Return the brief with a share of the lines of each section, but two of each at least."""
        return replace(self, sections=tuple(_cut(section, share) for section in self.sections))


def _cut(section: Section, share: float) -> Section:
    most = max(_LEAST, round(share * len(section.rows)))
    left = max(0, len(section.rows) - most)
    return replace(section, rows=section.rows[:most], omitted=section.omitted + left)
