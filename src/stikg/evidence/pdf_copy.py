"""The text of a PDF, in the order it was written and in the order it is laid out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stikg.evidence.unpacking import refuse_packed_streams

if TYPE_CHECKING:
    from pdfminer.layout import LAParams, LTChar, LTPage

PAGE_BREAK: Final = "\f"
"""Stands between the pages of a text read from a PDF."""

_SMALLER: Final = 0.8
_OTHER_LINE: Final = 0.5
_SPACE: Final = 0.15


def read_pdf_as_written(path: Path) -> str:
    """Return the text of a PDF in the order of its content.

    Programs write paragraph after paragraph, so that columns and justified lines do no harm.
    """
    return _read(path, None, _written)


def read_pdf_as_laid_out(path: Path) -> str:
    """Return the text of a PDF by where it stands, for one that is not written in order."""
    from pdfminer.layout import LAParams

    return _read(path, LAParams(char_margin=4.0), _laid_out)


def _read(path: Path, analysis: LAParams | None, text_of: Callable[[LTPage], str]) -> str:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    refuse_packed_streams(path)
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=analysis)
    interpreter = PDFPageInterpreter(resources, device)
    pages = []
    with path.open("rb") as stream:
        for page in PDFPage.get_pages(stream):
            interpreter.process_page(page)
            pages.append(text_of(device.get_result()))
    return f"\n{PAGE_BREAK}\n".join(pages)


def _written(page: LTPage) -> str:
    pieces: list[str] = []
    previous: LTChar | None = None
    for character in _characters(page):
        if previous is not None and _is_mark(character, previous.size, previous.y0):
            pieces.append(" ")
            continue
        if previous is not None:
            pieces.append(_gap(previous, character))
        pieces.append(character.get_text())
        previous = character
    return "".join(pieces)


def _gap(previous: LTChar, character: LTChar) -> str:
    """Return what stands between two characters: a line break, a space or nothing."""
    height = max(previous.size, character.size)
    if abs(character.y0 - previous.y0) > _OTHER_LINE * height or character.x0 < previous.x0 - 1:
        return "\n"
    return " " if character.x0 - previous.x1 > _SPACE * height else ""


def _laid_out(page: LTPage) -> str:
    from pdfminer.layout import LTTextContainer, LTTextLine

    blocks = []
    for block in page:
        if isinstance(block, LTTextContainer):
            lines = (line for line in block if isinstance(line, LTTextLine))
            blocks.append("\n".join(_line(line) for line in lines))
    return "\n\n".join(blocks)


def _line(line: Iterable[object]) -> str:
    """Return a line's text without the marks of notes."""
    from pdfminer.layout import LTChar, LTText

    items = [item for item in line if isinstance(item, LTText)]
    characters = [item for item in items if isinstance(item, LTChar)]
    if not characters:
        return ""
    largest = max(characters, key=lambda character: character.size)
    pieces = []
    for item in items:
        mark = isinstance(item, LTChar) and _is_mark(item, largest.size, largest.y0)
        pieces.append(" " if mark else item.get_text())
    return "".join(pieces).strip()


def _characters(container: Iterable[object]) -> Iterator[LTChar]:
    from pdfminer.layout import LTChar, LTContainer

    for item in container:
        if isinstance(item, LTChar):
            yield item
        elif isinstance(item, LTContainer):
            yield from _characters(item)


def _is_mark(character: LTChar, size: float, bottom: float) -> bool:
    """Tell whether a digit is set smaller and higher than the characters of its line."""
    small = character.size < _SMALLER * size
    above = bottom < character.y0 < bottom + size
    return small and above and character.get_text().isdigit()
