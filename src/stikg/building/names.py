"""The names by which people ask for things, gathered from the default graph."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from stikg.names import SOURCES, NameRow
from stikg.terms import BASE, IRI, ONTOLOGY, PREFIXES, Literal, Term, Triple

_TYPE: Final = IRI(PREFIXES["rdf"] + "type")
_ABOVE: Final = IRI(PREFIXES["rdfs"] + "subClassOf")
ASKABLE: Final = frozenset(PREFIXES["owl"] + name for name in ("Class", "ObjectProperty"))
"""Kinds of terms of the ontology that a question may ask for."""

TERMS: Final = (ONTOLOGY, PREFIXES["frapo"], PREFIXES["org"])
"""Namespaces of the terms that are asked for by name."""

_PASSAGE_KIND: Final = IRI(ONTOLOGY + "passageKind")
_HEADING: Final = IRI(BASE + "kind/heading")
_TITLE: Final = IRI(ONTOLOGY + "sectionTitle")
_LABEL: Final = IRI(PREFIXES["rdfs"] + "label")
NAMING: Final[Mapping[Term, str]] = {
    IRI(PREFIXES["skos"] + "prefLabel"): "prefLabel",
    IRI(PREFIXES["skos"] + "altLabel"): "altLabel",
    IRI(ONTOLOGY + "acronym"): "acronym",
    IRI(PREFIXES["skos"] + "notation"): "notation",
    IRI(PREFIXES["dcterms"] + "title"): "title",
}
TELLING: Final = ("prefLabel", "title", "acronym", "notation", "altLabel")
"""Which source of one name to keep: rules make alternative labels of acronyms."""


@dataclass(slots=True)
class _Things:
    """What the default graph says of things: their classes, their names, the class hierarchy."""

    classes: dict[Term, set[str]] = field(default_factory=dict)
    names: dict[tuple[Term, Literal], str] = field(default_factory=dict)
    above: dict[str, set[str]] = field(default_factory=dict)
    titles: dict[Term, Literal] = field(default_factory=dict)
    headings: set[Term] = field(default_factory=set)


def gather_names(triples: Iterable[Triple]) -> tuple[list[NameRow], list[tuple[str, str]]]:
    """Return the names of all things of ours, and pairs of the IRIs of a class and a member.

    Classes and relations of the ontology are things, too: a question may ask for those. A name that
    is an acronym and, by a rule, an alternative label too, is kept as an acronym. A heading names
    its passage.
    """
    things = _read(triples)
    for term in [term for term in things.classes if not _is_askable(things, term)]:
        del things.classes[term]
    members = [
        (cls, str(thing)) for thing, classes in things.classes.items() for cls in sorted(classes)
    ]
    return list(_rows(things)), members


def _read(triples: Iterable[Triple]) -> _Things:
    things = _Things()
    for subject, predicate, value in triples:
        if predicate == _ABOVE:
            things.above.setdefault(str(subject), set()).add(str(value))
        elif not str(subject).startswith((BASE, *TERMS)):
            continue
        elif predicate == _TYPE:
            things.classes.setdefault(subject, set()).add(str(value))
        elif predicate == _PASSAGE_KIND and value == _HEADING:
            things.headings.add(subject)
        elif isinstance(value, Literal):
            _read_name(things, subject, predicate, value)
    return things


def _read_name(things: _Things, subject: Term, predicate: Term, value: Literal) -> None:
    source = NAMING.get(predicate)
    if predicate == _LABEL and str(subject).startswith(TERMS):
        source = "prefLabel"
    if predicate == _TITLE:
        things.titles[subject] = value
    elif source is not None:
        known = things.names.get((subject, value), "altLabel")
        things.names[subject, value] = min(known, source, key=TELLING.index)


def _rows(things: _Things) -> Iterator[NameRow]:
    for (thing, name), source in things.names.items():
        if thing in things.classes:
            kind = narrowest(things.classes[thing], things.above)
            yield NameRow(str(thing), name.value, kind, name.language, source)
    for passage in things.headings & things.titles.keys():
        title = things.titles[passage]
        yield NameRow(str(passage), title.value, "Passage", title.language, SOURCES[-1])


def narrowest(classes: Collection[str], above: Mapping[str, Collection[str]]) -> str:
    """Return the local name of the narrowest of some classes, one of ours before others.

    >>> narrowest(["urn:x/Agent", "urn:x/Agency"], {"urn:x/Agency": ["urn:x/Agent"]})
    'Agency'
    """
    ours = {cls for cls in classes if cls.startswith(ONTOLOGY)} or set(classes)
    wider = {upper for cls in ours for upper in above.get(cls, ()) if upper != cls}
    return re.split("[/#]", min(ours - wider or ours))[-1]


def _is_askable(things: _Things, term: Term) -> bool:
    """Tell whether people ask for a thing: of the ontology only for classes and relations."""
    return not str(term).startswith(TERMS) or bool(ASKABLE & things.classes[term])
