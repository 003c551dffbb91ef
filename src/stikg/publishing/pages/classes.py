"""The sections of the classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from stikg.library import Query
from stikg.publishing.pages.facts import TYPE, Facts, curie
from stikg.publishing.pages.markdown import bullets, heading, text
from stikg.publishing.pages.naming import asked_by, deprecated, named, ranked, term_heading
from stikg.publishing.pages.terms import class_link, property_link
from stikg.terms import Term, expand

EXAMPLES: Final = 2
MOST: Final = 6
"""Properties of a class that are named at most."""

_NAMES: Final = frozenset({TYPE, expand("skos:prefLabel")})
_THING: Final = "owl:Thing"


def class_tree(facts: Facts, classes: Sequence[Term]) -> str:
    """Return the classes as a list of lists, narrower ones below wider ones."""
    ours = set(classes)
    below = {term: [t for t in _narrower(facts, term) if t in ours] for term in classes}
    tops = [term for term in classes if not ours & set(facts.values(term, "rdfs:subClassOf"))]

    def lines(terms: Iterable[Term], depth: int) -> Iterable[str]:
        for term in terms:
            label = text(facts.label(term))
            yield f"{'  ' * depth}- {label} {class_link(curie(term), '')}\n"
            yield from lines(below[term], depth + 1)

    return "".join(lines(tops, 0))


def class_section(facts: Facts, term: Term, queries: Sequence[Query]) -> str:
    """Return what is said of a class and of its members."""
    name = curie(term)
    wider = [curie(above) for above in facts.values(term, "rdfs:subClassOf")]
    members = facts.members(term)
    own = [thing for thing in members if term in facts.classes(thing)]
    having, being = _used(facts, own)
    items = [
        ("Kind of", _links(cls for cls in wider if cls != _THING)),
        ("Narrower", _links(map(curie, _narrower(facts, term)))),
        ("In the domain of", _properties(facts.subjects("rdfs:domain", term))),
        ("In the range of", _properties(facts.subjects("rdfs:range", term))),
        ("Things", _counted(members, own)),
        ("Has most often", ranked(having, property_link, MOST)),
        ("Is most often", ranked(being, property_link, MOST)),
        ("Asked for by", asked_by(name, queries)),
        ("Such as", "; ".join(named(facts, thing) for thing in _examples(facts, own))),
    ]
    definition = text(facts.value(term, "skos:definition"))
    return "\n".join(
        [
            heading(3, *term_heading(facts, "class", term)),
            f"{definition}\n",
            deprecated(facts, term) + bullets(items),
        ]
    )


def _narrower(facts: Facts, term: Term) -> list[Term]:
    return sorted(facts.subjects("rdfs:subClassOf", term), key=curie)


def _counted(members: Sequence[Term], own: Sequence[Term]) -> str:
    if not members or len(own) == len(members):
        return str(len(members))
    return f"{len(members)}, {len(own) or 'all'} {'of no narrower class' if own else 'narrower'}"


def _used(facts: Facts, things: Sequence[Term]) -> tuple[Counter[str], Counter[str]]:
    """Count what is told of things, by property: as subject, and as value."""
    having: Counter[str] = Counter()
    being: Counter[str] = Counter()
    for thing in things:
        for predicate, values in facts.about.get(thing, {}).items():
            if predicate not in _NAMES:
                told = sum((thing, predicate, value) in facts.told for value in values)
                having[curie(predicate)] += told
        for predicate, subjects in facts.of.get(thing, {}).items():
            told = sum((subject, predicate, thing) in facts.told for subject in subjects)
            being[curie(predicate)] += told
    return +having, +being


def _examples(facts: Facts, things: Sequence[Term]) -> list[Term]:
    """Return the things of which passages say most."""

    def order(thing: Term) -> tuple[int, str]:
        about = facts.about.get(thing, {})
        told = sum(
            facts.told.get((thing, predicate, value), 0)
            for predicate, values in about.items()
            for value in values
        )
        return -told, str(thing)

    return sorted(things, key=order)[:EXAMPLES]


def _links(curies: Iterable[str]) -> str:
    return ", ".join(class_link(name, "") for name in curies)


def _properties(terms: Iterable[Term]) -> str:
    return ", ".join(property_link(name, "") for name in sorted(map(curie, terms)))
