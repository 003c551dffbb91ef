"""What is said with a passage: its headings, its table's caption and header, what stands before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from stikg.evidence.description import DescribedPassage
from stikg.evidence.numerals import magnitudes_in, months_in, numbers_in
from stikg.evidence.wording import Wording, is_address, plain
from stikg.terms import Quad, expand

_OF_TABLE: Final = expand("sti:ofTable")
_PROSE: Final = frozenset({"paragraph", "list-item"})


@dataclass(frozen=True)
class Context:
    """The words of a passage, and of what counts as said with it."""

    words: str
    around: tuple[str, ...] = ()

    def names(self, names: Sequence[str], *, apart: bool = False) -> bool:
        """Tell whether a thing is named by one of its names, its words perhaps apart."""
        if any(wording.has_any(names) for wording in self._wordings):
            return True
        return apart and any(Wording.of(self.words).has_words(name) for name in names)

    def prints(self, figure: str) -> bool:
        """Tell whether the passage itself has a figure as it stands, whatever its white space."""
        return _bare(figure) in _bare(plain(self.words))

    @cached_property
    def numbers(self) -> frozenset[Decimal]:
        """The numbers that are said."""
        return frozenset(number for text in self._texts for number in numbers_in(text))

    @cached_property
    def magnitudes(self) -> frozenset[Decimal]:
        """The magnitudes that are said."""
        return frozenset(scale for text in self._texts for scale in magnitudes_in(text))

    @cached_property
    def months(self) -> frozenset[int]:
        """The months that are said."""
        return frozenset(month for text in self._texts for month in months_in(text))

    @property
    def is_address(self) -> bool:
        """Whether the passage is a note that has a web address and nothing else."""
        return is_address(self.words)

    @property
    def _texts(self) -> tuple[str, ...]:
        return tuple(plain(text) for text in (self.words, *self.around))

    @cached_property
    def _wordings(self) -> tuple[Wording, ...]:
        return tuple(Wording.of(text) for text in self._texts)


def contexts(
    passages: Sequence[DescribedPassage], quads: Iterable[Quad], texts: Mapping[str, str]
) -> dict[str, Context]:
    """Return the context of each passage that has a text.

    Said with a passage are the headings of its section and of those above it; for a row the caption
    and the first row of its table; for a caption or note the caption next to it; for a list item
    the paragraph before the list; for a paragraph the one before it in its section.
    """
    tables = {str(row): str(caption) for row, prop, caption, _ in quads if prop == _OF_TABLE}
    found: dict[str, Context] = {}
    for number, passage in enumerate(passages):
        if passage.iri in texts:
            others = dict.fromkeys(_said_with(number, passages, tables, texts))
            around = (texts[iri] for iri in others if iri in texts and iri != passage.iri)
            found[passage.iri] = Context(texts[passage.iri], tuple(around))
    return found


def _said_with(
    number: int,
    passages: Sequence[DescribedPassage],
    tables: Mapping[str, str],
    texts: Mapping[str, str],
) -> Iterator[str]:
    passage = passages[number]
    document = _document(passage)
    yield from (
        other.iri
        for other in passages
        if other.kind == "heading"
        and _document(other) == document
        and _is_above(other.section, passage.section)
    )
    table = tables.get(passage.iri)
    if table is not None:
        yield table
        yield from _header([iri for iri, caption in tables.items() if caption == table], texts)
    if passage.kind in _PROSE:
        yield from _before(number, passages)
    if passage.kind in {"source-note", "figure-text", "caption", "table-row"}:
        yield from _captions(number, passages)


def _header(rows: Sequence[str], texts: Mapping[str, str]) -> Iterator[str]:
    """Yield the first row of a table, and with a title across all columns the one below it."""
    yield rows[0]
    if "\t" not in texts.get(rows[0], "\t") and len(rows) > 1:
        yield rows[1]


def _before(number: int, passages: Sequence[DescribedPassage]) -> Iterator[str]:
    """Yield the paragraph before, in the same section."""
    passage = passages[number]
    for other in reversed(passages[:number]):
        if other.section != passage.section or _document(other) != _document(passage):
            return
        if other.kind == "paragraph":
            yield other.iri
            return


def _captions(number: int, passages: Sequence[DescribedPassage]) -> Iterator[str]:
    """Yield the nearest caption before and behind, in the same section."""
    passage = passages[number]
    for side in (reversed(passages[:number]), iter(passages[number + 1 :])):
        for other in side:
            if other.section != passage.section:
                break
            if other.kind == "caption":
                yield other.iri
                break


def _is_above(section: str, below: str) -> bool:
    """Tell whether a section is another or holds it: 2.5 holds 2.5.1."""
    return below == section or below.startswith((f"{section}.", f"{section}-"))


def _document(passage: DescribedPassage) -> str:
    return passage.iri.rpartition("/")[0]


def _bare(text: str) -> str:
    return "".join(text.replace("\u00ad", "").split()).casefold()
