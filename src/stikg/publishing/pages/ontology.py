"""The page of the ontology: classes, properties, concept schemes, terms of other vocabularies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stikg.library import Query
from stikg.publishing.pages.classes import class_section, class_tree
from stikg.publishing.pages.facts import TYPE, Facts, curie
from stikg.publishing.pages.markdown import code, heading, page, table, text
from stikg.publishing.pages.properties import property_section
from stikg.publishing.pages.schemes import scheme_section, schemes
from stikg.publishing.pages.terms import property_link
from stikg.terms import ONTOLOGY, Term, expand

_INTRODUCTION: Final = """\
The terms in which the graph speaks: OWL 2 in `ontology/stikg.ttl`, SKOS in `ontology/schemes`.
Prefixes are listed by `stikg prefixes`; statements are those of the default graph, each once; the
classes named with their numbers are those of the things that have or are such values."""
_PROPERTIES: Final = ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")


def ontology_page(facts: Facts, queries: Sequence[Query]) -> str:
    """Return docs/ontology.md; ``queries`` are linked from the terms that they use."""
    classes = _ours(facts, "owl:Class")
    properties = sorted({term for kind in _PROPERTIES for term in _ours(facts, kind)}, key=curie)
    links = ", ".join(property_link(curie(term), "") for term in properties)
    parts = [
        "[Classes](#classes) · [Properties](#properties) · [Concept schemes](#concept-schemes) · "
        "[Terms of other vocabularies](#terms-of-other-vocabularies)\n",
        heading(2, "Classes"),
        class_tree(facts, classes),
        *(class_section(facts, term, queries) for term in classes),
        heading(2, "Properties"),
        f"{links}.\n",
        *(property_section(facts, term, queries) for term in properties),
        heading(2, "Concept schemes"),
        *(scheme_section(facts, term) for term in schemes(facts)),
        heading(2, "Terms of other vocabularies"),
        _foreign(facts),
    ]
    return page("Ontology", _INTRODUCTION, parts)


def _ours(facts: Facts, kind: str) -> list[Term]:
    """Return our terms of a kind, by name."""
    found = facts.subjects("rdf:type", expand(kind))
    return sorted((term for term in found if str(term).startswith(ONTOLOGY)), key=curie)


def _foreign(facts: Facts) -> str:
    """Return the table of the terms of other vocabularies, with what is said of or by them."""
    kinds = ("owl:Class", *_PROPERTIES)
    rows = [
        (
            code(curie(term)),
            text(facts.label(term)),
            "class" if kind == "owl:Class" else "property",
            str(len(facts.members(term) if kind == "owl:Class" else facts.pairs.get(term, ()))),
        )
        for kind in kinds
        for term in facts.subjects("rdf:type", expand(kind))
        if not str(term).startswith(ONTOLOGY)
    ]
    typed = (code("rdf:type"), text(facts.label(TYPE)), "property", str(len(facts.pairs[TYPE])))
    heads = ["term", "label", "kind", "things or statements"]
    return table(heads, sorted({*rows, typed}), numbers={"things or statements"})
