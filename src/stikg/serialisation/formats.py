"""The table of RDF formats: one row each, and every property of a format on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stikg.errors import InputError


@dataclass(frozen=True, slots=True)
class Format:
    """A syntax for RDF; ``graphs`` tells whether it can hold named graphs."""

    name: str
    title: str
    suffix: str
    media_type: str
    graphs: bool
    specification: str


FORMATS: Final = (
    Format("turtle", "Turtle", ".ttl", "text/turtle", False, "https://www.w3.org/TR/turtle/"),
    Format("trig", "TriG", ".trig", "application/trig", True, "https://www.w3.org/TR/trig/"),
    Format(
        "ntriples", "N-Triples", ".nt", "application/n-triples", False,
        "https://www.w3.org/TR/n-triples/",
    ),
    Format(
        "nquads", "N-Quads", ".nq", "application/n-quads", True, "https://www.w3.org/TR/n-quads/"
    ),
    Format(
        "jsonld", "JSON-LD", ".jsonld", "application/ld+json", True,
        "https://www.w3.org/TR/json-ld11/",
    ),
    Format(
        "rdfxml", "RDF/XML", ".rdf", "application/rdf+xml", False,
        "https://www.w3.org/TR/rdf-syntax-grammar/",
    ),
)  # fmt: skip
"""Every format that stikg reads and writes."""


def get_format(name: str) -> Format:
    """Return the format of a name, suffix or media type.

    :raises InputError: if there is none.

    >>> get_format("turtle").media_type
    'text/turtle'
    >>> get_format(".nq").name
    'nquads'
    >>> get_format("word")
    Traceback (most recent call last):
    ...
    stikg.errors.InputError: 'word' is not an RDF format
      remedy: use one of turtle, trig, ntriples, nquads, jsonld, rdfxml
    """
    for entry in FORMATS:
        if name.lower() in {entry.name, entry.suffix, entry.media_type}:
            return entry
    raise InputError(
        f"{name!r} is not an RDF format",
        remedy=f"use one of {', '.join(entry.name for entry in FORMATS)}",
    )


def format_of(path: Path) -> Format:
    """Return the format of a file by its suffix.

    :raises InputError: if no format has that suffix.
    """
    for entry in FORMATS:
        if path.suffix.lower() == entry.suffix:
            return entry
    raise InputError(
        f"the suffix {path.suffix!r} is of no RDF format",
        where=str(path),
        remedy=f"name it with one of {', '.join(entry.suffix for entry in FORMATS)}",
    )
