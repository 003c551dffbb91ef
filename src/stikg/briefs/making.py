"""A brief of a thing: the questions of its kind, asked and brought together."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from stikg.briefs.grouping import Record, gather, records
from stikg.briefs.model import Brief, Section
from stikg.briefs.panels import KINDS, PAIRS, PANELS, TOLD, Panel
from stikg.briefs.partners import possible_partners
from stikg.briefs.pictures import pictures_of
from stikg.dataset import Dataset
from stikg.dataset.thing import Thing
from stikg.errors import InputError
from stikg.results.display import shown_text
from stikg.terms import IRI, Literal, Term, expand

_SILENT: Final = frozenset(
    expand(name)
    for name in ("rdf:type", "sti:mentionedIn", "sti:mentions", "sti:involvedIn", "sti:involves",
                 "skos:prefLabel", "sti:label")
)  # fmt: skip
_FACTS: Final = 9
_SEVERITIES: Final = ("error", "warning", "info")
_CONTRADICTIONS: Final = 5


def make_brief(dataset: Dataset, name: str, *, partner: str | None = None) -> Brief:
    """Return what the documents say of a thing, and of it together with a partner.

    Sections without a line are left out.

    :raises UnknownName: if one of the names names nothing.
    :raises AmbiguousName: if it names several things.
    :raises InputError: if the partner is the thing itself, or nothing joins their kinds.
    """
    thing = dataset.show(name)
    kind = kind_of(thing)
    other = dataset.show(partner) if partner is not None else None
    pairs = _pairs(dataset, thing, other, kind) if other is not None else []
    told = {panel.question for panel, section in pairs if section.rows and panel.by != "area"}
    found = [
        (panel, _rows(dataset, panel, thing.iri))
        for panel in PANELS.get(kind, ())
        if panel.question not in told
    ]
    sections = [_facts(thing, kind), *(section for _, section in pairs)]
    sections += [_section(panel, rows, _command(panel, thing.label)) for panel, rows in found]
    if other is None and kind == "territory":
        links = records(dataset.query("country-technology-links"))
        sections.append(possible_partners(links, thing.iri))
    about = [thing.iri, *([other.iri] if other is not None else [])]
    sections.append(_contradictions(dataset, about, _told(found)))
    kept = tuple(section for section in sections if section.rows)
    return Brief(
        title=thing.label if other is None else f"{thing.label} with {other.label}",
        kind=kind or "thing",
        iri=thing.iri,
        sections=kept,
        pictures=tuple(pictures_of(dataset, thing, kind)),
        documents=_documents(dataset, kept),
        version=str(dataset.manifest.get("version", "")),
    )


def kind_of(thing: Thing) -> str:
    """Return the kind of brief for a thing: a key of ``PANELS``, or "" for what is none of them."""
    types = {item.value for item in thing.types}
    return next((kind for name, kind in KINDS if expand(name).value in types), "")


def _facts(thing: Thing, kind: str) -> Section:
    """Return what is stated of the thing itself and not told by a panel of its kind."""
    silent = _SILENT | {expand(name) for name in TOLD.get(kind, ())}
    rows = [
        record for record in records(thing.statements)
        if record["subject"] == thing.iri and record["property"] not in silent
        and record["origin"] in (Literal("stated"), Literal("read"))
    ]  # fmt: skip
    lines = gather(rows, ("{property}",), "{value}")
    return Section(
        heading="What the documents say",
        heads=("Statement", "Value"),
        rows=tuple(lines[:_FACTS]),
        omitted=max(0, len(lines) - _FACTS),
        command=f"stikg show {_quoted(thing.label)}",
    )


def _rows(dataset: Dataset, panel: Panel, thing: IRI) -> list[dict[str, Term | None]]:
    given = {panel.by: thing.value} if panel.by else {}
    found = records(dataset.query(panel.question, **given))
    if panel.by:
        return found
    return [row for row in found if thing in [row.get(column) for column in panel.touching]]


def _section(panel: Panel, rows: Iterable[Record], command: str) -> Section:
    head, joined = panel.joined
    lines = gather(rows, [pattern for _, pattern in panel.keys], joined)
    lines = [line for line in lines if not joined or line.cells[-1]]
    if panel.fullest:
        lines.sort(key=lambda line: -line.cells[-1].count(";"))
    heads = [name for name, _ in panel.keys] + ([head] if joined else [])
    return _without_empty_columns(
        Section(
            heading=panel.heading,
            heads=tuple(heads),
            rows=tuple(lines[: panel.most]),
            omitted=max(0, len(lines) - panel.most),
            command=command,
            note=panel.note,
        )
    )


def _without_empty_columns(section: Section) -> Section:
    kept = [
        index
        for index in range(len(section.heads))
        if any(row.cells[index] for row in section.rows)
    ]
    return replace(
        section,
        heads=tuple(section.heads[index] for index in kept),
        rows=tuple(
            replace(row, cells=tuple(row.cells[index] for index in kept)) for row in section.rows
        ),
    )


def _pairs(dataset: Dataset, thing: Thing, other: Thing, kind: str) -> list[tuple[Panel, Section]]:
    """Return what two things of a kind have in common, each line with the passages of both."""
    if thing.iri == other.iri:
        raise InputError(f"{thing.label} is the thing itself", remedy="name another with --with")
    if kind not in PAIRS or kind_of(other) != kind:
        able = ", ".join(sorted(PAIRS))
        raise InputError(
            f"a brief of {thing.label} with {other.label} has nothing to compare",
            remedy=f"name two of the same kind: {able}",
        )
    sections = []
    for common, panel in PAIRS[kind]:
        mine, theirs = (_rows(dataset, panel, item.iri) for item in (thing, other))
        if panel.touching:
            rows = [row for row in mine if row[common] == other.iri]
            rows += [row for row in theirs if row[common] == thing.iri]
        else:
            shared = {row[common] for row in mine} & {row[common] for row in theirs}
            rows = [row for row in [*mine, *theirs] if row[common] in shared]
        sections.append((panel, _section(panel, rows, _command(panel, thing.label))))
    return sections


def _told(found: Iterable[tuple[Panel, Iterable[Record]]]) -> set[Term]:
    """Return the things that head the lines of sections."""
    columns = ((panel.keys[0][1].strip("{}"), rows) for panel, rows in found)
    return {term for column, rows in columns for row in rows
            if isinstance(term := row.get(column), IRI)}  # fmt: skip


def _contradictions(dataset: Dataset, about: Sequence[IRI], named: set[Term]) -> Section:
    """Return where the documents disagree about things, and about what a brief tells of them.

    Those about the things themselves come first, then the gravest; small matters only of the things
    themselves.
    """
    found = [
        (row["subject"] not in about, _SEVERITIES.index(shown_text(row["severity"])), row)
        for row in records(dataset.query("contradictions"))
        if row["subject"] in about
        or (row["subject"] in named and row["severity"] != Literal("info"))
    ]
    found.sort(key=lambda item: item[:2])
    keys = [f"{{{column}}}" for column in ("subject", "note")]
    lines = gather((row for *_, row in found), [*keys, "{valueA}[; {valueB}]"])
    return Section(
        heading="Where the documents disagree",
        heads=("About", "How", "Values"),
        rows=tuple(lines[:_CONTRADICTIONS]),
        omitted=max(0, len(lines) - _CONTRADICTIONS),
        command="stikg query contradictions",
    )


def _command(panel: Panel, label: str) -> str:
    option = f" --{panel.by} {_quoted(label)}" if panel.by else ""
    return f"stikg query {panel.question}{option}"


def _quoted(label: str) -> str:
    return label if re.fullmatch(r"\w+", label) else shlex.quote(label)


def _documents(dataset: Dataset, sections: Iterable[Section]) -> tuple[tuple[IRI, str], ...]:
    cited = {
        document_of(passage) for section in sections for row in section.rows
        for passage in row.passages
    }  # fmt: skip
    titles = {
        row["document"]: shown_text(row["document"], row["documentLabel"])
        for row in records(dataset.query("documents"))
    }
    return tuple((iri, titles.get(iri, "")) for iri in sorted(cited, key=lambda iri: iri.value))


def document_of(passage: IRI) -> IRI:
    """Return the document of a passage.

    >>> document_of(IRI("https://w3id.org/stikg/document/uuki-2022/2.1-p5")).value
    'https://w3id.org/stikg/document/uuki-2022'
    """
    return IRI(passage.value.rpartition("/")[0])
