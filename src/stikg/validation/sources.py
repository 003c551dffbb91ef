"""What the files say: every file of ontology and graph, and the named graphs it fills.

=============================================  ================================================
file                                           named graph below https://w3id.org/stikg/graph/
=============================================  ================================================
ontology/<stem>.ttl, ontology/schemes/<stem>   ontology/<stem>
graph/reference/<stem>.ttl                     reference/<stem>
graph/mappings/<stem>.sssom.tsv                mappings/<stem>
graph/documents/<id>/<stem>.ttl                document/<id>/<stem>
graph/documents/<id>/<section>.trig            the passages that it names, and their readings
=============================================  ================================================

``ontology/alignments.ttl`` is for those who ask for it, and shapes are no statements: neither is
a source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from stikg.errors import InputError
from stikg.layout import Layout
from stikg.serialisation.formats import format_of
from stikg.serialisation.positions import Positions, read_positions
from stikg.serialisation.reading import parse
from stikg.terms import BASE, IRI, PREFIXES, Quad, Term
from stikg.validation.mappings import find_row, read_mappings

GRAPH: Final = BASE + "graph/"
READING: Final = "/reading"
"""What a passage's IRI is followed by in the name of the graph of its readings."""

_ALIGNMENTS: Final = "alignments.ttl"
_TYPE: Final = IRI(PREFIXES["rdf"] + "type")


@dataclass(frozen=True)
class Source:
    """One file and what it says; ``document`` is the document whose claims it holds, if any."""

    path: Path
    file: str
    quads: tuple[Quad, ...]
    document: str = ""

    @cached_property
    def positions(self) -> Positions | None:
        """Lines of the statements, read when first asked; None for a table."""
        return None if self.path.suffix == ".tsv" else read_positions(self.path)

    @cached_property
    def about(self) -> Mapping[Term, Sequence[Quad]]:
        """The statements of the file by their subject."""
        found: dict[Term, list[Quad]] = {}
        for quad in self.quads:
            found.setdefault(quad[0], []).append(quad)
        return found

    def line(
        self,
        subject: Term,
        *,
        predicate: Term | None = None,
        value: Term | None = None,
        graph: str | None = None,
    ) -> int | None:
        """Return the line of a statement, or of its subject if the file lacks the rest.

        The default graph is ``""``; without a graph, any will do.
        """
        if self.positions is None:
            return find_row(self.path, subject, value)
        return self.positions.line(
            str(subject),
            predicate=None if predicate is None else str(predicate),
            value=value,
            graph=graph,
        )


@dataclass(frozen=True)
class Sources:
    """All files of a knowledge graph, in the order of their names."""

    files: tuple[Source, ...]

    def __iter__(self) -> Iterator[Source]:
        return iter(self.files)

    def quads(self) -> Iterator[Quad]:
        """Yield every statement of every file."""
        for source in self.files:
            yield from source.quads

    def documents(self) -> tuple[str, ...]:
        """Return the names of the documents, in order."""
        return tuple(sorted({source.document for source in self.files if source.document}))

    def place(
        self, subject: Term, predicate: Term | None = None, value: Term | None = None
    ) -> tuple[str, int | None]:
        """Return file and line of the statement that agrees best, or ("", None).

        Without such a statement it is the file that gives the subject its class.
        """
        best, score = None, 0
        for source in self.files:
            agreement = _agreement(source, subject, predicate, value)
            if agreement > score:
                best, score = source, agreement
        if best is None:
            return "", None
        return best.file, best.line(subject, predicate=predicate, value=value)

    def place_in_graph(
        self, graph: Term, subject: Term, predicate: Term | None, value: Term | None
    ) -> tuple[str, int | None] | None:
        """Return file and line of the best agreeing statement in a passage or its reading."""
        for source in self.files:
            for name in sorted({str(quad[3]) for quad in source.about.get(subject, ())}):
                if name.removesuffix(READING) == str(graph):
                    return source.file, source.line(
                        subject, predicate=predicate, value=value, graph=name
                    )
        return None


def _agreement(source: Source, subject: Term, predicate: Term | None, value: Term | None) -> int:
    """Return how well a file's best statement about a subject fits; 0 if it has none."""
    return max(
        (
            1
            + (quad[1] == _TYPE)
            + 2 * (quad[1] == predicate)
            + 4 * (quad[1:3] == (predicate, value))
            for quad in source.about.get(subject, ())
        ),
        default=0,
    )


def read_sources(layout: Layout) -> Sources:
    """Read every file of ontology and graph.

    :raises SyntaxProblem: if a file does not parse or graph/ holds a blank node, with its line.
    :raises InputError: if a file cannot be read.
    """
    found = []
    for path in source_files(layout):
        file = path.relative_to(layout.root).as_posix()
        if path.suffix == ".tsv":
            quads = read_mappings(path, file=file, graph=_graph_of(layout, path))
        else:
            quads = _parse(path, file, blank_nodes=layout.ontology in path.parents)
            if path.suffix == ".ttl":
                graph = _graph_of(layout, path)
                quads = [
                    (subject, predicate, value, graph) for subject, predicate, value, _ in quads
                ]
        found.append(Source(path, file, tuple(quads), _document_of(layout, path)))
    return Sources(tuple(found))


def _parse(path: Path, file: str, *, blank_nodes: bool) -> list[Quad]:
    try:
        data = path.read_bytes()
    except OSError as cause:
        raise InputError(
            f"cannot be read: {cause.strerror}", where=file, remedy="check its permissions"
        ) from cause
    return parse(data, format_of(path), where=file, blank_nodes=blank_nodes)


def source_files(layout: Layout) -> list[Path]:
    """Return the files that make up the graph, in the order of their names."""
    patterns = (
        (layout.ontology, "*.ttl"),
        (layout.ontology / "schemes", "*.ttl"),
        (layout.graph / "reference", "*.ttl"),
        (layout.graph / "mappings", "*.sssom.tsv"),
        (layout.graph / "documents", "*/*.ttl"),
        (layout.graph / "documents", "*/*.trig"),
    )
    return sorted(
        path
        for folder, pattern in patterns
        for path in folder.glob(pattern)
        if path.name != _ALIGNMENTS and not path.name.startswith(".")
    )


def _document_of(layout: Layout, path: Path) -> str:
    documents = layout.graph / "documents"
    return path.relative_to(documents).parts[0] if documents in path.parents else ""


def _graph_of(layout: Layout, path: Path) -> IRI:
    stem = path.name.removesuffix(".sssom.tsv").removesuffix(".ttl")
    document = _document_of(layout, path)
    if document:
        return IRI(f"{GRAPH}document/{document}/{stem}")
    folder = "ontology" if layout.ontology in path.parents else path.parent.name
    return IRI(f"{GRAPH}{folder}/{stem}")
