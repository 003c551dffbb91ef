"""How classes, properties and things are named on the page of the ontology."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from stikg.library import Query
from stikg.publishing.pages.facts import Facts, curie
from stikg.publishing.pages.markdown import anchor, clip, code, link, text
from stikg.results.display import plain_text
from stikg.terms import IRI, Term

MOST_QUERIES: Final = 8
"""Queries that are linked from a term at most."""

_PLACES: Final = {"question": "questions.md", "check": "checks.md", "network": "networks.md"}


def term_heading(facts: Facts, kind: str, term: Term) -> tuple[str, str]:
    """Return the title of a term's section, and the name by which links find it."""
    name = curie(term)
    label = text(facts.label(term)) or name
    return f"{label} {code(name)}", anchor(kind, name)


def named(facts: Facts, term: Term) -> str:
    """Return a thing as CURIE with its label, or a value."""
    if not isinstance(term, IRI):
        return code(clip(plain_text(term)).replace("`", "'"))
    label = facts.label(term)
    shown = code(curie(term))
    return f"{shown} {text(clip(label))}" if label else shown


def ranked(counted: Counter[str], linked: Callable[[str, str], str], most: int) -> str:
    """Return the most frequent names with their numbers."""
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(f"{linked(name, '')} {number}" for name, number in ordered[:most])
    return f"{shown} …" if len(ordered) > most else shown


def asked_by(name: str, queries: Sequence[Query]) -> str:
    """Return links to the queries that use a term in their text or for a parameter."""
    used = re.compile(rf"(?<![\w:]){re.escape(name)}(?![\w-])")
    found = [
        query for query in queries
        if query.kind in _PLACES
        and (used.search(query.text) or any(item.cls == name for item in query.parameters))
    ]  # fmt: skip
    links = [link(item.name, f"{_PLACES[item.kind]}#{item.name}") for item in found[:MOST_QUERIES]]
    more = [f"{len(found) - MOST_QUERIES} more"] if len(found) > MOST_QUERIES else []
    return ", ".join([*links, *more])


def deprecated(facts: Facts, term: Term) -> str:
    """Return the warning above a term that is no longer used, or nothing."""
    if facts.value(term, "owl:deprecated") != "true":
        return ""
    instead = ", ".join(code(curie(new)) for new in facts.values(term, "dcterms:isReplacedBy"))
    return f"**Deprecated**{f'; use {instead}' if instead else ''}.\n\n"
