"""Every rule of query files, by a query that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from stikg.library import Query, lint
from stikg.library.loading import parse_query

HEADER = """\
#+ title: T
#+ question: Q?
#+ parameters:
#+   organisation: {type: resource}
#+   kind: {type: resource, multiple: true}
#+ columns:
#+   programme: {type: resource}
#+   start: {type: year}
"""
GOOD = """\
PREFIX sti: <https://w3id.org/stikg/ontology/>
SELECT ?programme ?programmeLabel (MIN(?year) AS ?start) WHERE {
  { SELECT ?programme ?year WHERE { ?programme sti:startYear ?year } ORDER BY ?year LIMIT 9 }
  ?organisation sti:administers ?programme .
  FILTER(COALESCE(?organisation = $organisation, true))
  VALUES ?kind { $kind }
  ?programme sti:kind ?kind ; sti:label ?programmeLabel .
}
GROUP BY ?programme ?programmeLabel
HAVING (COUNT(?year) > 0)
ORDER BY ?programmeLabel ?programme
"""


def parsed(text: str, header: str = HEADER) -> Query:
    return parse_query(header + text, path="questions/a.rq", kind="question")


def test_a_good_query_breaks_nothing() -> None:
    assert lint(parsed(GOOD)) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("GROUP BY ?programme ?programmeLabel\n", "LIMIT 5 ", "17: LIMIT at the top: paging"),
        ("HAVING", "OFFSET 1 HAVING", "18: OFFSET at the top"),
        ("WHERE {\n", "FROM <http://e/g> WHERE {\n", "10: FROM chooses graphs"),
        ("ORDER BY ?programmeLabel ?programme\n", "", "10: no ORDER BY"),
        ("ORDER BY ?programmeLabel ?programme\n", "ORDER BY ?programmeLabel",
         "10: ORDER BY is not total: add ?programme"),
        ("?programmeLabel (MIN", "(MIN", "10: the columns are programme programmeLabel start, but "
         "SELECT projects programme start"),
        ("?programmeLabel (MIN", "(MIN", "10: column programme has no label column"),
        ("SELECT ?programme ?programmeLabel (MIN(?year) AS ?start)", "SELECT *",
         "10: SELECT * projects what nobody declared"),
        ("SELECT ?programme ?programmeLabel (MIN(?year) AS ?start)", "ASK",
         "9: a question is a SELECT query, not ASK"),
        ("  VALUES ?kind { $kind }\n", "", "9: the parameter kind is not used"),
        ("VALUES ?kind { $kind }", "FILTER(COALESCE(?kind = $kind, true))",
         "14: $kind has several values: write VALUES"),
        ("VALUES ?kind { $kind }", "VALUES (?kind ?x) { ($kind 1) }",
         "14: $kind has several values: write VALUES ?x { $kind }"),
        ("COALESCE(?organisation = $organisation, true)", "?organisation = $organisation",
         "13: $organisation is optional: write FILTER(COALESCE("),
        ("COALESCE(?organisation = $organisation, true)",
         "COALESCE(?organisation = $organisation, BOUND($organisation))",
         "13: BOUND($organisation) is no SPARQL"),
        ("COALESCE(?organisation = $organisation, true)", "COALESCE($organization, true)",
         "13: $organization is no parameter of the header: write ?organization"),
        ("(MIN(?year) AS ?start)", "(MIN(?year) AS ?start) $organisation",
         "10: $organisation is projected"),
        ("AS ?start)", "AS $organisation)", "10: $organisation is the target of AS"),
        ("ORDER BY ?programmeLabel", "ORDER BY $organisation ?programmeLabel",
         "19: $organisation is used behind WHERE"),
        ("https://w3id.org/stikg/ontology/>", "https://w3id.org/stikg/>",
         "9: PREFIX sti: is <https://w3id.org/stikg/ontology/>"),
        ("PREFIX sti:", "PREFIX e: <http://e/>\nPREFIX sti:", "9: PREFIX e: is no prefix of stikg"),
        ("PREFIX sti:", "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\nPREFIX sti:",
         "9: PREFIX skos: is not used"),
        ("sti:kind ?kind", "skos:broader ?kind", "15: PREFIX skos: is not declared"),
        ("  VALUES", "  SERVICE <http://e/> { ?a ?b ?c }\n  VALUES", "14: SERVICE asks another"),
        ("HAVING (COUNT(?year) > 0)", "HAVING (COUNT(?year)<?b&&?c>0)",
         "18: <?b&&?c> is taken for an IRI"),
        ("?organisation sti:administers", "§ sti:administers", "12: '§' begins no token"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_told(old: str, new: str, problem: str) -> None:
    assert old in GOOD
    found = lint(parsed(GOOD.replace(old, new, 1)))
    assert any(item.startswith(f"questions/a.rq:{problem}") for item in found), found


def test_order_of_a_query_without_groups_holds_every_column() -> None:
    header = "#+ title: T\n#+ question: Q?\n#+ columns: {a: {type: iri}, b: {type: year}}\n"
    body = "SELECT DISTINCT ?a ?b { ?a <http://e/p> ?b } ORDER BY DESC(?b)"
    assert lint(parsed(body, header)) == ["questions/a.rq:4: ORDER BY is not total: add ?a"]
    assert lint(parsed(body + " ASC(?a)", header)) == []


def test_a_rule_is_a_construct_query() -> None:
    source = "#+ title: T\n#+ description: D\nCONSTRUCT { ?a ?p ?b } WHERE { ?a ?p ?b }\n"
    assert lint(parse_query(source, path="rules/a.rq", kind="rule")) == []
    other = source.replace("CONSTRUCT { ?a ?p ?b }", "SELECT *")
    assert lint(parse_query(other, path="rules/a.rq", kind="rule")) == [
        "rules/a.rq:3: a rule is a CONSTRUCT query, not SELECT",
        "rules/a.rq:3: SELECT * projects what nobody declared: name the columns",
        "rules/a.rq:3: no ORDER BY: the order of the rows would be chance",
    ]


def test_the_example_of_the_page_breaks_nothing(root: Path) -> None:
    page = (root / "docs" / "writing-queries.md").read_text(encoding="utf-8")
    example = page.partition("```sparql\n")[2].partition("```")[0]
    assert lint(parse_query(example, path="questions/programmes.rq", kind="question")) == []


def test_a_pair_without_direction_is_ordered() -> None:
    header = (
        "#+ title: T\n#+ directed: false\n#+ columns: {source: {type: iri}, target: {type: iri}, "
        "relation: {type: iri}}\n"
    )
    body = (
        "SELECT ?source ?target ?relation { ?source ?relation ?target %s } "
        "ORDER BY ?source ?target ?relation"
    )
    bare = parse_query(header + body % "", path="networks/a.rq", kind="network")
    assert lint(bare) == [
        "networks/a.rq:4: a pair without direction comes twice: FILTER(STR(?source) < STR(?target))"
    ]
    ordered = body % "FILTER(STR(?source) < STR(?target))"
    assert lint(parse_query(header + ordered, path="networks/a.rq", kind="network")) == []
