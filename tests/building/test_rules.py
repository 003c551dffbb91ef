"""Rules: what each of queries/rules concludes and what it leaves alone, and the fixpoint."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from stikg.building.rules import infer
from stikg.errors import InputError, SyntaxProblem
from stikg.library import Query, load_library
from stikg.serialisation import get_format, parse
from stikg.terms import IRI, Quad, Triple, expand
from tests.fixtures.folders import RULES

PREFIXES = """
PREFIX sti: <https://w3id.org/stikg/ontology/>
PREFIX agency: <https://w3id.org/stikg/agency/>
PREFIX programme: <https://w3id.org/stikg/programme/>
PREFIX territory: <https://w3id.org/stikg/territory/>
PREFIX link: <https://w3id.org/stikg/link/>
PREFIX stage: <https://w3id.org/stikg/stage/>
PREFIX uuki: <https://w3id.org/stikg/document/uuki-2022/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


def quads(text: str) -> list[Quad]:
    return parse(PREFIXES + text, get_format("trig"))


def rule(name: str) -> Query:
    return load_library(RULES.parent).get(name)


def conclusions(text: str, *names: str) -> set[Triple]:
    return {quad[:3] for quad in infer(quads(text), [rule(name) for name in names])[1]}


def triples(lines: Iterable[str]) -> set[Triple]:
    return {quad[:3] for quad in quads("".join(f"{line} .\n" for line in lines))}


def test_types_go_up_all_the_way_and_stop_at_thing() -> None:
    text = """<urn:g> {
        sti:FundingAgency rdfs:subClassOf sti:Organisation .
        sti:Organisation rdfs:subClassOf sti:Agent, owl:Thing, [ a owl:Restriction ] .
        sti:Platform rdfs:subClassOf sti:Initiative .
        agency:jst a sti:FundingAgency . }"""
    assert conclusions(text, "types") == triples(
        ["agency:jst a sti:Organisation", "agency:jst a sti:Agent"]
    )


def test_sub_properties_say_what_those_above_say() -> None:
    text = """<urn:g> {
        sti:coFunds rdfs:subPropertyOf sti:funds . sti:funds rdfs:subPropertyOf sti:involvedIn .
        agency:jst sti:coFunds programme:a . agency:amed sti:advises programme:a . }"""
    assert conclusions(text, "sub-properties") == triples(
        ["agency:jst sti:funds programme:a", "agency:jst sti:involvedIn programme:a"]
    )


def test_inverses_and_symmetric_properties_turn_things_of_ours_round() -> None:
    text = """<urn:g> {
        sti:administers owl:inverseOf sti:administeredBy .
        sti:collaboratesWith a owl:SymmetricProperty .
        skos:exactMatch a owl:SymmetricProperty .
        agency:jst sti:administers programme:a ; sti:collaboratesWith agency:amed ;
            skos:exactMatch <https://ror.org/00097mb19> .
        programme:b sti:administeredBy agency:amed ; sti:startYear 1999 . }"""
    assert conclusions(text, "inverses") == triples(
        [
            "programme:a sti:administeredBy agency:jst",
            "agency:amed sti:administers programme:b",
            "agency:amed sti:collaboratesWith agency:jst",
        ]
    )


def test_chains_of_two_but_never_from_a_thing_to_itself() -> None:
    text = """<urn:g> {
        sti:partner owl:propertyChainAxiom ( sti:partyTo sti:hasParty ) .
        territory:jp sti:partyTo <urn:treaty> .
        <urn:treaty> sti:hasParty territory:jp, territory:gb . }
        """
    assert conclusions(text, "property-chains") == triples(
        ["territory:jp sti:partner territory:gb"]
    )


def test_a_passage_mentions_the_things_of_its_statements_and_readings() -> None:
    text = """
        uuki:2.4-p1 { link:jp-x-listed sti:territory territory:jp ; sti:stage stage:listed .
            <https://w3id.org/stikg/trend/a> sti:territory territory:jp . }
        uuki:2.4-p2 { uuki:2.4-p2 sti:mentions agency:jst . agency:amed sti:startYear 2015 . }
        <https://w3id.org/stikg/document/uuki-2022/2.4-p2/reading> {
            <https://w3id.org/stikg/document/uuki-2022/2.4-p2/reading> sti:reason "a guess" .
            programme:a a sti:Programme . }
        <urn:provenance> {
            uuki:2.4-p1 sti:evidencePassage uuki:2.4-p1 .
            uuki:2.4-p2 sti:evidencePassage uuki:2.4-p2 .
            <https://w3id.org/stikg/document/uuki-2022/2.4-p2/reading>
                sti:evidencePassage uuki:2.4-p2 . }
        <urn:reference> { agency:nedo a sti:FundingAgency . }"""
    assert conclusions(text, "mentioned-things") == triples(
        [
            "uuki:2.4-p1 sti:mentions territory:jp",
            "uuki:2.4-p2 sti:mentions agency:amed",
            "uuki:2.4-p2 sti:mentions programme:a",
        ]
    )


def test_rules_feed_each_other_and_each_conclusion_is_in_the_graph_of_its_rule() -> None:
    text = """<urn:g> {
        sti:administers rdfs:subPropertyOf sti:involvedIn .
        sti:involvedIn owl:inverseOf sti:involves .
        agency:jst sti:administers programme:a . }"""
    store, found = infer(quads(text), [rule("inverses"), rule("sub-properties")])
    graph = "https://w3id.org/stikg/graph/inferred/"
    jst, programme = expand("agency:jst"), expand("programme:a")
    assert set(found) == {
        (jst, expand("sti:involvedIn"), programme, IRI(f"{graph}sub-properties")),
        (programme, expand("sti:involves"), jst, IRI(f"{graph}inverses")),
    }
    assert store.ask(PREFIXES + "ASK { programme:a sti:involves agency:jst }")
    assert store.ask(PREFIXES + "ASK { GRAPH ?g { programme:a sti:involves agency:jst } }")


def test_what_a_passage_states_is_not_inferred_again() -> None:
    text = """
        <urn:g> {
            sti:administers owl:inverseOf sti:administeredBy .
            agency:jst sti:administers programme:a . }
        uuki:2.4-p1 { programme:a sti:administeredBy agency:jst . }"""
    assert conclusions(text, "inverses") == set()


def test_default_graph_that_rules_see_is_a_set() -> None:
    text = """
        uuki:2.4-p1 { agency:jst sti:administers programme:a . }
        uuki:2.4-p2 { agency:jst sti:administers programme:a . }"""
    store, _ = infer(quads(text), [])
    table = store.select(PREFIXES + "SELECT ?s { ?s sti:administers ?o }")
    assert len(table) == 1


def test_rules_without_an_end_are_stopped() -> None:
    endless = Query(
        "endless",
        "rule",
        "Endless",
        "CONSTRUCT { ?new ?p ?o } WHERE { ?s ?p ?o BIND(IRI(CONCAT(STR(?s), 'x')) AS ?new) }",
        path="rules/endless.rq",
    )
    with pytest.raises(InputError, match="still conclude something new after 20 rounds"):
        infer(quads("<urn:g> { <urn:a> <urn:b> <urn:c> . }"), [endless])


def test_broken_rule_names_its_file() -> None:
    broken = Query("broken", "rule", "Broken", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p }",
                   path="rules/broken.rq")  # fmt: skip
    with pytest.raises(SyntaxProblem, match=r"queries/rules/broken\.rq:1:39: "):
        infer([], [broken])
