"""Which names the index gets, of what, and from where."""

from __future__ import annotations

from stikg.building.names import gather_names
from stikg.names import NameRow
from stikg.serialisation import get_format, parse

BASE = "https://w3id.org/stikg/"
PREFIXES = """
PREFIX frapo: <http://purl.org/cerif/frapo/>
PREFIX sti: <https://w3id.org/stikg/ontology/>
PREFIX agency: <https://w3id.org/stikg/agency/>
PREFIX kind: <https://w3id.org/stikg/kind/>
PREFIX query: <https://w3id.org/stikg/query/>
PREFIX uuki: <https://w3id.org/stikg/document/uuki-2022/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


def gather(text: str) -> tuple[list[NameRow], list[tuple[str, str]]]:
    rows, members = gather_names(quad[:3] for quad in parse(PREFIXES + text, get_format("turtle")))
    return sorted(rows), sorted(members)


def test_an_acronym_that_a_rule_made_an_alternative_label_stays_an_acronym() -> None:
    rows, _ = gather('agency:jst a sti:Agency ; skos:altLabel "JST" ; sti:acronym "JST" .')
    assert rows == [NameRow(f"{BASE}agency/jst", "JST", "Agency", "", "acronym")]


def test_languages_are_names_of_their_own() -> None:
    rows, _ = gather('agency:jst a sti:Agency ; skos:prefLabel "JST"@en, "JST"@ja .')
    assert [row.language for row in rows] == ["en", "ja"]


def test_kind_is_the_narrowest_class_of_ours_and_members_know_all_classes() -> None:
    rows, members = gather("""
        sti:Agency rdfs:subClassOf sti:Organisation .
        agency:jst a sti:Agency, sti:Organisation, <urn:Agent> ; skos:prefLabel "JST"@en .
        kind:prize a skos:Concept ; skos:prefLabel "prize"@en .""")
    assert [row.kind for row in rows] == ["Agency", "Concept"]
    assert members == [
        ("http://www.w3.org/2004/02/skos/core#Concept", f"{BASE}kind/prize"),
        (f"{BASE}ontology/Agency", f"{BASE}agency/jst"),
        (f"{BASE}ontology/Organisation", f"{BASE}agency/jst"),
        ("urn:Agent", f"{BASE}agency/jst"),
    ]


def test_only_headings_name_their_passage() -> None:
    rows, _ = gather("""
        uuki:2.4-h a sti:Passage ; sti:passageKind kind:heading ; sti:sectionTitle "Funding" .
        uuki:2.4-p a sti:Passage ; sti:passageKind kind:paragraph ; sti:sectionTitle "Funding" .
        """)
    assert rows == [NameRow(f"{BASE}document/uuki-2022/2.4-h", "Funding", "Passage", "", "heading")]


def test_of_the_ontology_only_classes_and_relations_are_asked_for() -> None:
    rows, members = gather("""
        sti:Agency a owl:Class ; rdfs:label "funding agency"@en .
        sti:hosts a owl:ObjectProperty ; rdfs:label "hosts"@en .
        frapo:funds a owl:ObjectProperty ; rdfs:label "funds"@en .
        sti:reason a owl:AnnotationProperty ; rdfs:label "reason"@en .
        query:goals a sti:Query ; rdfs:label "Goals"@en .
        <urn:outside> a owl:Class ; rdfs:label "outside"@en .""")
    assert rows == [
        NameRow("http://purl.org/cerif/frapo/funds", "funds", "ObjectProperty", "en", "prefLabel"),
        NameRow(f"{BASE}ontology/Agency", "funding agency", "Class", "en", "prefLabel"),
        NameRow(f"{BASE}ontology/hosts", "hosts", "ObjectProperty", "en", "prefLabel"),
    ]
    assert members == [
        ("http://www.w3.org/2002/07/owl#Class", f"{BASE}ontology/Agency"),
        ("http://www.w3.org/2002/07/owl#ObjectProperty", "http://purl.org/cerif/frapo/funds"),
        ("http://www.w3.org/2002/07/owl#ObjectProperty", f"{BASE}ontology/hosts"),
        (f"{BASE}ontology/Query", f"{BASE}query/goals"),
    ]
