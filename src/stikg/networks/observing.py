"""Measures of a network as statements, in a named graph of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from stikg.errors import InputError
from stikg.networks.measures.catalogue import get_measures
from stikg.networks.measures.engines import choose_engine
from stikg.networks.measures.ranking import competition_ranks
from stikg.networks.measuring import DIGITS, number, rounded
from stikg.terms import BASE, IRI, ONTOLOGY, PREFIXES, XSD, Literal, Quad, slug

if TYPE_CHECKING:
    from stikg.networks.building import Graph

MEASURES_GRAPH: Final = f"{BASE}measures/"
"""What the IRIs of the graphs of measures, and of the measurements in them, begin with."""

METHOD: Final = "1"
"""Version of the methods; a change that changes values makes it another."""

OBSERVED: Final = ("degree", "betweenness", "pagerank")


def observe(
    graph: Graph, name: str, *, measures: Iterable[str] = OBSERVED, data_version: str = ""
) -> list[Quad]:
    """Return one measurement for each measure and node of a network, sorted.

    The quads are in the graph ``measures/<name>`` of the network query ``name``. A measurement
    tells network, node, measure, value, rank, how many share the rank, and the versions of the
    method and of the data. Its IRI is that of the graph, the measure and the node's kind and name:
    the same in every build. None of this is stated by a document.

    :raises UnknownName: if a measure is none.
    :raises InputError: if a measure is of the whole network or does not fit it.

    >>> from stikg.networks import build
    >>> from stikg.results import Table
    >>> edges = ("source", "sourceLabel", "target", "targetLabel", "relation", "relationLabel")
    >>> observe(build(Table(edges, ())), "nothing")
    []
    """
    from stikg.networks.measures.adjacency import adjacency_of
    from stikg.networks.measures.computing import Computation

    network = adjacency_of(graph)
    computation = Computation(network, choose_engine(len(network)))
    found: list[Quad] = []
    for item in get_measures(measures):
        if item.whole:
            raise InputError(
                f"{item.name} is of the whole network", remedy="observe measures of nodes"
            )
        values = rounded(computation.values(item.name), item)
        places = competition_ranks(values)
        for node, value, (rank, shared) in zip(network.nodes, values, places, strict=True):
            subject = measurement_iri(name, item.name, node)
            pairs = (
                (IRI(PREFIXES["rdf"] + "type"), IRI(ONTOLOGY + "NetworkMeasurement")),
                (IRI(ONTOLOGY + "ofNetwork"), IRI(f"{BASE}query/{name}")),
                (IRI(ONTOLOGY + "ofNode"), IRI(node)),
                (IRI(ONTOLOGY + "measureName"), Literal(item.name)),
                (IRI(ONTOLOGY + "measuredValue"), _decimal(value)),
                (IRI(ONTOLOGY + "measuredRank"), number(rank)),
                (IRI(ONTOLOGY + "rankSharedBy"), number(shared)),
                (IRI(ONTOLOGY + "methodVersion"), Literal(METHOD)),
                (IRI(ONTOLOGY + "dataVersion"), Literal(data_version)),
            )
            found += [(subject, *pair, IRI(MEASURES_GRAPH + name)) for pair in pairs]
    return sorted(found, key=lambda quad: tuple("" if t is None else t.n3() for t in quad))


def _decimal(value: float) -> Literal:
    """Return a decimal in the one form in which every engine writes it, without spare zeros."""
    return Literal(f"{value:.{DIGITS}f}".rstrip("0").rstrip("."), XSD + "decimal")


def measurement_iri(name: str, measure: str, node: str) -> IRI:
    """Return the IRI of the measurement of a node; that of a foreign node ends in a digest.

    >>> measurement_iri("agency-programme", "degree", BASE + "agency/jst").value
    'https://w3id.org/stikg/measures/agency-programme/degree/agency-jst'
    >>> measurement_iri("agency-programme", "degree", "https://example.org/x").value
    'https://w3id.org/stikg/measures/agency-programme/degree/bc7ad374981a'
    """
    local = node.removeprefix(BASE)
    ours = local != node
    ending = slug(local) if ours else hashlib.sha256(node.encode()).hexdigest()[:12]
    return IRI(f"{MEASURES_GRAPH}{name}/{measure}/{ending}")
