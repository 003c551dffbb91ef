"""The media types of answers: which there are, and which a client takes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from stikg.serialisation import FORMATS
from stikg.server.negotiation import negotiate
from stikg.store import Wanted

SOLUTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "application/sparql-results+json": "json",
        "application/sparql-results+xml": "xml",
        "text/csv": "csv",
        "text/tab-separated-values": "tsv",
        "application/json": "json",
        "application/xml": "xml",
    }
)
"""Media type → format of solutions; of those liked equally the first is taken."""

BOOLEAN: Final[Mapping[str, str]] = MappingProxyType(
    {media_type: name for media_type, name in SOLUTIONS.items() if name in {"json", "xml"}}
)
"""Media type → format of the answer to ASK."""

TRIPLES: Final[Mapping[str, str]] = MappingProxyType(
    {entry.media_type: entry.name for entry in FORMATS}
)
"""Media type → format of RDF."""

EVERY: Final = (*SOLUTIONS, *TRIPLES)


class Choice(NamedTuple):
    """The media type of each kind of answer that a client takes; empty for none."""

    solutions: str
    boolean: str
    triples: str

    @property
    def formats(self) -> Wanted:
        """The formats of these media types."""
        return Wanted(
            SOLUTIONS.get(self.solutions, ""),
            BOOLEAN.get(self.boolean, ""),
            TRIPLES.get(self.triples, ""),
        )

    def of(self, kind: str) -> str:
        """Return the media type of one kind of answer."""
        return str(getattr(self, kind))


@lru_cache(maxsize=256)
def choose(accept: str | None) -> Choice:
    """Return what an Accept header takes.

    >>> choose("text/csv, text/turtle")
    Choice(solutions='text/csv', boolean='', triples='text/turtle')
    """
    offers = (SOLUTIONS, BOOLEAN, TRIPLES)
    return Choice(*(negotiate(accept, list(offer)) or "" for offer in offers))
