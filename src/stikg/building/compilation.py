"""From files to the quads of the compiled dataset, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from stikg.building.findings import contradictions
from stikg.building.labels import display_labels
from stikg.building.measurements import measure_networks
from stikg.building.rules import infer
from stikg.library import Query
from stikg.store import LocalStore
from stikg.terms import IRI, ONTOLOGY, BlankNode, Literal, Quad, Term, Triple
from stikg.validation import GRAPH, READING, Sources

PROVENANCE: Final = IRI(GRAPH + "provenance")
LABELS: Final = IRI(GRAPH + "labels")
QUERIES: Final = IRI(GRAPH + "queries")
FINDINGS: Final = IRI(GRAPH + "findings")

_ORIGIN: Final = IRI(ONTOLOGY + "origin")
_EVIDENCE: Final = IRI(ONTOLOGY + "evidencePassage")


@dataclass(frozen=True)
class Compilation:
    """The dataset: quads of named graphs, the default graph as a set, and a store of both.

    The default graph has every statement of the named graphs but the measures of networks.
    """

    named: tuple[Quad, ...]
    default: frozenset[Triple]
    store: LocalStore

    def quads(self) -> Iterator[Quad]:
        """Yield every quad, those of the default graph too."""
        yield from self.named
        for triple in self.default:
            yield (*triple, None)


def compile_sources(
    sources: Sources,
    queries: Iterable[Query],
    described: Iterable[Triple] = (),
    *,
    version: str = "",
) -> Compilation:
    """Return the dataset that the sources, the rules and the checks among the queries make.

    ``described`` are the descriptions of the queries themselves. Statements about blank nodes
    (axioms of the ontology that need them) serve the rules but do not enter the dataset. Measures
    of networks tell the ``version`` and are in named graphs alone.

    :raises SyntaxProblem: if a rule or check does not parse.
    :raises InputError: if a check of contradictions lacks a column.
    """
    queries = tuple(queries)
    stated = list(dict.fromkeys(sources.quads()))
    stated += [(*triple, QUERIES) for triple in described]
    stated += provenance(sources)
    store, inferred = infer(stated, (query for query in queries if query.kind == "rule"))
    inferred += _label(store, [*stated, *inferred])
    found: list[Quad] = [(*triple, FINDINGS) for triple in contradictions(store, queries)]
    _extend(store, found)
    found += _label(store, found)
    origins = _origins([*inferred, *found])
    _extend(store, origins)
    everything = (*stated, *inferred, *found, *origins)
    named = tuple(quad for quad in everything if not _has_blank_node(quad))
    default = frozenset(quad[:3] for quad in named)
    measured = measure_networks(store, queries, data_version=version)
    store.extend(measured)
    return Compilation((*named, *measured), default, store)


def _label(store: LocalStore, quads: Iterable[Quad]) -> list[Quad]:
    """Return the display labels of the things in quads, and add them to a store."""
    labels: list[Quad] = [(*label, LABELS) for label in display_labels(quad[:3] for quad in quads)]
    _extend(store, labels)
    return labels


def _origins(quads: Iterable[Quad]) -> list[Quad]:
    """Return that what rules and checks conclude is inferred; labels claim nothing."""
    graphs = dict.fromkeys(graph for *_, graph in quads if graph is not None and graph != LABELS)
    return [(graph, _ORIGIN, Literal("inferred"), PROVENANCE) for graph in graphs]


def _extend(store: LocalStore, quads: Sequence[Quad]) -> None:
    """Add quads to a store, and their triples to its default graph."""
    store.extend([*quads, *((*quad[:3], None) for quad in quads)])


def provenance(sources: Sources) -> list[Quad]:
    """Return where the statements of each named graph come from, and which passage bears them out.

    A graph of a document's section is ``stated`` by the passage whose name it has, or ``read``
    into it; every other file is ``curated``.
    """
    found: dict[Quad, None] = {}
    for source in sources:
        claims = source.path.suffix == ".trig"
        for graph in dict.fromkeys(quad[3] for quad in source.quads):
            if graph is None:
                continue
            reading = claims and str(graph).endswith(READING)
            origin = "read" if reading else "stated" if claims else "curated"
            found[graph, _ORIGIN, Literal(origin), PROVENANCE] = None
            if claims:
                passage = IRI(str(graph).removesuffix(READING))
                found[graph, _EVIDENCE, passage, PROVENANCE] = None
    return list(found)


def _has_blank_node(quad: tuple[Term | None, ...]) -> bool:
    return any(isinstance(term, BlankNode) for term in quad)
