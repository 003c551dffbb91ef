"""What schemathesis loads before it asks: names that the tiny knowledge graph has, and queries."""

from __future__ import annotations

import schemathesis
from hypothesis import strategies as st

NAMES = {
    "name": ["Japan", "日本", "programme:rockets", "https://w3id.org/stikg/territory/jp"],
    "graph-name": ["https://w3id.org/stikg/graph/labels", "urn:example:none"],
    "sparql-query": [
        "SELECT ?s { ?s a sti:FundingAgency }", "ASK { agency:acme ?p ?o }",
        "DESCRIBE territory:jp", "CONSTRUCT WHERE { ?s sti:label ?l }",
    ],
    "name-of:sti:Organisation": ["ACME", "Acme Agency", "agency:bolt"],
}  # fmt: skip
"""Format of a parameter → names, or queries, that fit it."""

for form, names in NAMES.items():
    schemathesis.openapi.format(form, st.sampled_from(names))
