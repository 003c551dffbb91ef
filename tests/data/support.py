"""The real graph as the data tests see it, and the exceptions that are written beside them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

from stikg.terms import IRI, Literal, Quad, Term, compress, expand
from stikg.validation import READING, Source, Sources

HERE = Path(__file__).resolve().parent
TYPE = expand("rdf:type")


@dataclass(frozen=True)
class Graph:
    """Every file of ontology and graph, looked at from several sides."""

    sources: Sources

    @cached_property
    def quads(self) -> list[Quad]:
        """Every statement."""
        return list(self.sources.quads())

    @cached_property
    def claims(self) -> list[tuple[Source, Quad]]:
        """What documents say or are read to say, with the file."""
        return [(file, quad) for file in self.claim_files for quad in file.quads]

    @cached_property
    def claim_files(self) -> list[Source]:
        """The files of the documents' statements."""
        return [file for file in self.sources if file.path.suffix == ".trig"]

    @cached_property
    def curated_files(self) -> list[Source]:
        """The files that say who the things are, and the concept schemes."""
        folders = ("graph/reference/", "ontology/schemes/")
        return [file for file in self.sources if file.file.startswith(folders)]

    @cached_property
    def classes(self) -> dict[Term, set[str]]:
        """The classes of each thing."""
        found: dict[Term, set[str]] = {}
        for subject, predicate, value, _ in self.quads:
            if predicate == TYPE:
                found.setdefault(subject, set()).add(name(value))
        return found

    @cached_property
    def properties(self) -> dict[Term, dict[str, set[Term]]]:
        """All values of each property of each thing."""
        found: dict[Term, dict[str, set[Term]]] = {}
        for subject, predicate, value, _ in self.quads:
            found.setdefault(subject, {}).setdefault(name(predicate), set()).add(value)
        return found

    def of_class(self, *classes: str) -> list[Term]:
        """Return the things of one of some classes, in order."""
        return sorted((term for term, own in self.classes.items() if own & set(classes)), key=str)

    def values(self, subject: Term, prop: str) -> list[str]:
        """Return the values of a property of a thing, IRIs as CURIEs, in order."""
        return sorted(name(value) for value in self.properties[subject].get(prop, ()))

    def place(self, subject: Term, prop: str = "", value: Term | None = None) -> str:
        """Return file and line where a thing is spoken of."""
        file, line = self.sources.place(subject, expand(prop) if prop else None, value)
        return f"{file}:{line}"


def name(term: Term | None) -> str:
    """Return an IRI as CURIE, a literal as its text."""
    return compress(term.value) if isinstance(term, IRI) else str(term)


def at(file: Source, quad: Quad) -> str:
    """Return file and line of a statement."""
    graph = str(quad[3] or "") if file.path.suffix == ".trig" else None
    line = file.line(quad[0], predicate=quad[1], value=quad[2], graph=graph)
    return f"{file.file}:{line}"


def show(quad: Quad) -> str:
    """Return a statement as one reads it in a file."""
    value = quad[2].n3() if isinstance(quad[2], Literal) else name(quad[2])
    return f"{name(quad[0])} {name(quad[1])} {value}"


def is_reading(graph: Term | None) -> bool:
    """Tell whether a graph holds what the encoder interpreted."""
    return str(graph).endswith(READING)


def passage_of(graph: Term | None) -> IRI:
    """Return the passage of a graph of claims."""
    return IRI(str(graph).removesuffix(READING))


@dataclass(frozen=True)
class Exceptions:
    """What a test lets pass, each with its reason: a table beside the test.

    The last column is the reason; the others may have * for any characters.
    """

    file: str
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def read(cls, file: str) -> Exceptions:
        """Read a table of exceptions."""
        with (HERE / file).open(encoding="utf-8", newline="") as stream:
            _, *rows = csv.reader(stream, delimiter="\t")
        assert all(len(row) > 1 and row[-1].strip() for row in rows), f"{file}: a row has no reason"
        return cls(f"tests/data/{file}", tuple(tuple(row[:-1]) for row in rows))

    def has(self, *cells: str) -> bool:
        """Tell whether something is let pass."""
        return any(_matches(cells, row) for row in self.rows)

    def unneeded(self, found: Iterable[tuple[str, ...]]) -> Iterator[str]:
        """Yield the rows that let nothing pass any more, to be deleted."""
        seen = list(found)
        for row in self.rows:
            if not any(_matches(cells, row) for cells in seen):
                yield f"{self.file}: {' '.join(row)!r} is no exception any more: delete its row"


def _matches(cells: tuple[str, ...], row: tuple[str, ...]) -> bool:
    return len(cells) == len(row) and all(
        fnmatchcase(cell, pattern) for cell, pattern in zip(cells, row, strict=True)
    )


def none_of(problems: Iterable[str]) -> None:
    """Fail with one line for each problem; each says which file to edit, and how."""
    lines = list(problems)
    assert not lines, "\n" + "\n".join(lines)
