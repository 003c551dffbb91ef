"""Whether a passage says what the graph says it states: its names, its numbers, and nothing else.

A statement of a passage is grounded when what it names is named, and what it counts is counted, in
the words of the passage or of what is said with it: its headings, the caption and header of its
table, the paragraph before it. Readings are not asked: their reason stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from stikg.evidence.context import Context, contexts
from stikg.evidence.description import DescribedPassage
from stikg.evidence.numerals import numbers_in
from stikg.terms import BASE, IRI, XSD, Literal, Quad, Term, expand

NAMED: Final = frozenset(
    {
        "agency", "organisation", "programme", "fund", "platform", "centre", "strategy", "report",
        "agreement", "event", "territory", "group", "technology", "technology-group", "theme",
        "discipline", "sector",
    }
)  # fmt: skip
"""Kinds of things that documents call by a name.

All others are exempt. Coded by the encoder: concept, rationale, criterion, principle, motivation,
instrument, indicator, unit, stage, kind. Named in the encoder's own words: goal, target, amount,
observation, trend, link, enumeration. Known by place or number: document, passage, figure, table.
"""

COMMON: Final = frozenset({"technology", "technology-group", "theme", "discipline", "sector"})
"""Named kinds whose names are common nouns, which lists abridge: "solar and wind power"."""

DOCUMENTS: Final = frozenset({"report", "strategy"})
"""Named kinds that a note may also give by their web address alone."""

_LABELS: Final = frozenset(
    expand(name) for name in ("skos:prefLabel", "skos:altLabel", "sti:acronym", "dcterms:title")
)
_QUOTED: Final = frozenset(expand(name) for name in ("sti:printed", "skos:altLabel", "sti:acronym"))
"""What stands in the passage letter by letter, or for labels name by name."""

_VALUES: Final = frozenset(
    expand(name) for name in ("sti:value", "sdmx-measure:obsValue", "schema:value")
)
_NUMBERS: Final = frozenset(
    expand(name)
    for name in (
        "sti:statedSize", "sti:startYear", "sti:endYear", "sti:due", "sti:baselineYear",
        "sti:baselineValue",
        "sti:factor", "sti:period", "sti:number", "dcterms:issued", "sti:accessed",
    )
)  # fmt: skip
_MONTHS: Final = frozenset(expand(name) for name in ("sti:startMonth", "sti:endMonth"))
_PRINTED: Final = expand("sti:printed")
_NO_NAMES: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Ungrounded:
    """A statement of a passage, and what of it the passage's words do not have."""

    statement: Quad
    term: Term
    sought: tuple[str, ...]

    @property
    def passage(self) -> str:
        """The IRI of the passage."""
        return str(self.statement[3])


@dataclass(frozen=True, slots=True)
class Grounding:
    """How many statements were looked at, and those that the words do not bear out.

    ``statements`` are all statements of the passages whose text is known, ``checked`` those with a
    name, number or quotation to look for, ``relations`` those of the checked that bind two things.
    """

    statements: int
    checked: int
    relations: int
    ungrounded: tuple[Ungrounded, ...]


def ground(
    passages: Sequence[DescribedPassage], quads: Iterable[Quad], texts: Mapping[str, str]
) -> Grounding:
    """Look for what each statement of a passage names, counts and quotes in the passage's words.

    ``passages`` in reading order may be of several documents; ``quads`` are the claims, with the
    names of things and the passages' tables among them; ``texts`` has the words by passage.
    Passages without a text are left out.
    """
    said = list(quads)
    names = names_of(said)
    around = contexts(passages, said, texts)
    printed = _printed(said)
    statements = checked = relations = 0
    found: list[Ungrounded] = []
    for quad in said:
        context = around.get(str(quad[3]))
        if context is None:
            continue
        statements += 1
        sought = list(_sought(quad, names))
        checked += bool(sought)
        relations += bool(sought) and isinstance(quad[2], IRI)
        found += [
            Ungrounded(quad, term, forms)
            for term, forms in sought
            if not _is_said(quad, term, forms, context, printed)
        ]
    return Grounding(statements, checked, relations, tuple(found))


def names_of(quads: Iterable[Quad]) -> dict[Term, frozenset[str]]:
    """Return the names of each thing: English, or of no language."""
    names: dict[Term, set[str]] = {}
    for subject, predicate, value, _ in quads:
        if predicate in _LABELS and isinstance(value, Literal) and value.language in {"", "en"}:
            names.setdefault(subject, set()).add(value.value)
    return {subject: frozenset(forms) for subject, forms in names.items()}


def is_named(term: Term) -> bool:
    """Tell whether documents call a thing by a name, so that it can be looked for.

    >>> is_named(expand("territory:jp")), is_named(expand("goal:attract-students"))
    (True, False)
    """
    return _kind(term) in NAMED


def _kind(term: Term) -> str:
    """Return the kind of thing that an IRI of ours tells, or ""."""
    kind, slash, name = str(term).removeprefix(BASE).partition("/")
    return kind if slash and "/" not in name else ""


def _sought(
    quad: Quad, names: Mapping[Term, frozenset[str]]
) -> Iterator[tuple[Term, tuple[str, ...]]]:
    """Yield what of a statement has to be said, each with the forms that will do."""
    subject, predicate, value, _ = quad
    if isinstance(value, Literal):
        if predicate in _QUOTED | _VALUES | _NUMBERS | _MONTHS:
            yield value, (value.value,)
        return
    if predicate == expand("rdf:type"):
        return
    for end in (subject, value):
        if is_named(end):
            yield end, tuple(sorted(names.get(end, _NO_NAMES)))


def _is_said(
    quad: Quad,
    term: Term,
    forms: Sequence[str],
    context: Context,
    printed: Mapping[tuple[Term, Term | None], Sequence[str]],
) -> bool:
    subject, predicate, _, graph = quad
    if not isinstance(term, Literal):
        if context.is_address and _kind(term) in DOCUMENTS:
            return True
        return context.names(forms, apart=_kind(term) in COMMON)
    if predicate == _PRINTED:
        return context.prints(term.value)
    if predicate in _QUOTED:
        return context.names(forms)
    if predicate in _MONTHS:
        return int(term.value) in context.months
    if predicate in _VALUES:
        figures = printed.get((subject, graph), ())
        return _counts(Decimal(term.value), figures, context)
    return _numbers_of(term) <= context.numbers


def _counts(value: Decimal, figures: Sequence[str], context: Context) -> bool:
    """Tell whether a printed figure is a value, its magnitude perhaps said with the passage."""
    numbers = [number for figure in figures for number in numbers_in(figure)]
    if not figures:
        numbers = list(context.numbers)
    signed = [*numbers, *(-number for number in numbers)]
    scales = (Decimal(1), *context.magnitudes)
    return any(number * scale == value for number in signed for scale in scales)


def _numbers_of(value: Literal) -> frozenset[Decimal]:
    """Return the numbers that a year, period, size or date is made of; a month is no number."""
    if value.datatype.removeprefix(XSD) in {"gYearMonth", "date"}:
        return numbers_in(value.value[:4])
    if value.datatype == XSD + "decimal":
        return frozenset({Decimal(value.value)})
    return numbers_in(value.value.replace("/", " ").removeprefix("FY").removeprefix("AY"))


def _printed(quads: Iterable[Quad]) -> dict[tuple[Term, Term | None], list[str]]:
    found: dict[tuple[Term, Term | None], list[str]] = {}
    for subject, predicate, value, graph in quads:
        if predicate == _PRINTED:
            found.setdefault((subject, graph), []).append(str(value))
    return found
