"""What is known of a thing, as its page shows it: facts by property, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from stikg.server.pages.asking import Row
from stikg.server.pages.links import Ref, ref, section_words
from stikg.terms import IRI, Literal, Term, expand

ORIGINS: Final = {
    "stated": "Stated",
    "read": "Interpreted",
    "curated": "Reference data",
    "inferred": "Follows",
}
"""Origin of a statement → the word for it on a page."""

NAMES: Final = frozenset(
    expand(name)
    for name in ("skos:prefLabel", "skos:altLabel", "sti:acronym", "rdfs:label", "dcterms:title")
)
KIND: Final = expand("rdf:type")
_UNSHOWN: Final = frozenset(
    expand(name)
    for name in ("sti:label", "rdfs:isDefinedBy", "sti:evidencePassage", "sti:origin", "sti:order")
)
_FIRST: Final = (expand("dcterms:description"), expand("skos:definition"), expand("sti:note"))


@dataclass(frozen=True)
class Evidence:
    """What a fact rests on: a passage with its place, or reference data, or a rule."""

    origin: str
    passage: Ref
    document: Ref
    section: str
    reasons: tuple[str, ...] = ()


@dataclass
class Fact:
    """A value, and the evidence for it."""

    term: Term
    value: Ref
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def passages(self) -> list[Evidence]:
        """The evidence that is a passage."""
        return [item for item in self.evidence if item.passage.href]

    @property
    def origin(self) -> str:
        """The strongest origin: what a passage states counts more than what somebody read."""
        return min((item.origin for item in self.evidence), key=list(ORIGINS).index)


@dataclass
class Group:
    """The facts of one property; ``inward`` if the thing is their value."""

    property: Ref
    inward: bool
    term: Term
    facts: list[Fact] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """All that is known of a thing: its names, and its facts."""

    names: list[Fact]
    groups: list[Group]


def known(rows: Iterable[Row], *, root: str) -> Known:
    """Return what the rows of ``thing.rq`` tell, each fact once with all its evidence.

    A statement in which the thing is the value is shown as the thing's own, under the inverse
    property where there is one.
    """
    groups: dict[tuple[Term, bool], Group] = {}
    facts: dict[tuple[Term, bool, Term], Fact] = {}
    for row in rows:
        shown, label, inward = _property(row)
        if shown in _UNSHOWN:
            continue
        group = groups.setdefault(
            (shown, inward), Group(ref(shown, label, root=root), inward, shown)
        )
        key = (shown, inward, row["other"])
        if key not in facts:
            value = ref(row["other"], row.get("otherLabel"), root=root)
            facts[key] = Fact(row["other"], value)
            group.facts.append(facts[key])
        _add(facts[key], row, root=root)
    for fact in facts.values():
        _weigh(fact)
    own = {prop: group for (prop, inward), group in groups.items() if not inward}
    return Known(
        names=[fact for prop in NAMES if prop in own for fact in own[prop].facts],
        groups=sorted(
            (
                group
                for (prop, inward), group in groups.items()
                if inward or prop not in NAMES | {KIND}
            ),
            key=lambda group: (group.inward, _rank(group, own), group.property.text.casefold()),
        ),
    )


def _property(row: Row) -> tuple[Term, Term | None, bool]:
    """Return the property to show a row under, its label, and whether it leads to the thing."""
    if row["way"] == Literal("out"):
        return row["property"], row.get("propertyLabel"), False
    if "inverse" in row:
        return row["inverse"], row.get("inverseLabel"), False
    return row["property"], row.get("propertyLabel"), True


def _add(fact: Fact, row: Row, *, root: str) -> None:
    evidence = evidence_of(row, root=root)
    for place, item in enumerate(fact.evidence):
        if (item.origin, item.passage) == (evidence.origin, evidence.passage):
            reasons = tuple(dict.fromkeys(item.reasons + evidence.reasons))
            fact.evidence[place] = Evidence(
                item.origin, item.passage, item.document, item.section, reasons
            )
            return
    fact.evidence.append(evidence)


def evidence_of(row: Row, *, root: str) -> Evidence:
    """Return the evidence that a row tells of."""
    passage = row.get("passage")
    return Evidence(
        origin=str(row.get("origin", "curated")),
        passage=ref(passage, root=root),
        document=ref(row.get("document"), row.get("documentLabel"), root=root),
        section=section_words(row),
        reasons=(str(row["reason"]),) if "reason" in row else (),
    )


def _weigh(fact: Fact) -> None:
    """Leave out that a fact follows from others where something says it."""
    said = [item for item in fact.evidence if item.origin != "inferred"]
    fact.evidence = said or fact.evidence[:1]


def _rank(group: Group, own: dict[Term, Group]) -> int:
    for place, prop in enumerate(_FIRST):
        if own.get(prop) is group:
            return place
    return len(_FIRST)


def things(group: Group) -> list[Fact]:
    """Return the facts of a group that lead to another thing of the graph."""
    return [
        fact
        for fact in group.facts
        if isinstance(fact.term, IRI) and fact.value.href.startswith("/") and not fact.value.outside
    ]
