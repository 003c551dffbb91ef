"""Passages found in a copy whose page breaks, offsets and hyphens are its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from stikg.evidence.alignment import SURE, Alignment, Unit
from stikg.evidence.description import DescribedPassage, Extent
from stikg.evidence.index import TokenIndex
from stikg.evidence.pdf_copy import PAGE_BREAK
from stikg.passages import Span

_HYPHEN: Final = re.compile(r"(?<=[^\W\d_])[-\u2010](?=[ \t]*\r?\n[ \t]*[^\W\d_])")
_SOFT: Final = "\u00ad"
_MOST_CHOICES: Final = 6
_EDGE_LINES: Final = 2
_RECURRING: Final = 3
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S*(?:\r?\n\S+){1,3}")


@dataclass(frozen=True, slots=True)
class Found:
    """A passage and its places in a copy: one, or one for each part, in characters."""

    passage: DescribedPassage
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A passage that the copy does not hold word for word."""

    passage: DescribedPassage


def find_passages(passages: Sequence[DescribedPassage], text: str) -> list[Found | Missing]:
    """Return for each passage, in order, where a copy has it, or that it has not.

    A window of as many tokens as the passage has slides over the copy until the digests agree; a
    passage broken by a page is found whole or by its parts. Words broken at the end of a line are
    read with and without their hyphen, and pages with and without their headers. A repeated text
    is assigned in the order of the document, and one that is found elsewhere only is not guessed
    if it is short. Passages without tokens are left out: there is nothing to find.
    """
    sought = [passage for passage in passages if passage.whole.count]
    readings = [TokenIndex(reading) for reading in _readings(text)]
    units = _units(sought, readings)
    spans: dict[int, Span] = {}
    for index in readings:
        if len(spans) < len(units):
            alignment = Alignment(units, index)
            alignment.take_over(spans)
            spans = alignment.align()
    spans |= _with_some_joined(units, spans, without_running_lines(text))
    places: dict[int, list[Span]] = {}
    for number in sorted(spans):
        places.setdefault(units[number].passage, []).append(spans[number])
    needed = Counter(unit.passage for unit in units)
    return [
        Found(passage, tuple(places[number]))
        if len(places.get(number, ())) == needed[number]
        else Missing(passage)
        for number, passage in enumerate(sought)
    ]


def _units(sought: Sequence[DescribedPassage], readings: Sequence[TokenIndex]) -> list[Unit]:
    """Return what is to be found: a broken passage by its parts unless the copy has it whole."""
    alike = Counter(passage.whole.digest for passage in sought)
    units: list[Unit] = []
    for number, passage in enumerate(sought):
        extents: Sequence[Extent] = [part for part in passage.parts if part.count]
        whole = passage.whole
        if not extents or any(
            len(list(index.windows(whole.count, {whole.digest}))) >= alike[whole.digest]
            for index in readings
        ):
            extents = [whole]
        units += [Unit(number, each.start, each.count, each.digest) for each in extents]
    return sorted(units, key=lambda unit: (unit.start, unit.passage))


def _with_some_joined(
    units: Sequence[Unit], spans: Mapping[int, Span], text: str
) -> dict[int, Span]:
    """Find units in which some hyphens at the end of a line belong to the word and others do not.

    Likewise addresses that go on behind a line break. Only between the neighbours that were found,
    and only where the choices are few.
    """
    found: dict[int, Span] = {}
    for number, unit in enumerate(units):
        if number in spans or unit.count < SURE:
            continue
        first = max((span[1] for n, span in spans.items() if n < number), default=0)
        last = min((span[0] for n, span in spans.items() if n > number), default=len(text))
        choices = _choices(text, first, last)
        if not 0 < len(choices) <= _MOST_CHOICES:
            continue
        for joined in product((False, True), repeat=len(choices)):
            chosen = [at for at, join in zip(choices, joined, strict=True) if join]
            index = TokenIndex(_with_soft(text, first, last, chosen))
            position = next((at for at, _ in index.windows(unit.count, {unit.digest})), None)
            if position is not None:
                start, end = index.span(position, unit.count)
                found[number] = (start + first, end + first)
                break
    return found


def _choices(text: str, first: int, last: int) -> list[int]:
    """Return where a line's end may join two words: at a hyphen, or inside an address."""
    hyphens = [match.start() for match in _HYPHEN.finditer(text, first, last)]
    addresses = (match.span() for match in _ADDRESS.finditer(text, first, last))
    breaks = [at for start, end in addresses for at in range(start, end) if text[at] == "\n"]
    return hyphens + breaks


def _with_soft(text: str, first: int, last: int, hyphens: Sequence[int]) -> str:
    characters = list(text[first:last])
    for at in hyphens:
        characters[at - first] = _SOFT
    return "".join(characters)


def _readings(text: str) -> Iterator[str]:
    """Yield readings of a text, all of the same length, so that offsets stay."""
    bare = without_running_lines(text)
    for reading in [text] if bare == text else [text, bare]:
        yield reading
        joined = _HYPHEN.sub(_SOFT, reading)
        if joined != reading:
            yield joined


def without_running_lines(text: str) -> str:
    r"""Return a text of pages with page numbers and recurring first and last lines blanked.

    >>> without_running_lines("A\nHead\n1\n\f\nB\nHead\n2\n\f\nC\nHead\n3").split()
    ['A', 'B', 'C']
    """
    if PAGE_BREAK not in text:
        return text
    lines = re.split(r"(?<=[\n\f])", text)
    edges = set(_edge_lines(lines))
    shapes = Counter(_shape(lines[number]) for number in edges)
    recurring = min(_RECURRING, 1 + text.count(PAGE_BREAK))
    for number in edges:
        shape = _shape(lines[number])
        if shapes[shape] >= recurring or not shape.strip("# \u2013-|"):
            lines[number] = re.sub(r"[^\n\f]", " ", lines[number])
    return "".join(lines)


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split())).casefold()


def _edge_lines(lines: Sequence[str]) -> Iterator[int]:
    """Yield the numbers of the first and last written lines of each page."""
    page: list[int] = []
    for number, line in enumerate(lines):
        if line.strip():
            page.append(number)
        if PAGE_BREAK in line or number == len(lines) - 1:
            yield from page[:_EDGE_LINES]
            yield from page[-_EDGE_LINES:]
            page = []
