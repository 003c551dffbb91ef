"""Answers as documents: what the engine found, written in a format and within limits.

For servers, which pass bytes on. The engine writes piece by piece, so that an answer that grows
too large is given up while it grows.
"""

from __future__ import annotations

from itertools import islice
from typing import Any, Final, Literal, NamedTuple

import pyoxigraph

from stikg.errors import LimitExceeded
from stikg.library import missing_prefixes
from stikg.terms import PREFIXES

Kind = Literal["solutions", "boolean", "triples"]
Results = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples

RESULT_FORMATS: Final = {
    "json": pyoxigraph.QueryResultsFormat.JSON,
    "xml": pyoxigraph.QueryResultsFormat.XML,
    "csv": pyoxigraph.QueryResultsFormat.CSV,
    "tsv": pyoxigraph.QueryResultsFormat.TSV,
}
RDF_FORMATS: Final = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
}


class Wanted(NamedTuple):
    """The format for each kind of answer by its name; empty where the asker takes none."""

    solutions: str = "json"
    boolean: str = "json"
    triples: str = "turtle"


class Graphs(NamedTuple):
    """The dataset of a query by the protocol: IRIs of its default graph and its named graphs."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class Limits(NamedTuple):
    """What an answer may be: rows or triples, bytes; and what its query may hold.

    ``nesting`` is how deep its brackets may be, ``services`` are the endpoints that it may ask.
    """

    rows: int
    size: int
    nesting: int
    services: tuple[str, ...] = ()


class Reply(NamedTuple):
    """An answer: its kind, its format (none if none was wanted for that kind), its bytes."""

    kind: Kind
    format: str
    body: bytes


def evaluate(
    store: pyoxigraph.Store, query: str, graphs: Graphs | None, base: str | None
) -> Results:
    """Return the results of a query; prefixes of stikg that it does not declare are added.

    :raises SyntaxError: if it does not parse; and other errors as the engine raises them.
    """
    named = [pyoxigraph.NamedNode(iri) for iri in graphs.named] if graphs else None
    default = [pyoxigraph.NamedNode(iri) for iri in graphs.default] if graphs else None
    options: dict[str, Any] = {"base_iri": base, "default_graph": default, "named_graphs": named}
    try:
        return store.query(query, **options)
    except SyntaxError:
        prefixes = missing_prefixes(query)  # after the first try: to look for them takes time
        if not prefixes:
            raise
        return store.query(query, prefixes=prefixes, **options)


def write_reply(results: Results, wanted: Wanted, limits: Limits) -> Reply:
    """Return the answer of the engine as a document.

    :raises LimitExceeded: if it has more rows or bytes than it may.
    """
    if isinstance(results, pyoxigraph.QueryTriples):
        return Reply("triples", wanted.triples, _triples(results, wanted.triples, limits))
    if isinstance(results, pyoxigraph.QueryBoolean):
        body = results.serialize(format=RESULT_FORMATS[wanted.boolean]) if wanted.boolean else b""
        return Reply("boolean", wanted.boolean, body or b"")
    return Reply("solutions", wanted.solutions, _solutions(results, wanted.solutions, limits))


def _solutions(results: pyoxigraph.QuerySolutions, name: str, limits: Limits) -> bytes:
    if not name:
        return b""
    page = _Page(limits, RowCounter(name))
    results.serialize(page, format=RESULT_FORMATS[name])  # type: ignore[arg-type]
    return page.content()


def _triples(results: pyoxigraph.QueryTriples, name: str, limits: Limits) -> bytes:
    """Return triples as a document, each once: the engine may repeat them."""
    if not name:
        return b""
    triples = dict.fromkeys(islice(results, limits.rows + 1))
    if len(triples) > limits.rows:
        raise _too_many_rows(limits.rows)
    page = _Page(limits, None)
    pyoxigraph.serialize(
        triples,
        page,  # type: ignore[arg-type]
        format=RDF_FORMATS[name],
        prefixes=_prefixes(triples) if name in {"turtle", "trig", "rdfxml"} else None,
    )
    return page.content()


def _prefixes(triples: dict[pyoxigraph.Triple, None]) -> dict[str, str]:
    """Return the prefixes that a document of these triples uses."""
    text = "\n".join({str(term) for triple in triples for term in triple})
    return {name: space for name, space in PREFIXES.items() if f"<{space}" in text}


class RowCounter:
    """Counts the solutions in a document that comes in pieces; exact in every format."""

    def __init__(self, format: str) -> None:
        self.format = format
        self._rest = b""
        self._quoted = False
        self.count = 0

    def feed(self, piece: bytes) -> None:
        """Count the solutions that begin, or lines that end, in a piece."""
        if self.format == "tsv":
            self.count += piece.count(b"\n")
        elif self.format == "xml":  # < is escaped in every text
            text = self._rest + piece
            self.count += text.count(b"<result>")
            self._rest = text[-7:]
        else:
            self._feed_quoted(piece)

    def _feed_quoted(self, piece: bytes) -> None:
        """Count only outside quotes."""
        text = self._rest + piece
        self._rest = b""
        if self.format == "json":
            slashes = len(text) - len(text.rstrip(b"\\"))
            if slashes % 2:
                text, self._rest = text[:-1], b"\\"
            text = text.replace(b"\\\\", b"").replace(b'\\"', b"")
        parts = text.split(b'"')
        outside = parts[1 if self._quoted else 0 :: 2]
        self._quoted ^= len(parts) % 2 == 0
        if self.format == "csv":
            self.count += sum(part.count(b"\n") for part in outside)
        else:
            self.count += sum(part.count(b",{") + part.count(b"[{") for part in outside)
            if not self._quoted and parts[-1][-1:] in (b",", b"["):
                self._rest = parts[-1][-1:]


class _Page:
    """A file in memory that refuses to grow beyond its limits."""

    def __init__(self, limits: Limits, rows: RowCounter | None) -> None:
        self._limits = limits
        self._rows = rows
        self._pieces: list[bytes] = []
        self._fed = 0
        self._size = 0

    def write(self, piece: bytes) -> int:
        """Take a piece of the document.

        :raises LimitExceeded: if it is one too many.
        """
        self._pieces.append(bytes(piece))
        self._size += len(piece)
        if self._size > self._limits.size:
            raise LimitExceeded(
                f"the answer is larger than {self._limits.size:,} bytes",
                remedy="ask for fewer columns or rows, or add LIMIT",
            )
        self._count()
        return len(piece)

    def flush(self) -> None:
        """Do nothing: all is in memory."""

    def content(self) -> bytes:
        """Return the document."""
        return b"".join(self._pieces)

    def _count(self) -> None:
        """Count rows, once there are bytes enough for more than the limit."""
        if self._rows is None or self._size <= 2 * self._limits.rows:
            return
        for piece in self._pieces[self._fed :]:
            self._rows.feed(piece)
        self._fed = len(self._pieces)
        header = self._rows.format in {"csv", "tsv"}
        if self._rows.count > self._limits.rows + header:
            raise _too_many_rows(self._limits.rows)


def _too_many_rows(most: int) -> LimitExceeded:
    return LimitExceeded(
        f"the answer has more than {most:,} rows", remedy="add LIMIT, or ask for less"
    )
