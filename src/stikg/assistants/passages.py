"""The passages that an answer rests on, each with its document and section."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from stikg.assistants.asking import select
from stikg.results import Row
from stikg.store import Store
from stikg.terms import BASE, IRI, Literal, Term, Triple, compress

EACH: Final = 2
"""Passages that are named for a thing which an answer only mentions."""

MOST_THINGS: Final = 20
"""Things of such an answer for which passages are named."""

_DOCUMENTS: Final = f"{BASE}document/"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage: where it is; ``about`` are the things for which it is named, if not all rows."""

    iri: IRI
    document: IRI | None = None
    document_label: str = ""
    section: str = ""
    section_title: str = ""
    kind: str = ""
    start: int | None = None
    end: int | None = None
    about: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Return document and section as people cite them."""
        title = f" “{self.section_title}”" if self.section_title else ""
        section = f"section {self.section}{title}" if self.section else ""
        return ", ".join(part for part in (self.document_label, section, self.kind) if part)

    def to_json(self) -> dict[str, Any]:
        """Return the passage as JSON values, without what is not known."""
        document = self.document and {"iri": self.document.value, "label": self.document_label}
        values = {
            "iri": self.iri.value,
            "curie": compress(self.iri.value).strip("<>"),
            "document": document,
            "section": self.section,
            "sectionTitle": self.section_title,
            "kind": self.kind,
            "start": self.start,
            "end": self.end,
            "about": list(self.about),
        }
        return {key: value for key, value in values.items() if value not in (None, "", [])}


def cited(rows: Iterable[Row]) -> list[IRI]:
    """Return the IRIs of rows that may be passages or readings of passages, each once."""
    cells = (cell for row in rows for cell in row)
    found = (cell for cell in cells if isinstance(cell, IRI) and _within_document(cell))
    return list(dict.fromkeys(found))


def describe(store: Store, graphs: Sequence[IRI]) -> list[Passage]:
    """Return the passages among IRIs, or those that the IRIs are readings of, in reading order.

    :raises InputError: as the store does.
    """
    if not graphs:
        return []
    found: dict[IRI, Passage] = {}
    for row in select(store, "passages", {"graph": graphs}).rows:
        passage = _passage(row)
        if passage is not None:
            found.setdefault(passage.iri, passage)
    return list(found.values())


def mentioning(store: Store, things: Sequence[IRI]) -> list[Passage]:
    """Return some passages that mention things, for answers that cite none themselves.

    :raises InputError: as the store does.
    """
    if not things:
        return []
    chosen: dict[Term, list[Term]] = {}
    for thing, passage in select(store, "mentioning", {"thing": things[:MOST_THINGS]}).rows:
        if thing is not None and passage is not None:
            chosen.setdefault(thing, []).append(passage)
    about: dict[Term, list[str]] = {}
    for thing, passages in chosen.items():
        for passage in passages[:EACH]:
            about.setdefault(passage, []).append(str(thing))
    described = describe(store, [iri for iri in about if isinstance(iri, IRI)])
    return [_named(passage, about.get(passage.iri, [])) for passage in described]


def stating(store: Store, triples: Sequence[Triple]) -> list[Passage]:
    """Return the passages that make statements.

    :raises InputError: as the store does.
    """
    subjects = list(dict.fromkeys(t[0] for t in triples if isinstance(t[0], IRI)))
    if not subjects:
        return []
    wanted = set(triples)
    rows = select(store, "stating", {"subject": subjects}).rows
    found = (row[3] for row in rows if row[:3] in wanted)
    return describe(store, list(dict.fromkeys(iri for iri in found if isinstance(iri, IRI))))


def things(rows: Iterable[Row]) -> list[IRI]:
    """Return the things of ours in rows, each once; documents and passages are none."""
    found = (cell for row in rows for cell in row if isinstance(cell, IRI) and _is_thing(cell))
    return list(dict.fromkeys(found))


def _is_thing(iri: IRI) -> bool:
    return iri.value.startswith(BASE) and not iri.value.startswith(
        (_DOCUMENTS, f"{BASE}ontology/", f"{BASE}graph/")
    )


def _within_document(iri: IRI) -> bool:
    return iri.value.startswith(_DOCUMENTS) and "/" in iri.value.removeprefix(_DOCUMENTS)


def _named(passage: Passage, about: Sequence[str]) -> Passage:
    from dataclasses import replace

    return replace(passage, about=tuple(about))


def _passage(row: Row) -> Passage | None:
    _, iri, document, label, section, title, kind, start, end = row
    if not isinstance(iri, IRI):
        return None
    return Passage(
        iri=iri,
        document=document if isinstance(document, IRI) else None,
        document_label=_text(label or document),
        section=_text(section),
        section_title=_text(title),
        kind=_text(kind),
        start=_number(start),
        end=_number(end),
    )


def _text(term: Term | None) -> str:
    return "" if term is None else str(term)


def _number(term: Term | None) -> int | None:
    value = term.to_python() if isinstance(term, Literal) else None
    return value if isinstance(value, int) else None
