"""Markdown tables, for documents and issues."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from stikg.results.display import show
from stikg.results.table import Table

_SPECIAL: Final = re.compile(r"[\\|<>*_`\[\]]")


def write_markdown(table: Table) -> str:
    """Return the table in Markdown, labels in the place of IRIs, numbers to the right."""
    shown = show(table)
    lines = [
        _line([_escaped(name) for name in shown.columns]),
        _line(["---:" if number else "---" for number in shown.numeric]),
    ]
    lines.extend(_line([_escaped(cell) for cell in row]) for row in shown.cells)
    return "".join(f"{line}\n" for line in lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", text)
