"""Query files: rules of the house, two parsers, and words that the ontology and the graph know."""

from __future__ import annotations

import pyoxigraph
import pytest
from rdflib.plugins.sparql import prepareQuery

from stikg.building.compilation import Compilation
from stikg.library import Query, lint, load_library, tokenise, without_values
from stikg.terms import IRI, ONTOLOGY, PREFIXES, Term, expand
from tests.queries.cases import ROOT

QUERIES = {query.name: query for query in load_library(ROOT / "queries")}
GRAMMAR = tuple(PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "xsd"))
"""Namespaces that no ontology needs to declare."""

TYPE = expand("rdf:type")


@pytest.fixture(params=sorted(QUERIES))
def query(request: pytest.FixtureRequest) -> Query:
    return QUERIES[request.param]


def test_it_keeps_the_rules_of_the_house(query: Query) -> None:
    assert lint(query) == []


def test_pyoxigraph_parses_it(query: Query) -> None:
    pyoxigraph.Store().query(without_values(query))


def test_rdflib_parses_it(query: Query) -> None:
    prepareQuery(without_values(query))


def test_titles_and_questions_differ() -> None:
    for part in ("title", "question"):
        said = [getattr(query, part) for query in QUERIES.values() if getattr(query, part)]
        assert len(set(said)) == len(said)


def test_every_question_and_network_says_what_it_answers() -> None:
    asked = [query for query in QUERIES.values() if query.kind in {"question", "network"}]
    assert [query.name for query in asked if query.question[-1:] != "?"] == []
    assert [f"{q.name}: {p.name}" for q in asked for p in q.parameters if not p.title] == []
    assert [f"{q.name}: {c.name}" for q in asked for c in q.columns if not c.title] == []


def terms(query: Query) -> set[str]:
    names = {token.text for token in tokenise(query.text) if token.kind == "name"}
    return {name for name in names if not name.endswith(":")}


@pytest.fixture(scope="module")
def declared(real: Compilation) -> set[Term]:
    """Return what the ontology says something of."""
    ontology = IRI(f"{PREFIXES['sti'].removesuffix('ontology/')}graph/ontology/stikg")
    return {quad[0] for quad in real.named if quad[3] == ontology}


@pytest.fixture(scope="module")
def described(real: Compilation) -> set[Term]:
    """Return what any graph says something of."""
    return {quad[0] for quad in real.named}


def test_its_terms_are_declared(query: Query, declared: set[Term], described: set[Term]) -> None:
    unknown = [
        name
        for name in sorted(terms(query))
        if not str(expand(name)).startswith(GRAMMAR)
        and expand(name) not in (declared if str(expand(name)).startswith(ONTOLOGY) else described)
    ]
    assert unknown == [], "declare it in ontology/stikg.ttl, or in a scheme or reference file"


@pytest.fixture(scope="module")
def occurring(real: Compilation) -> set[Term]:
    """Return what the statements of documents, reference files and rules are made of."""
    statements = [quad for quad in real.named if "/graph/ontology/" not in str(quad[3])]
    return {term for quad in statements for term in quad[:3]}


def test_its_terms_occur_in_the_graph(query: Query, occurring: set[Term]) -> None:
    own = {name for name in terms(query) if str(expand(name)).startswith(ONTOLOGY)}
    absent = {name for name in own if expand(name) not in occurring}
    assert not absent, "the question asks for what no statement says"
