"""What schemathesis loads before it asks: names that things of the tiny knowledge graph have."""

from __future__ import annotations

import schemathesis
from hypothesis import strategies as st

NAMES = {
    "name": ["Japan", "日本", "programme:rockets", "https://w3id.org/stikg/territory/jp"],
    "name-of:sti:Organisation": ["ACME", "Acme Agency", "agency:bolt"],
}
"""Format of a parameter → names that fit it."""

for form, names in NAMES.items():
    schemathesis.openapi.format(form, st.sampled_from(names))
