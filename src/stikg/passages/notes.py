"""Endnotes: which number each entry of a list of notes has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from stikg.passages.blocks import Block
from stikg.passages.model import Span
from stikg.passages.titles import is_notes_section

_AT_START: Final = re.compile(
    r"(?:[-\u2022*][ \t]+)?(?:\*\*|\[)?(?P<mark>(\d{1,3})[.)\]]?)(?:\*\*)?[ \t]+\S"
)
_AT_END: Final = re.compile(r"[ \t](?P<mark>(\d{1,3})\.)\Z")
_LONGEST_GAP: Final = 3


def with_endnotes(blocks: Sequence[Block], text: str) -> list[Block]:
    """Return the blocks with the entries of note sections numbered.

    Converters leave the number before, behind or inside an entry, or lose it; a lost one is the
    next in the count.
    """
    found: list[Block] = []
    expected = 1
    for block in blocks:
        if block.kind in {"list-item", "paragraph"} and is_notes_section(block.section_title):
            number, mark = _number(block, text, expected)
            if number is not None or block.kind == "list-item":
                expected = expected if number is None else number
                block = replace(block, kind="endnote", label=str(expected), mark=mark)
                expected += 1
        found.append(block)
    return found


def _number(block: Block, text: str, expected: int) -> tuple[int | None, Span | None]:
    start, end = block.parts[-1]
    words = text[start:end]
    for match in (_AT_START.match(words), _AT_END.search(words)):
        if match and expected <= int(match[2]) < expected + _LONGEST_GAP:
            return int(match[2]), (start + match.start("mark"), start + match.end("mark"))
    inside = re.search(rf"(?<=[ \t]){expected}\.(?=[ \t])", words)
    if inside:
        return expected, (start + inside.start(), start + inside.end())
    return None, None
