"""Queries as RDF, so that the dataset itself tells how it can be asked.

Follows the vocabulary of SIB's sparql-examples: sh:SPARQLExecutable with its text, a question and
keywords; parameters are sh:Parameter nodes. There are no blank nodes.
"""

from __future__ import annotations

from typing import Final

from stikg.library.binding import without_values
from stikg.library.model import Parameter, Query
from stikg.terms import BASE, IRI, PREFIXES, XSD, Literal, Term, Triple, expand

PREFIXES_IRI: Final = IRI(f"{BASE}query/prefixes")

_DATATYPES: Final = {
    "string": "string",
    "choice": "string",
    "year": "integer",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "boolean": "boolean",
}


def query_iri(query: Query) -> IRI:
    """Return the IRI of a query."""
    return IRI(f"{BASE}query/{query.name}")


def to_shacl(query: Query) -> list[Triple]:
    """Describe a query as sh:SPARQLExecutable, with a sh:Parameter for each parameter.

    The text is what any SPARQL parser reads: VALUES blocks of parameters are left out.
    """
    subject = query_iri(query)
    select = query.kind != "rule"
    pairs: list[tuple[str, Term]] = [
        ("rdf:type", expand("sh:SPARQLExecutable")),
        ("rdf:type", expand(f"sh:SPARQL{'Select' if select else 'Construct'}Executable")),
        ("sh:select" if select else "sh:construct", Literal(without_values(query))),
        ("sh:prefixes", PREFIXES_IRI),
        ("rdfs:label", Literal(query.title, language="en")),
        ("rdfs:comment", Literal(query.question or query.description, language="en")),
        *(("schema:keywords", Literal(tag)) for tag in query.tags),
        *_describe_network(query),
    ]
    triples: list[Triple] = [(subject, expand(name), value) for name, value in pairs]
    for order, parameter in enumerate(query.parameters):
        triples.extend(_describe_parameter(subject, parameter, order))
    return triples


def prefixes_to_shacl() -> list[Triple]:
    """Declare the prefixes of stikg by sh:declare, as editors look for them."""
    triples: list[Triple] = []
    for prefix, namespace in PREFIXES.items():
        declaration = IRI(f"{PREFIXES_IRI}/{prefix}")
        triples += [
            (PREFIXES_IRI, expand("sh:declare"), declaration),
            (declaration, expand("sh:prefix"), Literal(prefix)),
            (declaration, expand("sh:namespace"), Literal(namespace, XSD + "anyURI")),
        ]
    return triples


def _describe_network(query: Query) -> list[tuple[str, Term]]:
    """Return whether a network has a direction, and what its weight counts."""
    if query.kind != "network":
        return []
    pairs: list[tuple[str, Term]] = [
        ("sti:directed", Literal(str(query.directed).lower(), XSD + "boolean"))
    ]
    if query.weight_title:
        pairs.append(("sti:weightCounts", Literal(query.weight_title, language="en")))
    return pairs


def _describe_parameter(query: IRI, parameter: Parameter, order: int) -> list[Triple]:
    node = IRI(f"{query}/{parameter.name}")
    pairs: list[tuple[str, Term]] = [
        ("rdf:type", expand("sh:Parameter")),
        ("sh:path", IRI(f"{BASE}query/parameter/{parameter.name}")),
        ("sh:name", Literal(parameter.title or parameter.name, language="en")),
        ("sh:order", Literal(str(order), XSD + "integer")),
        ("sh:optional", Literal(str(parameter.optional).lower(), XSD + "boolean")),
    ]
    if parameter.description:
        pairs.append(("sh:description", Literal(parameter.description, language="en")))
    if parameter.type in _DATATYPES:
        pairs.append(("sh:datatype", IRI(XSD + _DATATYPES[parameter.type])))
    else:
        pairs.append(("sh:nodeKind", expand("sh:IRI")))
    if parameter.cls:
        pairs.append(("sh:class", expand(parameter.cls)))
    if parameter.pattern:
        pairs.append(("sh:pattern", Literal(parameter.pattern)))
    return [
        (query, expand("sh:parameter"), node),
        *((node, expand(name), value) for name, value in pairs),
    ]
