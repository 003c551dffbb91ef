"""A document's text cut into passages."""

from __future__ import annotations

from dataclasses import replace

from stikg.passages.blocks import Block, blocks_of
from stikg.passages.headings import with_sections
from stikg.passages.joining import joined
from stikg.passages.model import Passage
from stikg.passages.naming import names_of
from stikg.passages.notes import with_endnotes
from stikg.passages.tables import tables_of
from stikg.passages.tokens import located_tokens


def segment(text: str) -> tuple[Passage, ...]:
    r"""Return the passages of a document in reading order.

    Every character that is not white space belongs to exactly one passage. The text is taken as
    converters make it from a PDF: a line per paragraph, list item or table row (cells parted by
    tabs), blank lines, footnotes and page marks wherever a page ended.

    >>> [p.name for p in segment("1. Aims\n\nWe fund\n\n¹ Note.\n\nresearch.\n\n- one\n")]
    ['1-h', '1-p1', 'fn1', '1-l1']
    >>> segment("")
    ()
    """
    blocks = with_endnotes(joined(with_sections(blocks_of(text), text), text), text)
    blocks = [_wordless_as_header(block, text) for block in blocks]
    tables = tables_of(blocks)
    names = names_of(blocks, tables)
    return tuple(
        Passage(
            name=names[index],
            kind=block.kind,
            section=block.section,
            section_title=block.section_title,
            order=index + 1,
            parts=block.parts,
            page=block.page,
            table=_name_of(names, tables.get(index)),
            mark=block.mark,
        )
        for index, block in enumerate(blocks)
    )


def _wordless_as_header(block: Block, text: str) -> Block:
    wordless = not any(located_tokens(text[start:end]) for start, end in block.parts)
    return replace(block, kind="running-header") if wordless else block


def _name_of(names: list[str], index: int | None) -> str | None:
    return None if index is None else names[index]
