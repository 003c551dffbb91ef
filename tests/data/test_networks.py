"""Networks of the real graph: every edge has its evidence, every weight its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

import stikg
from stikg.building import build
from stikg.dataset import Dataset
from stikg.layout import find_layout
from stikg.library import Library, Query, load_library
from stikg.networks import edges_of, network_of
from stikg.results import Table
from stikg.store import LocalStore
from tests.data.support import none_of
from tests.queries.cases import ROOT

if TYPE_CHECKING:
    from stikg.networks import Graph

LIBRARY = load_library(ROOT / "queries")
NETWORKS = [query.name for query in LIBRARY.of_kind("network")]
HIERARCHY = {
    "http://www.w3.org/ns/org#subOrganizationOf",
    "https://w3id.org/stikg/ontology/hasMember",
    "https://w3id.org/stikg/ontology/hosts",
    "https://w3id.org/stikg/ontology/advises",
    "https://w3id.org/stikg/ontology/represents",
    "http://purl.org/cerif/frapo/funds",
}


@lru_cache
def dataset() -> Dataset:
    """Return the real graph, compiled from its files if it is not yet, in memory."""
    build(find_layout(ROOT))
    made = Dataset.from_quads((), Library(LIBRARY))
    made.store = LocalStore.open(stikg.open(ROOT).store_folder).to_memory()  # type: ignore[arg-type]
    return made


@lru_cache
def answer(name: str) -> tuple[Query, Table]:
    """Return a network query and its rows, columns called as everywhere."""
    query = LIBRARY.get(name)
    return query, edges_of(dataset().query(name), query)


def network(name: str) -> Graph:
    query, table = answer(name)
    return network_of(table, query)


@pytest.mark.parametrize("name", NETWORKS)
def test_every_edge_has_a_passage_or_is_curated_or_inferred(name: str) -> None:
    def lacking() -> Iterator[str]:
        for source, target, data in network(name).edges(data=True):
            if not data["passages"] and not {"curated", "inferred"} & set(data["origins"]):
                yield (
                    f"queries/networks/{name}.rq: no evidence of {source} – {data['label']} → "
                    f"{target}: let the query answer passage and origin of the graph that states it"
                )

    none_of(lacking())


@pytest.mark.parametrize("name", NETWORKS)
def test_every_row_of_a_network_tells_its_origin(name: str) -> None:
    _, table = answer(name)
    assert table.rows, f"queries/networks/{name}.rq: the network is empty"
    assert None not in table.column("origin")


@pytest.mark.parametrize("name", NETWORKS)
def test_a_pair_without_direction_comes_once(name: str) -> None:
    query, table = answer(name)
    keys = ("source", "target", "relation")
    edges = set(zip(*(map(str, table.column(key)) for key in keys), strict=True))
    twice = {edge for edge in edges if (edge[1], edge[0], edge[2]) in edges}
    assert query.directed or twice == set()
    assert not [edge for edge in edges if edge[0] == edge[1]]
    assert query.directed or all(a < b or how in HIERARCHY for a, b, how in edges)


@pytest.mark.parametrize("name", [n for n in NETWORKS if LIBRARY.get(n).find_column("via")])
def test_the_weight_is_the_number_of_things_that_an_edge_leads_over(name: str) -> None:
    wrong = [
        f"{source} {target}: {data['weight']} but {len(data['via'])} via"
        for source, target, data in network(name).edges(data=True)
        if data["via"] and data["weight"] != len(data["via"])
    ]
    assert wrong == []


def test_the_weight_of_a_mention_is_the_number_of_its_passages() -> None:
    edges = network("document-entity").edges(data=True)
    assert [data["weight"] for *_, data in edges] == [len(data["passages"]) for *_, data in edges]


def test_two_programmes_tie_two_organisations_by_the_passages_of_both_parts() -> None:
    graph = network("organisation-organisation")
    base = "https://w3id.org/stikg/"
    data = graph.edges[
        f"{base}agency/jsps",
        f"{base}organisation/royal-society",
        f"{base}ontology/sharesInitiativeWith",
    ]
    assert data["weight"] == 2
    assert data["via_labels"] == (
        "JSPS International Fellowships for Research in Japan",
        "Royal Society International Exchanges Scheme",
    )
    places = {passage.removeprefix(f"{base}document/uuki-2022/") for passage in data["passages"]}
    assert places == {"8.1.2-h", "8.1.2-p1", "8.1.2-p3", "8.2.4-study-exchanges-l8"}


def test_mobility_counts_people_of_both_ends() -> None:
    graph = network("mobility")
    base = "https://w3id.org/stikg/"
    found = {
        (target.removeprefix(f"{base}territory/"), how.removeprefix(f"{base}indicator/")): data[
            "weight"
        ]
        for _, target, how, data in graph.edges(keys=True, data=True)
    }
    assert found == {
        ("us", "japanese-students"): 14730,
        ("gb", "japanese-full-time-students"): 2795,
        ("gb", "japanese-students-fte"): 2684,
        ("gb", "japanese-academic-staff"): 770,
    }
