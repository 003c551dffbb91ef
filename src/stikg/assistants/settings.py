"""What one answer may cost, and how long it may be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """The limits of a query and of an answer.

    ``deadline`` is seconds, ``memory`` the bytes that the process which evaluates may take beside
    its open store, ``results`` the rows that a query may have at all, ``query_characters`` the
    length of a SPARQL query; an answer shows ``rows`` rows unless more are asked for, up to
    ``most_rows``, and about ``characters`` characters.
    """

    deadline: float = 10.0
    memory: int = 1 << 30
    results: int = 10_000
    query_characters: int = 20_000
    rows: int = 50
    most_rows: int = 500
    characters: int = 40_000
