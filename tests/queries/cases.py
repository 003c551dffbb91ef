"""Cases of queries: parameters, columns and rows, written by hand in tests/cases.

A case is a table of tab-separated cells below ``# parameter: value`` lines. IRIs are written as
CURIEs, literals as their lexical form, unbound variables as nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from stikg.building.compilation import Compilation, compile_sources
from stikg.layout import Layout
from stikg.library import Library, Query, parse_value
from stikg.results import Table
from stikg.terms import BASE, IRI, Literal, Term, compress, expand
from stikg.validation import Sources, read_sources

ROOT: Final = Path(__file__).resolve().parents[2]
CASES: Final = ROOT / "tests" / "cases"
KINDS: Final = {"question": "questions", "network": "networks"}
DOCUMENTS: Final = ("almanac", "atlas", "ledger")
"""Documents that only tests know; each has a prefix of its own in cases."""

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """What a query must answer to these parameters."""

    query: str
    name: str
    columns: Cells
    rows: tuple[Cells, ...]
    parameters: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.query}/{self.name}"


def read_cases() -> list[Case]:
    """Return all cases of questions and networks, sorted."""
    paths = (path for folder in KINDS.values() for path in (CASES / folder).glob("*/*.tsv"))
    return [_read_case(path) for path in sorted(paths)]


def _read_case(path: Path) -> Case:
    lines = path.read_text(encoding="utf-8").splitlines()
    given = [line[2:].split(": ", 1) for line in lines if line.startswith("# ")]
    header, *rows = (tuple(line.split("\t")) for line in lines[len(given) :])
    parameters = {name: tuple(values.split(" ")) for name, values in given}
    return Case(path.parent.name, path.stem, header, tuple(rows), parameters)


def values(query: Query, case: Case) -> dict[str, tuple[Term, ...]]:
    """Return the terms of the parameters of a case."""
    found: dict[str, tuple[Term, ...]] = {}
    for name, texts in case.parameters.items():
        parameter = query.find_parameter(name)
        assert parameter is not None, f"{case}: no parameter {name}"
        resource = parameter.type == "resource"
        found[name] = tuple(iri(t) if resource else parse_value(parameter, t) for t in texts)
    return found


def iri(curie: str) -> IRI:
    """Return the IRI of a CURIE, those of the documents of the tests included."""
    prefix, _, local = curie.partition(":")
    return IRI(f"{BASE}document/{prefix}/{local}") if prefix in DOCUMENTS else expand(curie)


def cell(term: Term | None) -> str:
    """Return how a case writes a term."""
    if term is None:
        return ""
    if isinstance(term, Literal):
        return term.value
    for document in DOCUMENTS:
        start = f"{BASE}document/{document}/"
        if str(term).startswith(start):
            return f"{document}:{str(term).removeprefix(start)}"
    return compress(str(term))


def cells(table: Table) -> list[Cells]:
    """Return the rows of a table as a case writes them."""
    return [tuple(cell(term) for term in row) for row in table.rows]


def fixture_layout(folder: Path) -> Layout:
    """Return a layout of the real ontology and queries and the graph of the cases."""
    for name, above in (("ontology", ROOT), ("queries", ROOT), ("graph", CASES / "fixture")):
        os.symlink(above / name, folder / name, target_is_directory=True)
    return Layout(
        root=folder,
        ontology=folder / "ontology",
        graph=folder / "graph",
        queries=folder / "queries",
        build=folder / "build",
        editable=True,
    )


def compile_layout(layout: Layout, library: Library) -> tuple[Sources, Compilation]:
    """Return the files of a layout and the dataset that they make."""
    sources = read_sources(layout)
    return sources, compile_sources(sources, library)


def n_quads(compilation: Compilation) -> Iterator[str]:
    """Yield the dataset, its default graph too, as lines of N-Quads."""
    for *triple, graph in compilation.quads():
        terms: Iterable[Term] = (*triple, graph) if graph is not None else triple
        yield " ".join(term.n3() for term in terms) + " .\n"
