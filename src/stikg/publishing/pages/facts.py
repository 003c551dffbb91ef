"""What a dataset says, indexed for the pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from stikg.terms import IRI, ONTOLOGY, PREFIXES, Quad, Term, Triple, compress, expand

TYPE: Final = IRI(PREFIXES["rdf"] + "type")
_SUBCLASS: Final = IRI(PREFIXES["rdfs"] + "subClassOf")
_LABEL: Final = IRI(ONTOLOGY + "label")
_ORIGIN: Final = IRI(ONTOLOGY + "origin")
_EVIDENCE: Final = IRI(ONTOLOGY + "evidencePassage")
_GIVEN: Final = frozenset({"stated", "read", "curated"})

_Index = Mapping[Term, Mapping[Term, Sequence[Term]]]


@dataclass(frozen=True)
class Facts:
    """The statements of a dataset.

    ``about`` has the values of a subject by predicate, ``of`` the subjects of a value by
    predicate, ``pairs`` subject and value by predicate, each sorted. ``told`` are the statements
    that are not inferred, with the number of passages that make them.
    """

    about: _Index
    of: _Index
    pairs: Mapping[Term, Sequence[tuple[Term, Term]]]
    told: Mapping[Triple, int]
    _wider: dict[Term, frozenset[Term]] = field(default_factory=dict, repr=False)

    def values(self, subject: Term, predicate: str) -> Sequence[Term]:
        """Return the values of a property, given as a CURIE, sorted."""
        return self.about.get(subject, {}).get(expand(predicate), ())

    def subjects(self, predicate: str, value: Term) -> Sequence[Term]:
        """Return the subjects that have a value for a property, given as a CURIE, sorted."""
        return self.of.get(value, {}).get(expand(predicate), ())

    def value(self, subject: Term, predicate: str) -> str:
        """Return the text of the first value of a property, or nothing."""
        return next((str(term) for term in self.values(subject, predicate)), "")

    def label(self, term: Term) -> str:
        """Return the display label of a thing, or nothing."""
        return next((str(label) for label in self.about.get(term, {}).get(_LABEL, ())), "")

    def members(self, cls: Term) -> Sequence[Term]:
        """Return the things of a class, those of narrower classes too."""
        return self.of.get(cls, {}).get(TYPE, ())

    def classes(self, thing: Term) -> frozenset[Term]:
        """Return the narrowest classes of a thing."""
        types = frozenset(self.about.get(thing, {}).get(TYPE, ()))
        return types - {above for cls in types for above in self._above(cls) if above != cls}

    def _above(self, cls: Term) -> frozenset[Term]:
        """Return the classes above a class, all the way up."""
        if cls not in self._wider:
            found: set[Term] = set()
            waiting = [cls]
            while waiting:
                for above in self.about.get(waiting.pop(), {}).get(_SUBCLASS, ()):
                    if above not in found:
                        found.add(above)
                        waiting.append(above)
            self._wider[cls] = frozenset(found)
        return self._wider[cls]


def read_facts(quads: Iterable[Quad]) -> Facts:
    """Return the index of a dataset: of its default graph, and of who tells what."""
    named: list[Quad] = []
    about: dict[Term, dict[Term, list[Term]]] = defaultdict(lambda: defaultdict(list))
    of: dict[Term, dict[Term, list[Term]]] = defaultdict(lambda: defaultdict(list))
    pairs: dict[Term, list[tuple[Term, Term]]] = defaultdict(list)
    for quad in sorted(quads, key=_order):
        subject, predicate, value, graph = quad
        if graph is not None:
            named.append(quad)
            continue
        about[subject][predicate].append(value)
        of[value][predicate].append(subject)
        pairs[predicate].append((subject, value))
    return Facts(about, of, pairs, _told(named, about))


def _told(named: Iterable[Quad], about: _Index) -> dict[Triple, int]:
    told: dict[Triple, int] = {}
    for subject, predicate, value, graph in named:
        known = about.get(graph, {}) if graph is not None else {}
        if not _GIVEN.isdisjoint(map(str, known.get(_ORIGIN, ()))):
            triple = (subject, predicate, value)
            told[triple] = told.get(triple, 0) + (1 if known.get(_EVIDENCE) else 0)
    return told


def _order(quad: Quad) -> tuple[str, ...]:
    return tuple("" if term is None else term.n3() for term in quad)


def curie(term: Term) -> str:
    """Return the CURIE of an IRI, or the IRI itself.

    >>> curie(IRI("https://w3id.org/stikg/agency/jst"))
    'agency:jst'
    """
    return compress(str(term)).strip("<>")
