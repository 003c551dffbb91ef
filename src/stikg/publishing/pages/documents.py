"""The page of the documents: of what they consist, and how much of them the graph holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from stikg.publishing.pages.facts import Facts
from stikg.publishing.pages.markdown import (
    bullets,
    clip,
    heading,
    link,
    page,
    table,
    text,
)
from stikg.results import Table
from stikg.results.display import plain_text
from stikg.terms import Term

_INTRODUCTION: Final = """\
The documents whose statements the graph holds. Their sentences belong to their publishers and are
not here. "Stated" counts the passages that make a statement, "silent" those of which the graph says
why they make none; statements are counted once for each passage that makes them."""
_COLUMNS: Final = (
    "document",
    "documentLabel",
    "publisherLabel",
    "issued",
    "passages",
    "statements",
)
_OVERVIEW: Final = ("document", "title", "publisher", "issued", "passages", "statements")
_HEADS: Final = ("section", "title", "passages", "stated", "silent", "statements")
_NUMBERS: Final = frozenset({"passages", "stated", "silent", "statements"})


@dataclass
class _Counted:
    """What is counted of a document's passages; sections in the order of the document."""

    kinds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    titles: dict[str, str] = field(default_factory=dict)
    silent: Counter[str] = field(default_factory=Counter)


def documents_page(facts: Facts, documents: Table, coverage: Table) -> str:
    """Return docs/documents.md from the answers of the questions ``documents`` and ``coverage``."""
    rows = list(zip(*(documents.column(name) for name in _COLUMNS), strict=True))
    overview = [
        (link(_name(row[0]), f"#{_name(row[0])}"), *(text(plain_text(term)) for term in row[1:]))
        for row in rows
    ]
    parts = [table(_OVERVIEW, overview, numbers=_NUMBERS)]
    parts += [_section(facts, row, coverage) for row in rows]
    return page("Documents", _INTRODUCTION, parts)


def _section(facts: Facts, row: Sequence[Term | None], coverage: Table) -> str:
    document, title, publisher, issued, *_ = row
    counted = _count(facts, document)
    about = [
        ("IRI", f"<{document}>"),
        ("Publisher", text(plain_text(publisher))),
        ("Issued", text(plain_text(issued))),
        ("Passages by kind", _listed(counted.kinds)),
        ("Passages without a statement", _listed(counted.reasons)),
    ]
    order = list(counted.titles)
    sections = sorted(_covered(coverage, document), key=lambda cells: order.index(cells[0]))
    rows = [
        (text(name), text(clip(counted.titles.get(name, ""))), passages, stated,
         str(counted.silent[name]), statements)
        for name, passages, stated, statements in sections
    ]  # fmt: skip
    return "\n".join(
        [
            heading(2, _name(document)),
            f"**{text(plain_text(title))}**\n",
            bullets(about),
            table(_HEADS, rows, numbers=_NUMBERS),
        ]
    )


def _count(facts: Facts, document: Term | None) -> _Counted:
    counted = _Counted()
    parts = facts.subjects("dcterms:isPartOf", document) if document is not None else ()
    passages = [part for part in parts if facts.values(part, "sti:order")]
    for passage in sorted(passages, key=lambda term: int(facts.value(term, "sti:order"))):
        section = facts.value(passage, "sti:section")
        counted.titles.setdefault(section, facts.value(passage, "sti:sectionTitle"))
        counted.kinds.update(facts.label(kind) for kind in facts.values(passage, "sti:passageKind"))
        reasons = facts.values(passage, "sti:silentAs")
        counted.reasons.update(facts.label(reason) for reason in reasons[:1])
        counted.silent[section] += bool(reasons)
    return counted


def _covered(coverage: Table, document: Term | None) -> Iterable[tuple[str, ...]]:
    """Yield section, passages, stated and statements of a document."""
    names = ("document", "section", "passages", "stated", "statements")
    for term, *cells in zip(*(coverage.column(name) for name in names), strict=True):
        if term == document:
            yield tuple(map(plain_text, cells))


def _name(document: Term | None) -> str:
    """Return the local name of a document."""
    return str(document).rpartition("/")[2]


def _listed(counted: Counter[str]) -> str:
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{number} {text(name)}" for name, number in ordered)
