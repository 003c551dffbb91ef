"""The text of a DOCX file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from stikg.evidence.html_copy import NOTE_MARK
from stikg.evidence.unpacking import refuse_bomb

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph


def read_docx(path: Path) -> str:
    """Return the text of a DOCX file, its paragraphs and tables parted by blank lines."""
    import docx
    from docx.table import Table

    refuse_bomb(path)
    blocks = []
    for block in docx.Document(str(path)).iter_inner_content():
        blocks.append(_table_text(block) if isinstance(block, Table) else _paragraph_text(block))
    return "\n\n".join(blocks)


def _table_text(table: Table) -> str:
    rows = []
    for row in table.rows:
        cells = ["\n".join(map(_paragraph_text, cell.paragraphs)) for cell in row.cells]
        rows.append("\t".join(cells))
    return "\n".join(rows)


def _paragraph_text(paragraph: Paragraph) -> str:
    pieces = []
    for item in paragraph.iter_inner_content():
        for run in getattr(item, "runs", [item]):
            raised = run.font.superscript and NOTE_MARK.match(run.text)
            pieces.append(" " if raised else run.text)
    return "".join(pieces)
