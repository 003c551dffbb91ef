"""Headings and the sections they open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from stikg.passages.blocks import Block, ordinal_of
from stikg.passages.sentences import begins_inside, is_address
from stikg.passages.titles import (
    CONTENTS,
    KNOWN,
    is_short_title,
    is_title_like,
    numbered_title,
    short_slug,
    squeezed,
    stored_title,
)

FRONT: Final = ("front", "Front matter")
"""Section of what stands before the first heading."""

_CONTENTS_ROW: Final = re.compile(
    r"(?:(?P<number>\d{1,2}(?:\.\d{1,2})*)[.:]?\s+)?(?P<title>\S.*?)[\s.]*\d{1,4}\Z", re.DOTALL
)
_LARGEST_LEAP: Final = 2
_PASSED: Final = frozenset({"footnote", "running-header"})
_LED: Final = frozenset({"text", "list-item"})


def with_sections(blocks: Sequence[Block], text: str) -> list[Block]:
    """Return the blocks with their sections, and headings told from paragraphs."""
    return _Reader(blocks, text).read()


class _Reader:
    """Walks through the blocks once and keeps the section it is in."""

    def __init__(self, blocks: Sequence[Block], text: str) -> None:
        self._blocks = blocks
        self._text = text
        self._section = FRONT
        self._used = {FRONT[0]}
        self._parent = ""
        self._last: tuple[int, ...] = ()
        self._last_item = 0
        self._contents: dict[str, str] = {}
        self._in_contents = False
        self._in_figure = False

    def read(self) -> list[Block]:
        """Return the blocks, each with its kind and section."""
        return [self._placed(index, block) for index, block in enumerate(self._blocks)]

    def _placed(self, index: int, block: Block) -> Block:
        words = block.words(self._text)
        kind = block.kind
        if kind == "heading":
            self._open_markdown(words, index)
        elif kind == "text":
            kind = self._kind_of_text(block, words, index)
        elif kind == "caption":
            self._in_figure = not block.label.startswith("t")
        elif kind in {"table-row", "source-note"}:
            self._in_figure = False
        if self._in_contents and kind in {"table-row", "contents", "list-item", "paragraph"}:
            kind = self._contents_row(words, kind)
        section, title = self._section
        return replace(block, kind=kind, section=section, section_title=title)

    def _kind_of_text(self, block: Block, words: str, index: int) -> str:
        ordinal = ordinal_of(words)
        next_item = ordinal > 1 and ordinal == self._last_item + 1
        if block.isolated and not next_item and self._opens_numbered(words):
            return "heading"
        if ordinal and not self._in_contents:
            self._last_item = ordinal
            return "list-item"
        short = block.isolated and is_short_title(words)
        if short and self._opens_known(words, index):
            return "heading"
        if self._in_figure and block.isolated and is_title_like(words):
            return "figure-text"
        self._in_figure = False
        if not short or self._in_contents:
            return "paragraph"
        front = self._section == FRONT
        if not self._leads_text(index, front):
            return "heading" if front else "paragraph"
        name = short_slug(words)
        self._open(f"{self._parent}-{name}" if self._parent else name, words, self._parent)
        return "heading"

    def _open_markdown(self, words: str, index: int) -> None:
        title = words.lstrip("# \t").strip(" *_")
        if not self._opens_numbered(title) and not self._opens_known(title, index):
            self._open(short_slug(title), title, parent="")

    def _opens_numbered(self, words: str) -> bool:
        """Open the section of a numbered heading, if it is one and its number may come next."""
        numbered = numbered_title(words)
        if numbered is None or self._in_contents:
            return False
        number, title = numbered
        parts = _parts(number)
        leap = parts[0] - (self._last[0] if self._last else 0)
        if parts <= self._last or not 0 < parts[0] or leap > _LARGEST_LEAP:
            return False
        self._last = parts
        self._open(number, title, parent=number)
        return True

    def _opens_known(self, words: str, index: int) -> bool:
        """Open a section that every report has, or that the table of contents names."""
        key = squeezed(words)
        number = self._chapter_number(key, index)
        if number is None and key not in KNOWN:
            return False
        if number:
            self._last = _parts(number)
        self._open(number or short_slug(words), words.strip(" *_:"), parent=number or "")
        self._in_contents = key in CONTENTS
        return True

    def _chapter_number(self, key: str, index: int) -> str | None:
        """Return the number that the table of contents gives a title without one.

        None if it is not there, or not the next chapter, or the numbered heading is still to come.
        """
        number = self._contents.get(key)
        if not number:
            return number
        if _parts(number)[0] != (self._last[0] if self._last else 0) + 1:
            return None
        rest = self._blocks[index + 1 :]
        titles = (numbered_title(block.words(self._text)) for block in rest if block.kind == "text")
        return None if any(title and title[0] == number for title in titles) else number

    def _leads_text(self, index: int, front: bool) -> bool:
        """Tell whether a short line stands over text, not over another such line or an address."""
        rest = self._blocks[index + 1 :]
        following = next((block for block in rest if block.kind not in _PASSED), None)
        if following is None or following.kind not in ({"text"} if front else _LED):
            return False
        words = following.words(self._text)
        standing = following.kind == "text" and following.isolated and is_title_like(words)
        return not (standing or begins_inside(words) or is_address(words))

    def _open(self, name: str, title: str, parent: str) -> None:
        unique, count = name, 1
        while unique in self._used:
            count += 1
            unique = f"{name}-{count}"
        self._used.add(unique)
        self._section = (unique, stored_title(title))
        self._parent = parent
        self._in_contents = self._in_figure = False
        self._last_item = 0

    def _contents_row(self, words: str, kind: str) -> str:
        match = _CONTENTS_ROW.match(words.replace("\t", " "))
        if match is None:
            self._in_contents = False
            return kind
        self._contents[squeezed(match["title"])] = match["number"] or ""
        return "contents"


def _parts(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))
