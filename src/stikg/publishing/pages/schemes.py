"""The sections of the concept schemes, each folded up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from stikg.publishing.pages.facts import Facts, curie
from stikg.publishing.pages.markdown import anchor, code, heading, text
from stikg.terms import PREFIXES, Term, expand


def schemes(facts: Facts) -> list[Term]:
    """Return the concept schemes, by title."""
    found = facts.subjects("rdf:type", expand("skos:ConceptScheme"))
    return sorted(found, key=lambda term: (facts.label(term), str(term)))


def scheme_section(facts: Facts, scheme: Term) -> str:
    """Return a scheme and its concepts, narrower ones below wider ones, with their uses."""
    concepts = sorted(
        facts.subjects("skos:inScheme", scheme), key=lambda term: (facts.label(term), str(term))
    )
    members = set(concepts)
    below = {
        term: [other for other in concepts if term in facts.values(other, "skos:broader")]
        for term in concepts
    }
    tops = [term for term in concepts if members.isdisjoint(facts.values(term, "skos:broader"))]
    name = str(scheme).rpartition("/")[2]
    title = heading(3, f"{text(facts.label(scheme))} {code(name)}", anchor("scheme", name))
    definition = facts.value(scheme, "skos:definition")
    parts = [
        title,
        *([f"{text(definition)}\n"] if definition else []),
        f"<details><summary>{len(concepts)} concepts, each with the number of statements that have "
        "it as their value</summary>\n",
        "".join(_lines(facts, tops, below, 0)),
        "</details>\n",
    ]
    return "\n".join(parts)


def _lines(
    facts: Facts, concepts: Iterable[Term], below: Mapping[Term, Sequence[Term]], depth: int
) -> Iterable[str]:
    for term in concepts:
        notation = facts.value(term, "skos:notation")
        definition = text(facts.value(term, "skos:definition"))
        label = text(facts.label(term)) + (f" ({text(notation)})" if notation else "")
        said = f": {definition}" if definition else ""
        yield f"{'  ' * depth}- {code(curie(term))} {label}, {_uses(facts, term)}{said}\n"
        yield from _lines(facts, below[term], below, depth + 1)


def _uses(facts: Facts, concept: Term) -> int:
    """Return how many statements that are told have a concept as their value, SKOS aside."""
    return sum(
        (subject, predicate, concept) in facts.told
        for predicate, subjects in facts.of.get(concept, {}).items()
        if not str(predicate).startswith(PREFIXES["skos"])
        for subject in subjects
    )
