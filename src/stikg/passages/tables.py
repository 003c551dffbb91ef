"""Rows and the captions of their tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stikg.passages.blocks import Block

_BETWEEN: Final = frozenset({"footnote", "running-header"})


@dataclass(frozen=True, slots=True)
class _Run:
    rows: tuple[int, ...]
    before: int | None
    after: int | None
    tabs: int


def tables_of(blocks: Sequence[Block]) -> dict[int, int | None]:
    """Return, for each row, the index of its table's caption, or None where it has none.

    A caption stands before or behind its rows; where a run of rows lies between two captions the
    custom of the rest of the document decides. A run whose only caption already has rows of
    another width is another table, without a caption of its own.
    """
    runs = _runs(blocks)
    before_is_custom = _custom(runs)
    width_of: dict[str, int] = {}
    caption_of: dict[str, int] = {}
    tables: dict[int, int | None] = {}
    for run in runs:
        candidates = [run.before, run.after] if before_is_custom else [run.after, run.before]
        chosen = None
        for candidate in candidates:
            if candidate is None:
                continue
            label = blocks[candidate].label
            if width_of.setdefault(label, run.tabs) == run.tabs:
                chosen = caption_of.setdefault(label, candidate)
                break
        tables.update(dict.fromkeys(run.rows, chosen))
    return tables


def _runs(blocks: Sequence[Block]) -> list[_Run]:
    runs: list[_Run] = []
    index = 0
    while index < len(blocks):
        if blocks[index].kind != "table-row":
            index += 1
            continue
        rows, end = _rows_from(blocks, index)
        tabs = Counter(blocks[row].tabs for row in rows).most_common(1)[0][0]
        runs.append(_Run(tuple(rows), _caption(blocks, index, -1), _caption(blocks, end, 1), tabs))
        index = end + 1
    return runs


def _rows_from(blocks: Sequence[Block], first: int) -> tuple[list[int], int]:
    """Return the rows from one on, over footnotes and page marks, and the last one."""
    rows = [first]
    for index in range(first + 1, len(blocks)):
        if blocks[index].kind == "table-row":
            rows.append(index)
        elif blocks[index].kind not in _BETWEEN:
            break
    return rows, rows[-1]


def _caption(blocks: Sequence[Block], index: int, step: int) -> int | None:
    index += step
    while 0 <= index < len(blocks) and blocks[index].kind in _BETWEEN:
        index += step
    if not 0 <= index < len(blocks) or blocks[index].kind != "caption":
        return None
    is_figure_below = step > 0 and not blocks[index].label.startswith("t")
    return None if is_figure_below else index


def _custom(runs: Sequence[_Run]) -> bool:
    before = sum(run.before is not None and run.after is None for run in runs)
    after = sum(run.after is not None and run.before is None for run in runs)
    return before >= after
