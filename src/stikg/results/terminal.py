"""Tables for terminals: aligned, as wide as asked, cells wrapped at words."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from stikg.results.display import Shown, show
from stikg.results.table import Table

GAP: Final = "  "
NARROWEST: Final = 8
"""A column is never squeezed below this; rather than that, rows are listed one by one."""
MOST_LINES: Final = 3
ELLIPSIS: Final = "…"


def write_terminal(table: Table, *, width: int | None = None) -> str:
    """Return the table as aligned text; without a width as wide as it needs.

    Labels stand for IRIs, numbers are aligned to the right, a cell has three lines at most. If
    the columns do not fit side by side, each row is listed as lines of ``column  value``.
    """
    shown = show(table)
    widths = _fit(shown, width)
    if widths is None:
        return _listed(shown, width or 0)
    lines = _lines(shown.columns, widths, shown.numeric)
    lines.append(GAP.join("─" * size for size in widths))
    for cells in shown.cells:
        lines.extend(_lines(cells, widths, shown.numeric))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def display_width(text: str) -> int:
    """Return how many places of a terminal a text takes.

    >>> display_width("JST"), display_width("日本"), display_width("é")
    (3, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, width: int, *, lines: int = MOST_LINES) -> list[str]:
    """Return a text in lines of a width, at most so many; an ellipsis tells that more follows.

    >>> wrap("Japan Society for the Promotion of Science", 13)
    ['Japan Society', 'for the', 'Promotion of…']
    """
    result: list[str] = []
    rest = text
    while rest:
        head, rest = _split(rest, width)
        result.append(head)
        if len(result) == lines and rest:
            result[-1] = _cut(head, width - 1) + ELLIPSIS
            break
    return result or [""]


def _split(text: str, width: int) -> tuple[str, str]:
    """Return the longest head of a text that fits, cut at a space if there is one, and the rest."""
    head = _cut(text, width)
    if len(head) == len(text):
        return text, ""
    space = head.rfind(" ")
    if text[len(head)] == " " or space <= 0:
        head = head or text[0]
        return head.rstrip(), text[len(head) :].lstrip()
    return head[:space].rstrip(), text[space:].lstrip()


def _cut(text: str, width: int) -> str:
    size = 0
    for index, character in enumerate(text):
        size += _character_width(character)
        if size > width:
            return text[:index]
    return text


def _fit(shown: Shown, width: int | None) -> list[int] | None:
    """Return the widths of the columns, or None if they do not fit.

    Numbers are never wrapped; the other columns share one upper bound.
    """
    widths = [
        max([display_width(name), *(display_width(row[i]) for row in shown.cells)])
        for i, name in enumerate(shown.columns)
    ]
    if width is None:
        return widths
    room = width - len(GAP) * (len(widths) - 1)
    for bound in range(max(widths, default=0), NARROWEST - 1, -1):
        fitted = [
            size if number else min(size, bound)
            for size, number in zip(widths, shown.numeric, strict=True)
        ]
        if sum(fitted) <= room:
            return fitted
    return widths if sum(widths) <= room else None


def _lines(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> list[str]:
    wrapped = [wrap(cell, size) for cell, size in zip(cells, widths, strict=True)]
    height = max((len(lines) for lines in wrapped), default=0)
    return [
        GAP.join(
            _pad(lines[index] if index < len(lines) else "", size, right=number)
            for lines, size, number in zip(wrapped, widths, numeric, strict=True)
        )
        for index in range(height)
    ]


def _pad(text: str, width: int, *, right: bool) -> str:
    space = " " * max(0, width - display_width(text))
    return space + text if right else text + space


def _listed(shown: Shown, width: int) -> str:
    name_width = max(map(display_width, shown.columns))
    room = max(NARROWEST, width - name_width - len(GAP))
    blocks = []
    for row in shown.cells:
        lines = []
        for name, cell in zip(shown.columns, row, strict=True):
            first, *more = wrap(cell, room)
            lines.append(f"{_pad(name, name_width, right=False)}{GAP}{first}".rstrip())
            lines.extend(f"{' ' * name_width}{GAP}{line}" for line in more)
        blocks.append("".join(f"{line}\n" for line in lines))
    return "\n".join(blocks) if blocks else GAP.join(shown.columns) + "\n"
