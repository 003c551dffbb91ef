"""Queries as RDF."""

from __future__ import annotations

from stikg.library import prefixes_to_shacl, to_shacl
from stikg.library.loading import parse_query
from stikg.terms import BASE, IRI, XSD, Literal, expand

SOURCE = """\
#+ title: Programmes
#+ question: Which programmes are there?
#+ tags: [programme, agency]
#+ parameters:
#+   kind: {type: resource, class: sti:Kind, title: Kind, multiple: true}
#+   since: {type: year, optional: false, description: First year}
#+ columns: {a: {type: iri}}
SELECT ?a { ?a ?p ?k, ?y . VALUES ?k { $kind } FILTER(?y > $since) } ORDER BY ?a
"""
QUERY = IRI(BASE + "query/programmes")
KIND = IRI(BASE + "query/programmes/kind")
SINCE = IRI(BASE + "query/programmes/since")


def test_a_question_describes_itself() -> None:
    query = parse_query(SOURCE, path="questions/programmes.rq", kind="question")
    assert set(to_shacl(query)) == {
        (QUERY, expand("rdf:type"), expand("sh:SPARQLExecutable")),
        (QUERY, expand("rdf:type"), expand("sh:SPARQLSelectExecutable")),
        (QUERY, expand("sh:select"), Literal(
            "SELECT ?a { ?a ?p ?k, ?y .  FILTER(?y > $since) } ORDER BY ?a\n"
        )),
        (QUERY, expand("sh:prefixes"), IRI(BASE + "query/prefixes")),
        (QUERY, expand("rdfs:label"), Literal("Programmes", language="en")),
        (QUERY, expand("rdfs:comment"), Literal("Which programmes are there?", language="en")),
        (QUERY, expand("schema:keywords"), Literal("programme")),
        (QUERY, expand("schema:keywords"), Literal("agency")),
        (QUERY, expand("sh:parameter"), KIND),
        (KIND, expand("rdf:type"), expand("sh:Parameter")),
        (KIND, expand("sh:path"), IRI(BASE + "query/parameter/kind")),
        (KIND, expand("sh:name"), Literal("Kind", language="en")),
        (KIND, expand("sh:order"), Literal("0", XSD + "integer")),
        (KIND, expand("sh:optional"), Literal("true", XSD + "boolean")),
        (KIND, expand("sh:nodeKind"), expand("sh:IRI")),
        (KIND, expand("sh:class"), expand("sti:Kind")),
        (QUERY, expand("sh:parameter"), SINCE),
        (SINCE, expand("rdf:type"), expand("sh:Parameter")),
        (SINCE, expand("sh:path"), IRI(BASE + "query/parameter/since")),
        (SINCE, expand("sh:name"), Literal("since", language="en")),
        (SINCE, expand("sh:description"), Literal("First year", language="en")),
        (SINCE, expand("sh:order"), Literal("1", XSD + "integer")),
        (SINCE, expand("sh:optional"), Literal("false", XSD + "boolean")),
        (SINCE, expand("sh:datatype"), IRI(XSD + "integer")),
    }  # fmt: skip


def test_a_rule_describes_itself() -> None:
    source = "#+ title: T\n#+ description: D\nCONSTRUCT { ?a ?p ?b } WHERE { ?a ?p ?b }\n"
    triples = to_shacl(parse_query(source, path="rules/a.rq", kind="rule"))
    rule = IRI(BASE + "query/a")
    assert (rule, expand("rdf:type"), expand("sh:SPARQLConstructExecutable")) in triples
    assert (rule, expand("rdfs:comment"), Literal("D", language="en")) in triples
    assert [value for _, name, value in triples if name == expand("sh:construct")] == [
        Literal("CONSTRUCT { ?a ?p ?b } WHERE { ?a ?p ?b }\n")
    ]


def test_prefixes_are_declared() -> None:
    triples = prefixes_to_shacl()
    node = IRI(BASE + "query/prefixes/skos")
    assert (IRI(BASE + "query/prefixes"), expand("sh:declare"), node) in triples
    assert (node, expand("sh:prefix"), Literal("skos")) in triples
    namespace = Literal("http://www.w3.org/2004/02/skos/core#", XSD + "anyURI")
    assert (node, expand("sh:namespace"), namespace) in triples


def test_a_network_tells_its_direction_and_what_its_weight_counts() -> None:
    source = (
        "#+ title: T\n#+ directed: false\n#+ weight: n\n#+ columns: {source: {type: iri}, "
        "target: {type: iri}, relation: {type: iri}, n: {type: integer, title: Papers}}\n"
        "SELECT ?source ?target ?relation ?n { ?source ?relation ?target }\n"
    )
    triples = to_shacl(parse_query(source, path="networks/a.rq", kind="network"))
    network = IRI(BASE + "query/a")
    assert (network, expand("sti:directed"), Literal("false", XSD + "boolean")) in triples
    assert (network, expand("sti:weightCounts"), Literal("Papers", language="en")) in triples
