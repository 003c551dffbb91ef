"""Whether the graph has every number that a passage prints.

The converse of grounding: each number of a passage has to occur in what the passage states or is
read to state (values, years, sizes, dates), or in the name of a thing it states something of
("Horizon 2020", "Table 4.1"). Numbers that count nothing are known by their place and have a
reason: marks of notes and lists, numbers of sections and pages, addresses, identifiers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from stikg.evidence.description import DescribedPassage
from stikg.evidence.numerals import Numeral, numbers_in, numerals_in
from stikg.evidence.wording import plain
from stikg.terms import IRI, Literal, Quad, Term, expand

_READING: Final = "/reading"
_NAMING: Final = frozenset(
    expand(name)
    for name in (
        "skos:prefLabel", "skos:altLabel", "sti:acronym", "dcterms:title", "skos:notation",
        "sti:number",
    )
)  # fmt: skip
_NUMBERED: Final = re.compile(r"/(?:figure|table)/")

_MARKS: Final = re.compile(r"\$\^\{.*?\}\$|[\u00b2\u00b3\u00b9\u2070-\u2079]+")
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)\S+|\S*%[0-9A-F]{2}\S*|\S+\.(?:pdf|html?|xlsx?)\b"
)
_IDENTIFIER: Final = re.compile(r"\b10\.\d{4,}/\S+")
_TELEPHONE: Final = re.compile(r"\+\d[\d\s()]+")
_REFERENCE: Final = re.compile(
    r"\b(?:figures?|tables?|sections?|chapters?|steps?|annexe?s?|pages?|pp?\.)\s*[\d.]+"
    r"(?:(?:,| and| to|\s?[-\u2013])\s*[\d.]+)*",
    re.IGNORECASE,
)
_ORDINAL: Final = re.compile(r"^[\s\-\u2022*]*\(?\d+(?:[-.]\d+)*[.)]|(?<=\s)\d\)(?=\s)")

REASONS: Final = (
    ("mark of a note", _MARKS),
    ("web address", _ADDRESS),
    ("identifier", _IDENTIFIER),
    ("telephone", _TELEPHONE),
    ("reference", _REFERENCE),
    ("mark of a list", _ORDINAL),
)
"""Reason why a number counts nothing, and the form of the text in which it stands."""

PLACES: Final = {"contents": "table of contents", "running-header": "number of a page"}
"""Kinds of passages whose numbers count nothing, with the reason."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A number that a passage prints and the graph does not have for it; ``reason`` may be ""."""

    passage: str
    number: str
    around: str
    reason: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many numbers all passages print, how many of them the graph has, and the others."""

    printed: int
    stated: int
    others: tuple[Printed, ...]


def count_numbers(
    passages: Sequence[DescribedPassage], quads: Iterable[Quad], texts: Mapping[str, str]
) -> Count:
    """Look in the graph for each number that the passages print.

    ``quads`` are claims with the names of things; ``texts`` has the words by passage. Passages
    without a text are left out.
    """
    stated = _stated(list(quads))
    printed = 0
    others: list[Printed] = []
    for passage in passages:
        text = plain(texts.get(passage.iri, ""))
        known = stated.get(passage.iri, frozenset())
        for numeral in numerals_in(text):
            printed += 1
            if not numeral.values & known:
                around = " ".join(text[max(0, numeral.start - 40) : numeral.end + 40].split())
                reason = _reason(passage, text, numeral)
                others.append(Printed(passage.iri, numeral.text, around, reason))
    return Count(printed, printed - len(others), tuple(others))


def _stated(quads: Sequence[Quad]) -> dict[str, frozenset[Decimal]]:
    """Return the numbers of the statements and names of each passage, by the passage's IRI."""
    names: dict[Term, set[Decimal]] = {}
    for subject, predicate, value, _ in quads:
        if predicate in _NAMING:
            names.setdefault(subject, set()).update(numbers_in(str(value)))
    found: dict[str, set[Decimal]] = {}
    for subject, _, value, graph in quads:
        numbers = found.setdefault(str(graph).removesuffix(_READING), set())
        for term in (subject, value):
            numbers.update(_numbers_of(term), names.get(term, ()))
    return {passage: frozenset(numbers) for passage, numbers in found.items()}


def _numbers_of(term: Term) -> Iterable[Decimal]:
    if isinstance(term, Literal):
        try:
            return (*numbers_in(term.value), abs(Decimal(term.value)))
        except InvalidOperation:
            return numbers_in(term.value)
    if isinstance(term, IRI) and _NUMBERED.search(term.value):
        return numbers_in(re.sub("[a-z]", " ", term.value.rpartition("/")[2]))
    return ()


def _reason(passage: DescribedPassage, text: str, numeral: Numeral) -> str:
    """Return why a number counts nothing, or ""."""
    if passage.kind in PLACES:
        return PLACES[passage.kind]
    _, numbered, title = text.partition(passage.section)
    if passage.kind == "heading" and numbered and numeral.end <= len(text) - len(title):
        return "number of a section"
    if passage.kind in {"footnote", "endnote"} and numeral.text in passage.name:
        return "mark of a note"
    for reason, form in REASONS:
        if any(m.start() <= numeral.start and numeral.end <= m.end() for m in form.finditer(text)):
            return reason
    return ""
