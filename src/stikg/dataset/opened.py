"""The opened dataset, for people who write Python."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stikg.dataset.answer import Answer, Source
from stikg.dataset.places import NAMES, QUERIES, STORE
from stikg.errors import DatasetError, InputError, UnknownName
from stikg.layout import MANIFEST
from stikg.library import Library, Query, bind, missing_prefixes, read_values
from stikg.library.values import Value
from stikg.names import Hit, Names
from stikg.results import Stream, Table
from stikg.store import LocalStore, Store
from stikg.store.seal import check_part
from stikg.terms import IRI, Quad, Term, Triple, compress

if TYPE_CHECKING:
    import networkx
    import rdflib

    from stikg.dataset.thing import Thing
    from stikg.networks import Edges, Place

WARM: Final = 0.1
"""Seconds of answering from disk after which the quads are copied into memory."""

MOST_IN_MEMORY: Final = 1_000_000
"""Quads that are copied into memory at most."""

Given = Value | Iterable[Value] | None


class Dataset:
    """A knowledge graph, opened: its parts are loaded when first used.

    ``stikg.open()`` returns the compiled one; ``from_quads`` makes one in memory. ``folder`` is
    that of a compiled version; with another ``store`` it lends its names and query files.
    ``store_folder`` is where the quads are, None for those in memory or far away.
    """

    def __init__(
        self,
        folder: Path | None,
        *,
        store: Store | None = None,
        store_folder: Path | None = None,
    ) -> None:
        self._folder = folder
        self._compiled = folder is not None and store is None
        self.store_folder = folder / STORE if folder is not None and store is None else store_folder
        self._spent = 0.0
        if store is not None:
            self.store = store

    @classmethod
    def from_quads(
        cls, quads: Iterable[Quad], library: Library, *, names: Names | None = None
    ) -> Dataset:
        """Return a dataset in memory; without names resources are given as IRIs or CURIEs.

        The default graph is what the quads without a graph say, nothing more.

        :raises InputError: if a quad is not valid.

        >>> from stikg.terms import expand
        >>> quad = (expand("agency:jst"), expand("rdf:type"), expand("sti:FundingAgency"), None)
        >>> Dataset.from_quads([quad], Library(())).sparql("ASK { ?s a sti:FundingAgency }")
        True
        """
        dataset = cls(None, store=LocalStore.in_memory(quads))
        dataset.queries = library
        dataset.names = names or Names.in_memory(())
        return dataset

    @cached_property
    def store(self) -> Store:
        """The quads.

        :raises DatasetError: if they are missing or damaged.
        """
        return LocalStore.open(self._part(STORE))

    @cached_property
    def names(self) -> Names:
        """The label index.

        :raises DatasetError: if it is missing or damaged.
        """
        return Names.open(check_part(self._part(NAMES)))

    @cached_property
    def queries(self) -> Library:
        """The query files.

        :raises DatasetError: if they are missing or damaged.
        """
        text = self._read(QUERIES)
        try:
            return Library.from_json(text)
        except (ValueError, TypeError, RecursionError) as error:
            raise _damaged(self._part(QUERIES), error) from error

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """What the build wrote of the dataset; nothing of quads that no build here made.

        :raises DatasetError: if it is missing or damaged.
        """
        if not self._compiled:
            return {}
        try:
            return dict(json.loads(self._read(MANIFEST)))
        except (ValueError, TypeError) as error:
            raise _damaged(self._part(MANIFEST), error) from error

    def query(self, name: str | Query, /, **parameters: Given) -> Answer:
        """Return the answer of a query file, a table that can be drawn.

        Resources are given by any of their names or codes, or as an IRI; a parameter that is None
        is not given; a parameter with several values takes a list.

        :raises UnknownQuery: if there is no query of that name.
        :raises ParameterError: if a parameter is unknown, missing, or does not fit.
        :raises UnknownName: if a value names nothing of the parameter's class.
        :raises AmbiguousName: if it names several things.
        """
        query = self.queries.get(name) if isinstance(name, str) else name
        if query.kind == "rule":
            raise InputError(f"{name} is a rule", remedy="ask a question, a check or a network")
        values = self.read(query, parameters)
        with self._answering():
            table = self.store.select(bind(query, values))
        source = Source(query, lambda: self._shown(values), lambda: self.manifest)
        return Answer(table.columns, table.rows, query.column_types, source)

    def bound(self, query: Query, parameters: Mapping[str, Given]) -> str:
        """Return the SPARQL text of a query with values in the place of its parameters.

        :raises ParameterError: as ``query`` does; and so the errors of names.
        """
        return bind(query, self.read(query, parameters))

    def read(
        self, query: Query, parameters: Mapping[str, Given]
    ) -> dict[str, Term | tuple[Term, ...]]:
        """Return the terms of named values for a query.

        :raises ParameterError: as ``query`` does; and so the errors of names.
        """
        return read_values(query, _pairs(parameters), resolve=self.names.resolve)

    def sparql(self, text: str) -> Table | bool | list[Triple]:
        """Return the answer of a SPARQL query: solutions, a truth value, or triples.

        The prefixes of stikg need no declaration.

        :raises SyntaxProblem: if the query does not parse; with line and column.
        :raises InputError: if it is none, asks another server, or cannot be run.
        """
        from stikg.library import query_form

        prefixes = missing_prefixes(text)
        form = query_form(text)
        with self._answering():
            if form == "ASK":
                return self.store.ask(text, prefixes=prefixes)
            if form in {"CONSTRUCT", "DESCRIBE"}:
                return self.store.construct(text, prefixes=prefixes)
            return self.store.select(text, prefixes=prefixes)

    def show(self, name: str, *, limit: int | None = None) -> Thing:
        """Return everything known of a thing, with the evidence of each statement.

        :raises UnknownName: if nothing has that name or nothing is known of it.
        :raises AmbiguousName: if several things have that name.
        """
        from stikg.dataset.thing import describe

        iri = self.names.resolve(name)
        thing = describe(self.store, iri, self.names.label(iri), limit=limit)
        if thing is None:
            raise UnknownName(
                f"nothing is known of {compress(iri.value)}",
                remedy="look for it with: stikg search",
            )
        return thing

    def search(self, text: str, limit: int = 20) -> list[Hit]:
        """Return the things whose names hold all words of a text, the best first."""
        return self.names.search(text, limit)

    def to_rdflib(self) -> rdflib.Dataset:
        """Return all quads as an rdflib Dataset, whose default graph is not the union of graphs."""
        from stikg.dataset.rdflibrary import to_rdflib

        return to_rdflib(self.store.quads())

    def to_networkx(
        self, network: str | Query, /, **parameters: Given
    ) -> networkx.MultiDiGraph[str]:
        """Return the network of a network query; parameters are as those of ``query``.

        ``network`` is a name of the catalogue, or a query that ``stikg.library.read_own_network``
        read from a file of one's own. The graph carries ``name``, ``title``, ``directed``,
        ``weight_title``, ``version``, the digest of the dataset, and ``filters``, from the name
        of a parameter to what it was given.

        :raises InputError: if the query is no network, or lacks a column; else as ``query`` does.
        """
        from stikg.networks import network_of

        query = self.queries.get_network(network) if isinstance(network, str) else network
        values = self.read(query, parameters)
        with self._answering():
            rows = self._stream(bind(query, values))
            graph = network_of(rows, query, filters=self._shown(values))
        graph.graph["version"] = str(self.manifest.get("version", ""))
        return graph

    def write_network(self, network: str | Query, path: Path, /, **parameters: Given) -> list[Path]:
        """Write the network of a network query as Parquet, whatever its size; return the files.

        Rows come from the store as it finds them and are gathered on disk, beside ``path``, which
        ends in .parquet; the other arguments are those of ``to_networkx``, and the edges are the
        same.

        :raises MissingDependency: if pyarrow is not installed.
        :raises OutputError: if a file cannot be written; else as ``to_networkx`` does.
        """
        from stikg.networks import gather, write_gathered
        from stikg.serialisation.columns import load_pyarrow

        load_pyarrow()
        query = self.queries.get_network(network) if isinstance(network, str) else network
        values = self.read(query, parameters)
        about = {
            "name": query.name, "title": query.title, "directed": query.directed,
            "weight_title": query.weight_title, "filters": self._shown(values),
            "version": str(self.manifest.get("version", "")),
        }  # fmt: skip
        rows = self.store.stream(bind(query, values), prefixes=missing_prefixes(query.text))
        with gather(rows.columns, rows, query) as gathered:
            return write_gathered(gathered, path, about)

    def network_of(
        self,
        edges: Table | Stream | str,
        *,
        title: str = "network",
        directed: bool = True,
        weight_title: str = "",
    ) -> networkx.MultiDiGraph[str]:
        """Return the network of a table of edges, or of the SPARQL query that answers with one.

        The columns are those of a network query: docs/writing-queries.md names them.

        :raises InputError: if a column is missing, or the query is no SELECT.
        """
        from stikg.networks import build

        rows = self._stream(edges) if isinstance(edges, str) else edges
        return build(rows, title=title, directed=directed, weight_title=weight_title)

    def places(self) -> dict[str, Place]:
        """Return where each passage stands, by its IRI: document and section."""
        from stikg.networks import Place

        text = Path(__file__).with_name("places.rq").read_text(encoding="utf-8")
        return {
            str(passage): Place(*("" if term is None else str(term) for term in place))
            for passage, *place in self.store.select(text)
        }

    def edges(self, network: str | Query, /, **parameters: Given) -> Edges:
        """Return the edges of a network query as arrays of numbers, for networks of any size.

        :raises InputError: as ``to_networkx`` does.
        """
        from stikg.networks import read_edges, stream_of

        query = self.queries.get_network(network) if isinstance(network, str) else network
        text = bind(query, self.read(query, parameters))
        with self._answering():
            return read_edges(stream_of(self._stream(text), query), directed=query.directed)

    def _stream(self, text: str) -> Stream:
        """Return the rows of a SELECT query as they come."""
        from stikg.library import missing_prefixes, query_form

        if query_form(text) in {"ASK", "CONSTRUCT", "DESCRIBE"}:
            raise InputError(
                "a network is made of the rows of a SELECT query",
                remedy="let the query answer source, target and relation, each with its label",
            )
        return self.store.stream(text, prefixes=missing_prefixes(text))

    def _shown(self, values: Mapping[str, Term | tuple[Term, ...]]) -> dict[str, str]:
        """Return the given values as they are read by people: things by their label."""

        def shown(term: Term) -> str:
            return (
                self.names.label(term) or compress(term.value)
                if isinstance(term, IRI)
                else str(term)
            )

        return {
            name: ", ".join(map(shown, value if isinstance(value, tuple) else (value,)))
            for name, value in values.items()
        }

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Copy the quads into memory before a question if those before it have taken some time.

        A few questions, as in a command, are answered soonest from disk, many from memory: the
        copy takes some microseconds a quad, and then answers are several times as fast.
        """
        if self._spent > WARM and self._compiled:
            self._spent = -math.inf
            store = self.store
            if isinstance(store, LocalStore) and self.manifest.get("quads", 0) <= MOST_IN_MEMORY:
                self.store = store.to_memory()
        began = time.perf_counter()
        yield
        self._spent += time.perf_counter() - began

    def _part(self, name: str) -> Path:
        if self._folder is None:
            raise DatasetError(f"this dataset has no {name}", remedy="open a compiled dataset")
        return self._folder / name

    def _read(self, name: str) -> str:
        path = check_part(self._part(name))
        try:
            return path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise _damaged(path, error) from error


def _pairs(parameters: Mapping[str, Given]) -> Iterator[tuple[str, Value]]:
    for name, value in parameters.items():
        if isinstance(value, (list, tuple, set, frozenset)):
            yield from ((name, item) for item in value)
        elif value is not None:
            yield name, value  # type: ignore[misc]


def _damaged(path: Path, error: Exception) -> DatasetError:
    return DatasetError(
        f"cannot be read: {error}", where=str(path), remedy="build it again: stikg build --force"
    )
