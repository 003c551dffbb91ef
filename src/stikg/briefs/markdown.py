"""A brief as Markdown, with its drawings in files beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stikg.briefs.citing import cited, document_name
from stikg.briefs.model import Brief, Row, Section


def to_markdown(brief: Brief, pictures: Sequence[str] = ()) -> str:
    """Return a brief as CommonMark with tables; ``pictures`` are the names of its files."""
    parts = [f"# {_plain(brief.title)}\n", f"{brief.about}\n"]
    for picture, name in zip(brief.pictures, pictures, strict=False):
        parts.append(f"![{_plain(picture.alt)}]({name})\n\n*{_plain(picture.caption)}*\n")
    parts += [_section(section) for section in brief.sections]
    parts.append("## Documents\n\n" + "".join(
        f"- `{document_name(iri)}`: [{_plain(title)}]({iri.value})\n"
        for iri, title in brief.documents))  # fmt: skip
    return "\n".join(parts)


def _section(section: Section) -> str:
    heads = [*section.heads, "Passages"]
    lines = [
        f"## {_plain(section.heading)}\n",
        f"| {' | '.join(map(_plain, heads))} |",
        f"|{'---|' * len(heads)}",
        *(f"| {' | '.join([*map(_plain, row.cells), _cited(row)])} |" for row in section.rows),
        "",
    ]
    if section.note:
        lines += [_plain(section.note), ""]
    if section.omitted:
        more = f"{section.omitted} more"
        lines += [f"{more}: `{section.command}`" if section.command else f"{more}.", ""]
    return "\n".join(lines)


def _cited(row: Row) -> str:
    passages, words = cited(row)
    links = ", ".join(f"[{name}]({iri})" for name, iri in passages)
    return f"{links} {words}".strip()


def _plain(text: str) -> str:
    r"""Return text that Markdown takes as text.

    >>> print(_plain("a | *b* <i>"))
    a \| \*b\* \<i>
    """
    return re.sub(r"([\\`*_\[\]<|])", r"\\\1", " ".join(text.split()))
