"""The sections of the properties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from stikg.library import Query
from stikg.publishing.pages.facts import Facts, curie
from stikg.publishing.pages.markdown import LONGEST, bullets, heading, text
from stikg.publishing.pages.naming import asked_by, deprecated, named, ranked, term_heading
from stikg.publishing.pages.terms import class_link, property_link
from stikg.terms import IRI, Literal, Term, Triple

EXAMPLES: Final = 2
MOST: Final = 4
"""Classes of the things that a property connects, which are named at most."""

_KINDS: Final = {
    "owl:ObjectProperty": "object property",
    "owl:DatatypeProperty": "datatype property",
    "owl:AnnotationProperty": "annotation property",
    "owl:FunctionalProperty": "functional",
    "owl:InverseFunctionalProperty": "inverse functional",
    "owl:SymmetricProperty": "symmetric",
    "owl:AsymmetricProperty": "asymmetric",
    "owl:TransitiveProperty": "transitive",
    "owl:IrreflexiveProperty": "irreflexive",
}


def property_section(facts: Facts, term: Term, queries: Sequence[Query]) -> str:
    """Return what is said of a property and with it."""
    pairs = facts.pairs.get(term, ())
    told = [(subject, term, value) for subject, value in pairs
            if (subject, term, value) in facts.told]  # fmt: skip
    items = [
        ("Kind", ", ".join(_kinds(facts, term))),
        ("Kind of", _properties(facts.values(term, "rdfs:subPropertyOf"))),
        ("Narrower", _properties(facts.subjects("rdfs:subPropertyOf", term))),
        ("Inverse", _properties(_inverses(facts, term))),
        ("Domain", _classes(facts.values(term, "rdfs:domain"))),
        ("Range", _classes(facts.values(term, "rdfs:range"))),
        ("Statements", _counted(len(pairs), len(told))),
        ("Said of", ranked(_of_classes(facts, (t[0] for t in told)), class_link, MOST)),
        ("Values", ranked(_of_classes(facts, (t[2] for t in told)), class_link, MOST)),
        ("Used by", asked_by(curie(term), queries)),
        ("Such as", "; ".join(_example(facts, triple) for triple in _examples(facts, told))),
    ]
    definition = text(facts.value(term, "skos:definition"))
    return "\n".join(
        [
            heading(3, *term_heading(facts, "property", term)),
            f"{definition}\n",
            deprecated(facts, term) + bullets(items),
        ]
    )


def _kinds(facts: Facts, term: Term) -> list[str]:
    kinds = {curie(kind) for kind in facts.values(term, "rdf:type")}
    return [name for kind, name in _KINDS.items() if kind in kinds]


def _inverses(facts: Facts, term: Term) -> set[Term]:
    return {*facts.values(term, "owl:inverseOf"), *facts.subjects("owl:inverseOf", term)}


def _counted(statements: int, told: int) -> str:
    if told == statements:
        return str(statements)
    return f"{statements}, {statements - told if told else 'all'} of them inferred"


def _of_classes(facts: Facts, terms: Iterable[Term]) -> Counter[str]:
    """Count terms by their narrowest classes, literals by their datatypes."""
    counted: Counter[str] = Counter()
    for term in terms:
        if isinstance(term, Literal):
            counted[curie(IRI(term.datatype))] += 1
        else:
            counted.update(map(curie, facts.classes(term)))
    return counted


def _examples(facts: Facts, told: Iterable[Triple]) -> list[Triple]:
    """Return the statements that most passages make, each of another subject and value.

    Long texts are no examples: they would have to be cut.
    """
    chosen: list[Triple] = []
    short = (t for t in told if isinstance(t[2], IRI) or len(str(t[2])) <= LONGEST)
    for triple in sorted(short, key=lambda t: (-facts.told[t], t[0].n3(), t[2].n3())):
        if not any(triple[0] == other[0] or triple[2] == other[2] for other in chosen):
            chosen.append(triple)
        if len(chosen) == EXAMPLES:
            break
    return chosen


def _example(facts: Facts, triple: Triple) -> str:
    return f"{named(facts, triple[0])} → {named(facts, triple[2])}"


def _properties(terms: Iterable[Term]) -> str:
    return ", ".join(property_link(name, "") for name in sorted(map(curie, terms)))


def _classes(terms: Iterable[Term]) -> str:
    return ", ".join(class_link(name, "") for name in sorted(map(curie, terms)))
