"""Passages as the graph describes them: without their words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from stikg.errors import InputError
from stikg.serialisation import parse_file
from stikg.terms import IRI, Quad, Term, expand


@dataclass(frozen=True, slots=True)
class Extent:
    """A piece of a text: where it stands in the document's own text, and its tokens' digest."""

    start: int
    end: int
    count: int
    digest: str


@dataclass(frozen=True, slots=True)
class DescribedPassage:
    """What the graph says of a passage; ``parts`` only where other text stands inside it."""

    iri: str
    section: str
    section_title: str
    kind: str
    order: int
    whole: Extent
    parts: tuple[Extent, ...] = ()

    @property
    def name(self) -> str:
        """The local name of the passage."""
        return self.iri.rpartition("/")[2]


def read_passages(path: Path) -> list[DescribedPassage]:
    """Return the passages that a passages.ttl describes, in reading order.

    :raises InputError: if the file cannot be read, or lacks something of a passage.
    :raises SyntaxProblem: if it does not parse.
    """
    return described_passages(parse_file(path), where=str(path))


def described_passages(quads: Iterable[Quad], *, where: str = "input") -> list[DescribedPassage]:
    """Return the passages that statements describe, in reading order.

    :raises InputError: if a passage lacks its section, kind, order, selector, count or digest.
    """
    nodes: dict[Term, dict[Term, list[Term]]] = {}
    for subject, predicate, value, _ in quads:
        nodes.setdefault(subject, {}).setdefault(predicate, []).append(value)
    passage_class = expand("sti:Passage")
    found = [
        _passage(subject, nodes, where)
        for subject, properties in nodes.items()
        if isinstance(subject, IRI) and passage_class in properties.get(expand("rdf:type"), [])
    ]
    return sorted(found, key=lambda passage: (passage.order, passage.iri))


_Nodes = dict[Term, dict[Term, list[Term]]]


def _passage(subject: IRI, nodes: _Nodes, where: str) -> DescribedPassage:
    selector = _value(subject, "oa:hasSelector", nodes, where)
    parts = nodes[subject].get(expand("sti:part"), [])
    extents = (_extent(part, part, nodes, where) for part in parts)
    return DescribedPassage(
        iri=subject.value,
        section=str(_value(subject, "sti:section", nodes, where)),
        section_title=str(_value(subject, "sti:sectionTitle", nodes, where)),
        kind=str(_value(subject, "sti:passageKind", nodes, where)).rpartition("/")[2],
        order=_number(subject, "sti:order", nodes, where),
        whole=_extent(selector, subject, nodes, where),
        parts=tuple(sorted(extents, key=lambda extent: extent.start)),
    )


def _extent(selector: Term, node: Term, nodes: _Nodes, where: str) -> Extent:
    return Extent(
        start=_number(selector, "oa:start", nodes, where),
        end=_number(selector, "oa:end", nodes, where),
        count=_number(node, "sti:tokenCount", nodes, where),
        digest=str(_value(node, "sti:tokenDigest", nodes, where)),
    )


def _number(subject: Term, curie: str, nodes: _Nodes, where: str) -> int:
    value = str(_value(subject, curie, nodes, where))
    if not value.isdecimal():
        raise InputError(
            f"{curie} of {subject} is {value!r}, not a count",
            where=where,
            remedy="write the file again with: stikg passages",
        )
    return int(value)


def _value(subject: Term, curie: str, nodes: _Nodes, where: str) -> Term:
    values = nodes.get(subject, {}).get(expand(curie), [])
    if len(values) != 1:
        raise InputError(
            f"{subject} has {len(values)} values of {curie}, not one",
            where=where,
            remedy="write the file again with: stikg passages",
        )
    return values[0]
