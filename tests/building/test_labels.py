"""The display label: which of several names, and what without one."""

from __future__ import annotations

import pytest

from stikg.building.labels import display_labels
from stikg.serialisation import get_format, parse

PREFIXES = """
PREFIX sti: <https://w3id.org/stikg/ontology/>
PREFIX territory: <https://w3id.org/stikg/territory/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
"""


def labels(text: str) -> list[str]:
    quads = parse(PREFIXES + text, get_format("turtle"))
    found = list(display_labels(quad[:3] for quad in quads))
    assert all(label.n3().endswith('"') for _, _, label in found)
    return [str(label) for _, _, label in found]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ('territory:jp skos:prefLabel "日本"@ja, "Japan"@en, "Japon"@fr .', "Japan"),
        ('territory:jp skos:prefLabel "日本"@ja, "Nippon" .', "Nippon"),
        ('territory:jp skos:prefLabel "Japon"@fr, "日本"@ja .', "日本"),
        ('territory:jp rdfs:label "Nippon"@en ; skos:prefLabel "Japan"@en .', "Japan"),
        ('territory:jp dcterms:title "Titel"@en ; rdfs:label "Name"@en .', "Name"),
        ('territory:jp skos:prefLabel "日本"@ja ; rdfs:label "Japan"@en .', "Japan"),
        ('territory:jp skos:prefLabel "B"@en, "A"@en .', "A"),
        ("territory:jp a sti:Territory .", "jp"),
        ('territory:jp a sti:Territory ; skos:prefLabel "Japon"@fr .', "Japon"),
        ('<urn:outside> rdfs:label "outside"@en .', "outside"),
    ],
)
def test_the_label_is_the_best_name(text: str, label: str) -> None:
    assert labels(text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        'territory:jp skos:altLabel "Japan"@en .',
        "<urn:outside> a sti:Territory .",
        'territory:jp sti:label "Japan" ; skos:prefLabel "Nippon"@en .',
        "<https://w3id.org/stikg/document/x/p1/selector> a oa:TextPositionSelector .",
    ],
)
def test_no_label(text: str) -> None:
    assert labels(text) == []
