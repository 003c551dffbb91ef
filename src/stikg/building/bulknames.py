"""The names of a big store, gathered by queries, as ``names`` gathers them from statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Final

from stikg.building.names import ASKABLE, NAMING, TELLING, TERMS, narrowest
from stikg.names import SOURCES, NameRow, build_names
from stikg.store.bulk import BulkStore
from stikg.store.solutions import read_term
from stikg.terms import BASE, ONTOLOGY, PREFIXES, Literal

_ABOVE: Final = f"SELECT ?s ?o {{ ?s <{PREFIXES['rdfs']}subClassOf> ?o FILTER(isIRI(?o)) }}"
_CLASSES: Final = "SELECT DISTINCT ?o { ?s a ?o FILTER(isIRI(?o)) }"
_MEMBERS: Final = "SELECT ?s {{ ?s a {} }}"
_NAMES: Final = "SELECT ?s ?o {{ ?s <{}> ?o FILTER(isLiteral(?o)) }}"
_OF_TERMS: Final = " || ".join(f'STRSTARTS(STR(?s), "{start}")' for start in TERMS)
_LABELS: Final = (
    f"SELECT ?s ?o {{ ?s <{PREFIXES['rdfs']}label> ?o FILTER(isLiteral(?o) && ({_OF_TERMS})) }}"
)
_ASKABLE: Final = frozenset(map(str, ASKABLE))
_HEADINGS: Final = (
    f"SELECT ?s ?o {{ ?s <{ONTOLOGY}passageKind> <{BASE}kind/heading> ; "
    f"<{ONTOLOGY}sectionTitle> ?o }}"
)
_TERM: Final = tuple(f"<{start}" for start in TERMS)
_OURS: Final = f"<{BASE}"

Found = defaultdict[str, dict[tuple[str, str], str]]
"""The names of things: IRI → label and language → the most telling source."""


def write_names(path: Path, store: BulkStore) -> None:
    """Write the label index of a store.

    :raises OutputError: if it cannot be written.
    """
    names = _names(store)
    headings = {thing: read_literal(cell) for thing, cell in _pairs(store, _HEADINGS)}
    above: dict[str, set[str]] = defaultdict(set)
    for lower, upper in _pairs(store, _ABOVE, within=None):
        above[lower].add(upper[1:-1])
    classes: dict[str, set[str]] = defaultdict(set)
    rows = chain(name_rows(names, classes, above), heading_rows(headings))
    build_names(path, rows, _members(store, names, classes))


def add_name(names: Found, thing: str, name: tuple[str, str], source: str) -> None:
    """Add a label with its language to what is known, if nothing more telling gave it."""
    known = names[thing].get(name, TELLING[-1])
    names[thing][name] = min(known, source, key=TELLING.index)


def is_askable(classes: Collection[str]) -> bool:
    """Tell whether a term of the ontology with these classes is asked for by name."""
    return not _ASKABLE.isdisjoint(classes)


def _members(
    store: BulkStore, names: Collection[str], classes: dict[str, set[str]]
) -> Iterator[tuple[str, str]]:
    """Yield pairs of a class and a member of what is asked for, and note the classes of names.

    Class by class, as the engine has them sorted: it looks up each member, and the class once.
    """
    terms: dict[str, set[str]] = defaultdict(set)
    for (cell,) in list(store.rows(_CLASSES)):
        cls = cell[1:-1]
        for (subject,) in store.rows(_MEMBERS.format(cell)):
            thing = subject[1:-1]
            if subject.startswith(_TERM):
                terms[thing].add(cls)
            elif subject.startswith(_OURS):
                if thing in names:
                    classes[thing].add(cls)
                yield cls, thing
    for term, kinds in terms.items():
        if is_askable(kinds):
            classes[term] = kinds
            yield from ((cls, term) for cls in kinds)


def _names(store: BulkStore) -> Found:
    found: Found = defaultdict(dict)
    queries = [(_NAMES.format(predicate), source) for predicate, source in NAMING.items()]
    for query, source in [*queries, (_LABELS, "prefLabel")]:
        for thing, cell in _pairs(store, query):
            add_name(found, thing, read_literal(cell), source)
    return found


def name_rows(
    names: Found,
    classes: Mapping[str, Collection[str]],
    above: Mapping[str, Collection[str]],
) -> Iterator[NameRow]:
    """Yield the rows of the names of what has a class."""
    for thing, labels in names.items():
        if thing in classes:
            kind = narrowest(classes[thing], above)
            for (label, language), source in labels.items():
                yield NameRow(thing, label, kind, language, source)


def heading_rows(headings: Mapping[str, tuple[str, str]]) -> Iterator[NameRow]:
    """Yield the rows of passages that are headings, each with its text and language."""
    for passage, (title, language) in headings.items():
        yield NameRow(passage, title, "Passage", language, SOURCES[-1])


def _pairs(
    store: BulkStore, query: str, *, within: tuple[str, ...] | None = (BASE, *TERMS)
) -> Iterator[tuple[str, str]]:
    """Yield IRIs of things, of ours unless told otherwise, each with a cell of TSV."""
    for thing, cell in store.rows(query):
        if thing[0] == "<" and (within is None or thing.startswith(within, 1)):
            yield thing[1:-1], cell


def read_literal(cell: str) -> tuple[str, str]:
    """Return the text and the language of a cell of TSV."""
    term = read_term(cell)
    return (term.value, term.language) if isinstance(term, Literal) else (str(term), "")
