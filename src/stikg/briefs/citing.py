"""How a brief names what a line rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stikg.briefs.model import Row
from stikg.terms import IRI, compress

SHOWN: Final = 3
"""Passages that a line names; how many more there are is told."""

ORIGINS: Final = {
    "curated": "reference data",
    "inferred": "follows",
    "read": "interpreted",
    "counted": "counted from passages",
}


def cited(row: Row) -> tuple[Sequence[tuple[str, str]], str]:
    """Return the short names and IRIs of the passages to show, and the words after them."""
    shown = [(compress(passage.value), passage.value) for passage in row.passages[:SHOWN]]
    rest = len(row.passages) - len(shown)
    words = [f"+{rest}"] if rest else []
    told = [ORIGINS[origin] for origin in row.origins if origin in ORIGINS]
    if told and "stated" not in row.origins:
        words.append(f"({', '.join(told)})")
    return shown, " ".join(words)


def document_name(iri: IRI) -> str:
    """Return the identifier of a document.

    >>> document_name(IRI("https://w3id.org/stikg/document/uuki-2022"))
    'uuki-2022'
    """
    return iri.value.rpartition("/")[2]
