"""Measurements as statements: what they tell, and that their shape refuses what is wrong."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from pyshacl import validate
from rdflib import Graph

from stikg.errors import InputError
from stikg.networks import observe
from stikg.terms import BASE, IRI, ONTOLOGY, Quad


def star() -> nx.MultiDiGraph[str]:
    """Return an agency with three programmes."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    hub = f"{BASE}agency/hub"
    graph.add_node(hub, label="Hub", kind="", side="source")
    for leaf in "abc":
        graph.add_node(f"{BASE}programme/{leaf}", label=leaf, kind="", side="target")
        graph.add_edge(hub, f"{BASE}programme/{leaf}", key="r", label="r", weight=1.0)
    return graph


def told(quads: list[Quad], subject: str) -> dict[str, str]:
    return {
        str(predicate).removeprefix(ONTOLOGY): str(value)
        for about, predicate, value, _ in quads
        if str(about) == subject
    }


def test_a_measurement_tells_network_node_measure_value_rank_and_versions() -> None:
    quads = observe(star(), "stars", data_version="abc")
    assert {graph for *_, graph in quads} == {IRI(f"{BASE}measures/stars")}
    assert len({quad[0] for quad in quads}) == 4 * 3
    found = told(quads, f"{BASE}measures/stars/degree/programme-a")
    assert found.pop("http://www.w3.org/1999/02/22-rdf-syntax-ns#type").endswith(
        "/NetworkMeasurement"
    )
    assert found == {
        "ofNetwork": f"{BASE}query/stars", "ofNode": f"{BASE}programme/a",
        "measureName": "degree", "measuredValue": "1", "measuredRank": "2", "rankSharedBy": "3",
        "methodVersion": "1", "dataVersion": "abc",
    }  # fmt: skip
    assert told(quads, f"{BASE}measures/stars/betweenness/agency-hub")["measuredValue"] == "1"


def test_the_order_of_edges_changes_nothing() -> None:
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(star().nodes(data=True))))
    for source, target, key in sorted(star().edges(keys=True), reverse=True):
        turned.add_edge(source, target, key=key, label="r", weight=1.0)
    assert observe(turned, "stars") == observe(star(), "stars")


def test_a_measure_of_the_whole_network_is_no_measurement_of_a_node() -> None:
    with pytest.raises(InputError, match="of the whole network"):
        observe(star(), "stars", measures=["degree-assortativity"])


@pytest.mark.parametrize(
    ("was", "becomes", "conforms"),
    [
        ("", "", True),
        ('measuredRank> "1"^^', 'measuredRank> "0"^^', False),
        ("ontology/measureName>", "ontology/other>", False),
        ("ontology/dataVersion>", "ontology/other>", False),
    ],
)
def test_the_shape_refuses_what_is_wrong(
    root: Path, was: str, becomes: str, conforms: bool
) -> None:
    lines = [" ".join(term.n3() for term in quad[:3]) + " ." for quad in observe(star(), "stars")]
    text = "\n".join(lines)
    assert was in text
    data = Graph().parse(data=text.replace(was, becomes, 1) if was else text, format="nt")
    shapes = Graph().parse(root / "ontology" / "shapes" / "network-measurement.ttl")
    assert validate(data, shacl_graph=shapes)[0] is conforms
