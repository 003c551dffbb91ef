"""The one name under which each thing is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from stikg.terms import BASE, IRI, ONTOLOGY, PREFIXES, Literal, Term, Triple

LABEL: Final = IRI(ONTOLOGY + "label")

NAMING: Final = {
    IRI(PREFIXES["skos"] + "prefLabel"): 0,
    IRI(PREFIXES["rdfs"] + "label"): 1,
    IRI(PREFIXES["dcterms"] + "title"): 2,
}
_LANGUAGES: Final = {"en": 0, "en-gb": 1, "en-us": 2, "": 3, "ja": 4}
_TYPE: Final = IRI(PREFIXES["rdf"] + "type")
_SELECTOR: Final = IRI(PREFIXES["oa"] + "TextPositionSelector")


def display_labels(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield one ``sti:label`` for each thing that has a name, or is of ours and has a class.

    English goes before no language, that before Japanese, then others; a preferred label before an
    RDFS label before a title; the local name is the last resort. A display label that is there
    stays the only one. The label is a plain string, so that every engine sorts it alike.

    >>> jp = IRI(BASE + "territory/jp")
    >>> name = IRI(PREFIXES["skos"] + "prefLabel")
    >>> names = [Literal("日本", language="ja"), Literal("Japan", language="en")]
    >>> [label.value for _, _, label in display_labels((jp, name, value) for value in names)]
    ['Japan']
    """
    best: dict[Term, tuple[int, int, str]] = {}
    labelled: set[Term] = set()
    for subject, predicate, value in triples:
        if predicate == LABEL:
            labelled.add(subject)
        if predicate in NAMING and isinstance(value, Literal):
            rank = (_LANGUAGES.get(value.language.lower(), 9), NAMING[predicate], value.value)
        elif predicate == _TYPE and value != _SELECTOR and str(subject).startswith(BASE):
            rank = (10, 0, _local_name(subject))
        else:
            continue
        best[subject] = min(rank, best.get(subject, rank))
    for subject in sorted(best.keys() - labelled, key=str):
        yield subject, LABEL, Literal(best[subject][2])


def _local_name(subject: Term) -> str:
    """Return what follows the last slash: ``2.4-p1`` of a passage, ``jp`` of a territory."""
    return str(subject).rpartition("/")[2]
