"""Pieces that belong together although something stands between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from stikg.passages.blocks import Block
from stikg.passages.sentences import (
    begins_inside,
    begins_with_digit,
    demands_more,
    is_address,
    is_open,
)
from stikg.passages.titles import is_notes_section

_PASSED: Final = frozenset(
    {"footnote", "caption", "source-note", "running-header", "figure-text", "table-row"}
)
_FARTHEST: Final = 14
_MOST_PARAGRAPHS: Final = 4
_GLUED_TO_NOTE: Final = re.compile(r"</[a-z]+>[ \t]+(?=[a-z])")
_PULL_QUOTE: Final = re.compile(
    r"(?<=[^\W_])[ \t]+(?=[\"\u201c][A-Z][^\"\u201c\u201d]*[.!?][\"\u201d]\Z)"
)
_UPPER_LINE: Final = re.compile(r"[^a-z]*[A-Z][^a-z]*\Z")


def joined(blocks: Sequence[Block], text: str) -> list[Block]:
    """Return the blocks with broken ones made whole, in the order of their first pieces."""
    done: list[Block] = []
    for block in blocks:
        for piece in _unglued(block, done, text):
            index = _home(piece, done, text)
            if index is None and _is_inner(piece, text):
                index = _behind_pull_quote(done, text)
            if index is None:
                done.append(piece)
            else:
                done[index] = done[index].extended(piece.parts[0], text)
    return done


def _unglued(block: Block, done: Sequence[Block], text: str) -> list[Block]:
    """Split body text off a footnote behind which the converter glued it."""
    if block.kind != "footnote":
        return [block]
    start, end = block.parts[-1]
    glued = [match.end() for match in _GLUED_TO_NOTE.finditer(text, start, end)]
    if not glued or _open_body(done, text) is None:
        return [block]
    note_end = start + len(text[start : glued[-1]].rstrip())
    rest = replace(block, kind="paragraph", parts=((glued[-1], end),), label="")
    return [replace(block, parts=((start, note_end),)), rest]


def _home(block: Block, done: Sequence[Block], text: str) -> int | None:
    """Return the index of the block that this one continues, if there is one."""
    if not done:
        return None
    words = block.words(text)
    last = done[-1]
    if last.kind in {"footnote", "source-note"} and _continues_address(words, last.words(text)):
        return len(done) - 1
    if last.kind == "caption" and block.kind in {"paragraph", "heading", "figure-text"}:
        upper = _UPPER_LINE.match(words) and _UPPER_LINE.match(last.words(text))
        if upper and demands_more(last.words(text)):
            return len(done) - 1
    if block.kind != "paragraph":
        return None
    if is_notes_section(block.section_title):
        return len(done) - 1 if done[-1].kind in {"endnote", "list-item"} else None
    return _open_body(done, text) if _is_inner(block, text) else _demanding_body(done, text)


def _continues_address(words: str, before: str) -> bool:
    """Tell whether a line is an address that the note before it announces or breaks off."""
    first = words.split(" ")[0]
    if before.endswith(":"):
        return is_address(first)
    broken = is_address(before.rpartition(" ")[2]) and before[-1] in "-_=&/"
    return broken and " " not in words and any(sign in words for sign in "/#=?&%_")


def _is_inner(block: Block, text: str) -> bool:
    words = block.words(text)
    return block.kind == "paragraph" and (begins_inside(words) or begins_with_digit(words))


def _open_body(done: Sequence[Block], text: str) -> int | None:
    """Return the nearest paragraph or list item whose sentence has not ended."""
    closed = 0
    for index in range(len(done) - 1, max(-1, len(done) - _FARTHEST), -1):
        block = done[index]
        if block.kind in {"paragraph", "list-item"}:
            if is_open(block.words(text)):
                return index
            closed += 1
        elif block.kind not in _PASSED:
            return None
        if closed > _MOST_PARAGRAPHS:
            return None
    return None


def _demanding_body(done: Sequence[Block], text: str) -> int | None:
    """Return the last paragraph if it ends with a word that cannot end a sentence."""
    for index in range(len(done) - 1, max(-1, len(done) - _FARTHEST), -1):
        block = done[index]
        if block.kind in {"paragraph", "list-item"}:
            return index if demands_more(block.words(text)) else None
        if block.kind not in _PASSED:
            return None
    return None


def _behind_pull_quote(done: list[Block], text: str) -> int | None:
    """Part a pull quote from the unfinished paragraph it was glued to; return the paragraph."""
    for index in range(len(done) - 1, max(-1, len(done) - _FARTHEST), -1):
        block = done[index]
        if block.kind not in _PASSED | {"paragraph"}:
            return None
        match = _PULL_QUOTE.search(block.words(text)) if block.kind == "paragraph" else None
        if match:
            start, end = block.parts[-1]
            body = replace(block, parts=(*block.parts[:-1], (start, start + match.start())))
            quote = replace(block, parts=((start + match.end(), end),))
            done[index : index + 1] = [body, quote]
            return index
    return None
