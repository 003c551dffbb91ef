"""Display labels of a big store that came without any."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stikg.building.compilation import LABELS
from stikg.building.labels import LABEL, NAMING, display_labels
from stikg.store.bulk import BulkStore
from stikg.store.solutions import read_term
from stikg.terms import IRI, PREFIXES, Quad, Triple

_LABELLED: Final = f"ASK {{ ?s <{LABEL.value}> ?o }}"
_TYPE: Final = IRI(PREFIXES["rdf"] + "type")


def add_labels(store: BulkStore) -> None:
    """Give each thing its display label, unless some in the default graph have one.

    :raises OutputError: if the folder cannot be written.
    """
    if not store.ask(_LABELLED):
        store.extend(_quads(store))


def _quads(store: BulkStore) -> Iterator[Quad]:
    for label in display_labels(_naming(store)):
        yield (*label, None)
        yield (*label, LABELS)


def _naming(store: BulkStore) -> Iterator[Triple]:
    for predicate in (*NAMING, _TYPE):
        for subject, value in store.rows(f"SELECT ?s ?o {{ ?s <{predicate.value}> ?o }}"):
            thing, term = read_term(subject), read_term(value)
            if thing is not None and term is not None:
                yield thing, predicate, term
