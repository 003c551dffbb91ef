"""The label index: an SQLite file made by the build, with full-text search."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stikg.errors import OutputError
from stikg.names.normalisation import normalise, space_ideographs
from stikg.terms import BASE

SOURCES: Final = ("prefLabel", "altLabel", "acronym", "notation", "title", "heading")
"""What a name is to its thing, the more telling first."""

_SCHEMA: Final = """
CREATE TABLE names (
    id INTEGER PRIMARY KEY,
    iri TEXT NOT NULL,
    local TEXT NOT NULL,
    label TEXT NOT NULL,
    normalised TEXT NOT NULL,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    source TEXT NOT NULL,
    rank INTEGER NOT NULL
);
CREATE TABLE classes (cls TEXT NOT NULL, iri TEXT NOT NULL, PRIMARY KEY (cls, iri)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 0'
);
CREATE TEMPORARY TABLE given (
    iri TEXT, rank INTEGER, label TEXT, kind TEXT, language TEXT, source TEXT
);
CREATE TEMPORARY TABLE members (cls TEXT, iri TEXT);
"""
_UNGUARDED: Final = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF"
"""For a new file: one that was cut is thrown away, and who publishes it brings it to the disk."""

_ADD_NAME: Final = "INSERT INTO names VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ADD_WORDS: Final = "INSERT INTO words (rowid, text) VALUES (?, ?)"
_INDEXES: Final = """
DROP TABLE given;
DROP TABLE members;
CREATE INDEX names_by_form ON names (normalised);
CREATE INDEX names_by_local ON names (local);
CREATE INDEX names_by_iri ON names (iri, rank);
"""


@dataclass(frozen=True, slots=True, order=True)
class NameRow:
    """A name of a thing; ``kind`` is the local name of its class, ``source`` one of SOURCES."""

    iri: str
    label: str
    kind: str
    language: str
    source: str


def build_names(
    path: Path, rows: Iterable[NameRow], classes: Iterable[tuple[str, str]] = ()
) -> None:
    """Write a new label index.

    ``classes`` are pairs of the IRI of a class and that of a member, superclasses included; they
    are taken before the rows.

    :raises OutputError: if there is a file already or it cannot be written.
    """
    if path.exists():
        raise OutputError("there is something here already", where=str(path))
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(_UNGUARDED)
            fill(connection, rows, classes)
    except sqlite3.Error as error:
        raise OutputError(f"cannot be written: {error}", where=str(path)) from error


def fill(
    connection: sqlite3.Connection,
    rows: Iterable[NameRow],
    classes: Iterable[tuple[str, str]],
) -> None:
    """Make the tables of the label index and fill them, in an order of their own.

    What is given is sorted on disk if it is too much for memory; ``classes`` are taken first.
    """
    connection.executescript(_SCHEMA)
    connection.executemany("INSERT INTO members VALUES (?, ?)", classes)
    connection.executemany(
        "INSERT INTO given VALUES (?, ?, ?, ?, ?, ?)",
        ((row.iri, _rank(row), row.label, row.kind, row.language, row.source) for row in rows),
    )
    ordered = connection.execute(
        "SELECT DISTINCT iri, label, kind, language, source FROM given "
        "ORDER BY iri, rank, label, kind, language, source"
    )
    for number, values in enumerate(ordered, 1):
        row = NameRow(*values)
        form = normalise(row.label)
        connection.execute(_ADD_NAME, (number, *_values(row, form)))
        connection.execute(_ADD_WORDS, (number, space_ideographs(form)))
    connection.execute("INSERT INTO classes SELECT DISTINCT cls, iri FROM members ORDER BY 1, 2")
    connection.executescript(_INDEXES)
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    connection.commit()


def _values(row: NameRow, form: str) -> tuple[str | int, ...]:
    local = row.iri.rpartition("/")[2] if row.iri.startswith(BASE) else ""
    return row.iri, local, row.label, form, row.kind, row.language, row.source, _rank(row)


def _rank(row: NameRow) -> int:
    """Return how far a name is from being the one under which its thing is shown."""
    language = {"en": 0, "": 1, "ja": 2}.get(row.language.partition("-")[0].lower(), 3)
    source = SOURCES.index(row.source) if row.source in SOURCES else len(SOURCES)
    shown = row.source in {"prefLabel", "title", "heading"}
    return (0 if shown else 100) + language * 10 + source
