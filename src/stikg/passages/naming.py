"""Names of passages: readable, and stable when another section changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from stikg.passages.blocks import Block

_LETTERS: Final = {
    "heading": "h",
    "paragraph": "p",
    "list-item": "l",
    "figure-text": "g",
    "source-note": "s",
    "contents": "c",
    "running-header": "x",
}
_PREFIXES: Final = {"footnote": "fn", "endnote": "en", "caption": ""}


def names_of(blocks: Sequence[Block], tables: Mapping[int, int | None]) -> list[str]:
    """Return the local name of each block, all different.

    Captions and notes are named by their printed number (``t4.1``, ``f2``, ``fn12``, ``en3``),
    rows by their table and place (``t4.1-r3``; ``6-t-r1`` without a caption), all else by section,
    a letter for the kind, and a count (``2.5.3-p1``, ``2.5.3-l2``; ``2.5.3-h`` is the heading).
    """
    counts: Counter[str] = Counter()
    names = ["" for _ in blocks]
    for index, block in enumerate(blocks):
        if block.kind in _PREFIXES:
            stem = _PREFIXES[block.kind] + block.label
            counts[stem] += 1
            names[index] = stem if counts[stem] == 1 else f"{stem}-{counts[stem]}"
    previous_row = -2
    for index, block in enumerate(blocks):
        if block.kind == "table-row":
            names[index] = _row_name(index, block, tables, names, counts, previous_row)
            previous_row = index
        elif block.kind in _LETTERS:
            stem = f"{block.section}-{_LETTERS[block.kind]}"
            counts[stem] += 1
            first_heading = block.kind == "heading" and counts[stem] == 1
            names[index] = stem if first_heading else f"{stem}{counts[stem]}"
    return names


def _row_name(
    index: int,
    block: Block,
    tables: Mapping[int, int | None],
    names: Sequence[str],
    counts: Counter[str],
    previous_row: int,
) -> str:
    caption = tables[index]
    if caption is not None:
        stem = names[caption]
    else:
        table = f"{block.section}-t"
        if previous_row != index - 1 or tables[previous_row] is not None:
            counts[table] += 1
        stem = table if counts[table] == 1 else f"{table}{counts[table]}"
    counts[f"{stem}-r"] += 1
    return f"{stem}-r{counts[f'{stem}-r']}"
