"""Lines of a text and the blocks they make before sections and tables are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from stikg.passages.model import Span
from stikg.passages.tokens import LATEX_MARK, SUPERSCRIPT_DIGITS, located_tokens

_SUPERSCRIPTS: Final = str.maketrans(SUPERSCRIPT_DIGITS, "0123456789")
_PAGE: Final = re.compile(
    r"(?:page[_ ]*(?P<a>\d{1,4})(?: ?(?:of|/) ?\d{1,4})?|(?P<b>\d{1,4}) ?\| ?page"
    r"|[-\u2013]? ?(?P<c>\d{1,4}) ?[-\u2013]?)\Z",
    re.IGNORECASE,
)
_MARKDOWN_HEADING: Final = re.compile(r"#{1,6}[ \t]+\S")
_FOOTNOTE: Final = re.compile(rf"(?P<plain>[{SUPERSCRIPT_DIGITS}]+)|(?P<latex>{LATEX_MARK})")
_CAPTION: Final = re.compile(
    r"(?P<word>table|figure|fig\.?|box|chart|map)[ \t]+(?P<number>[A-Z]?\d+(?:[.-]\d+)*)"
    r"(?P<colon>[ \t]*[:.|\u2013\u2014-])?[ \t]+(?P<rest>\S.*)\Z",
    re.IGNORECASE,
)
_SOURCE_NOTE: Final = re.compile(r"[*_]*(?:sources?|notes?|source and notes?)[*_]*:", re.IGNORECASE)
_LEADER: Final = re.compile(r".*\S ?(?:\. ?){4,}\d{1,4}\Z")
_LIST_ITEM: Final = re.compile(
    r"(?:[-*\u2022\u2023\u25aa\u25cf\u25e6\u00b7\u2013\u2713\u2714]"
    r"|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2}(?:-\d{1,2})?)\))[ \t]+\S"
)
_ORDINAL: Final = re.compile(r"(?P<number>\d{1,2})\.[ \t]+\S")
_SENTENCE_END: Final = ".!?"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the white space around it."""

    start: int
    end: int
    tabs: int
    blank_before: bool
    blank_after: bool
    form_feeds: int


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a text on its way to a passage.

    ``kind`` is a passage kind, or ``text`` while it is open whether it is a paragraph or a heading.
    ``label`` is the printed number of a note, table or figure; ``page`` the known page.
    """

    kind: str
    parts: tuple[Span, ...]
    isolated: bool = False
    label: str = ""
    tabs: int = 0
    page: int | None = None
    section: str = ""
    section_title: str = ""
    mark: Span | None = None

    def words(self, text: str) -> str:
        """Return the text of the last part."""
        start, end = self.parts[-1]
        return text[start:end]

    def extended(self, span: Span, text: str) -> Block:
        """Return the block with another piece behind; pieces parted by white space become one."""
        start, end = self.parts[-1]
        if span[0] >= end and not text[end : span[0]].strip():
            return replace(self, parts=(*self.parts[:-1], (start, span[1])))
        return replace(self, parts=(*self.parts, span))


def lines_of(text: str) -> list[Line]:
    """Return the lines that are not blank."""
    found: list[Line] = []
    position = form_feeds = 0
    blank = True
    for raw in re.split(r"(?<=[\n\f])", text):
        stripped = raw.strip()
        if stripped:
            start = position + raw.index(stripped[0])
            end = start + len(stripped)
            found.append(Line(start, end, raw.rstrip("\n").count("\t"), blank, True, form_feeds))
            blank = False
        else:
            blank = True
        form_feeds += raw.count("\f")
        position += len(raw)
    last_of_all = len(found) - 1
    return [
        replace(line, blank_after=number == last_of_all or found[number + 1].blank_before)
        for number, line in enumerate(found)
    ]


def blocks_of(text: str) -> list[Block]:
    """Return the blocks of a text in reading order, by what each line looks like."""
    blocks: list[Block] = []
    paged = "\f" in text
    for line in lines_of(text):
        for block in _blocks_of_line(line, text):
            page = line.form_feeds + 1 if paged else block.page
            if blocks and not line.blank_before and _continues(blocks[-1], block):
                blocks[-1] = replace(blocks[-1].extended(block.parts[0], text), isolated=False)
            else:
                blocks.append(replace(block, page=page))
    return blocks


def _continues(previous: Block, block: Block) -> bool:
    return block.kind == "text" and previous.kind in {
        "text", "list-item", "footnote", "source-note", "caption",
    }  # fmt: skip


def _blocks_of_line(line: Line, text: str) -> Iterator[Block]:
    span = (line.start, line.end)
    words = text[line.start : line.end]
    isolated = line.blank_before and line.blank_after
    caption = _CAPTION.match(words)
    page = _PAGE.match(words)
    if line.tabs:
        yield Block("table-row", (span,), tabs=line.tabs)
    elif page and isolated:
        number = int(page["a"] or page["b"] or page["c"])
        yield Block("running-header", (span,), page=number or None)
    elif not located_tokens(words):
        yield Block("running-header", (span,))
    elif _MARKDOWN_HEADING.match(words):
        yield Block("heading", (span,), isolated=True)
    elif _FOOTNOTE.match(words):
        yield from _footnotes(line, text)
    elif caption and _is_caption(caption):
        kind = "t" if caption["word"].lower() == "table" else caption["word"][0].lower()
        yield Block("caption", (span,), label=kind + caption["number"].lower())
    elif _SOURCE_NOTE.match(words):
        yield Block("source-note", (span,))
    elif _LEADER.match(words):
        yield Block("contents", (span,))
    elif _LIST_ITEM.match(words) or (ordinal_of(words) and not isolated):
        yield Block("list-item", (span,))
    else:
        yield Block("text", (span,), isolated=isolated)


def ordinal_of(words: str) -> int:
    """Return the number of an item of a numbered list, or 0.

    >>> ordinal_of("3. Equity"), ordinal_of("3.1 Equity")
    (3, 0)
    """
    match = _ORDINAL.match(words)
    return int(match["number"]) if match else 0


def _is_caption(match: re.Match[str]) -> bool:
    """Tell a caption from a sentence that begins with the name of a figure."""
    if match["colon"] or match["word"].isupper():
        return True
    return match["rest"][0].isupper() and match["rest"][-1] not in _SENTENCE_END


def _footnotes(line: Line, text: str) -> Iterator[Block]:
    """Split a line of footnotes: the next one begins where the next number stands free."""
    start, position = line.start, line.start
    number = None
    while position < line.end:
        match = _FOOTNOTE.search(text, position, line.end)
        if match is None:
            break
        this = _number(match)
        free = match.start() == line.start or text[match.start() - 1].isspace()
        if number is None:
            number = this
        elif free and this == number + 1:
            end = start + len(text[start : match.start()].rstrip())
            yield Block("footnote", ((start, end),), label=str(number))
            start, number = match.start(), this
        position = match.end()
    yield Block("footnote", ((start, line.end),), label=str(number))


def _number(match: re.Match[str]) -> int:
    digits = re.sub(r"\D", "", match.group().translate(_SUPERSCRIPTS))
    return int(digits) if digits else 0
