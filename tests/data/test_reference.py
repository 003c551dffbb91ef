"""Who the things are: described once, used, named in order, of one kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stikg.terms import BASE, IRI, Literal, Term, expand
from tests.data.support import (
    TYPE,
    Exceptions,
    Graph,
    at,
    name,
    none_of,
)

LABELS = {"skos:prefLabel", "skos:altLabel", "sti:acronym", "dcterms:title"}
GENERATED = {"sti:CountryTechnologyLink", "qb:Observation", "schema:MonetaryAmount", "sti:Trend"}
"""Classes whose things rules name."""

ORGANISATIONS = {
    "sti:AdvisoryBody", "sti:Association", "sti:Company", "sti:Foundation", "sti:GovernmentBody",
    "sti:InternationalOrganisation", "sti:Ministry", "sti:Organisation", "sti:ResearchInstitute",
    "sti:ResearchAndTechnologyOrganisation", "sti:University",
}  # fmt: skip
CLASSES = {
    "agency": {"sti:FundingAgency"},
    "agreement": {"sti:Agreement"},
    "amount": {"schema:MonetaryAmount"},
    "centre": {"sti:JointCentre"},
    "concept": {"sti:PolicyConcept"},
    "criterion": {"sti:Criterion"},
    "discipline": {"sti:Discipline"},
    "document": {"sti:SourceDocument"},
    "enumeration": {"sti:Enumeration"},
    "event": {"sti:Event"},
    "figure": {"sti:Figure"},
    "fund": {"sti:Fund"},
    "goal": {"sti:Goal"},
    "group": {"sti:TerritoryGroup"},
    "indicator": {"sti:Indicator"},
    "instrument": {"sti:Instrument"},
    "kind": {"sti:Kind"},
    "link": {"sti:CountryTechnologyLink"},
    "motivation": {"sti:Motivation"},
    "observation": {"qb:Observation"},
    "organisation": ORGANISATIONS,
    "platform": {"sti:Platform"},
    "principle": {"sti:Principle"},
    "programme": {"sti:Programme"},
    "rationale": {"sti:Rationale"},
    "report": {"sti:CitedDocument"},
    "sector": {"sti:Sector"},
    "stage": {"sti:Stage"},
    "strategy": {"sti:Strategy"},
    "table": {"sti:Table"},
    "target": {"sti:Target"},
    "technology": {"sti:Technology"},
    "technology-group": {"sti:TechnologyGroup"},
    "territory": {"sti:Territory"},
    "theme": {"sti:Theme"},
    "trend": {"sti:Trend"},
    "unit": {"sti:Unit"},
}
"""The classes that an IRI's prefix announces."""


def test_a_thing_is_described_in_one_file(graph: Graph) -> None:
    files: dict[Term, set[str]] = {}
    for file in graph.curated_files:
        for subject in file.about:
            files.setdefault(subject, set()).add(file.file)
    none_of(
        f"{' and '.join(sorted(own))} both describe {name(thing)}: put all of it into one of them"
        for thing, own in sorted(files.items(), key=lambda item: str(item[0]))
        if len(own) > 1
    )


def test_every_thing_is_used_by_a_document(graph: Graph) -> None:
    exceptions = Exceptions.read("unused-things.tsv")
    used = used_things(graph)
    unused = [
        (file.file, name(subject))
        for file in graph.curated_files
        for subject, predicate, value, _ in file.quads
        if predicate == TYPE and name(value) != "skos:ConceptScheme" and subject not in used
    ]
    none_of(
        f"{file}: no statement of a document leads to {thing}: delete its block, or say in "
        f"{exceptions.file} why it is kept"
        for file, thing in unused
        if not exceptions.has(thing)
    )
    none_of(exceptions.unneeded((thing,) for _, thing in unused))


def used_things(graph: Graph) -> set[Term]:
    """Return what statements of documents name, and what the description of those leads to."""
    curated: dict[Term, set[Term]] = {}
    for source in graph.sources:
        if source.path.suffix == ".ttl":
            for subject, _, value, _ in source.quads:
                curated.setdefault(subject, set()).add(value)
    used: set[Term] = set(graph.of_class("sti:Passage"))
    used.update(term for _, quad in graph.claims for term in quad[:3])
    ahead = list(used)
    while ahead:
        found = curated.get(ahead.pop(), set()) - used
        used |= found
        ahead += found
    return used


def test_every_thing_has_exactly_one_english_name(graph: Graph) -> None:
    def problems() -> Iterator[str]:
        for thing, classes in graph.classes.items():
            if not str(thing).startswith(BASE) or not classes & NAMED:
                continue
            names = [
                value
                for value in graph.properties[thing].get("skos:prefLabel", ())
                if isinstance(value, Literal)
            ]
            languages = sorted(value.language for value in names)
            if languages.count("en") != 1 or len(set(languages)) != len(languages):
                found = ", ".join(value.n3() for value in names) or "none"
                yield (
                    f"{graph.place(thing, 'skos:prefLabel')}: {name(thing)} has the names {found}: "
                    "give it one skos:prefLabel in English and at most one in another language; "
                    "others are skos:altLabel in the passage that uses them"
                )

    none_of(problems())


NAMED = (
    {own for classes in CLASSES.values() for own in classes} - GENERATED - {"sti:SourceDocument"}
)


def test_names_are_tidy(graph: Graph) -> None:
    def problems() -> Iterator[str]:
        for file in graph.sources:
            for quad in file.quads:
                text = quad[2].value if isinstance(quad[2], Literal) else ""
                if name(quad[1]) in LABELS and text != " ".join(text.split()):
                    yield f"{at(file, quad)}: {text!r}: take away the superfluous white space"
                if name(quad[1]) in LABELS and re.search("[‘’“”]", text):
                    yield f"{at(file, quad)}: {text!r}: write apostrophes and quotes straight"

    none_of(problems())


def test_an_iri_announces_the_class(graph: Graph) -> None:
    def problems() -> Iterator[str]:
        for thing, classes in graph.classes.items():
            prefix = name(thing).partition(":")[0]
            allowed = CLASSES.get(prefix)
            for wrong in sorted(classes - (classes if allowed is None else allowed)):
                yield (
                    f"{graph.place(thing, 'rdf:type', expand(wrong))}: {name(thing)} is a {wrong}: "
                    f"{prefix}: is for {', '.join(sorted(CLASSES[prefix]))}; give it another prefix"
                )

    none_of(problems())


def test_a_thing_is_of_one_class_and_kind_in_all_documents(graph: Graph) -> None:
    def problems() -> Iterator[str]:
        for thing, properties in graph.properties.items():
            if not isinstance(thing, IRI) or not thing.value.startswith(BASE):
                continue
            for prop in ("rdf:type", "sti:kind"):
                kinds = sorted(name(value) for value in properties.get(prop, ()))
                if len(kinds) > 1 and not thing.value.startswith(expand("sti:x").value[:-1]):
                    yield (
                        f"{graph.place(thing, prop)}: {name(thing)} is {' and '.join(kinds)} in "
                        f"different passages: decide in graph/reference, and delete the others, or "
                        "give the second thing an IRI and both a skos:scopeNote"
                    )

    none_of(problems())
