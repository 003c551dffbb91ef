"""Files of a network, read again by other programs: the same nodes, edges and attributes."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from stikg.errors import InputError, OutputError
from stikg.networks import EXPORTS, build, render_network, write_network
from stikg.results import Table
from stikg.terms import IRI, XSD, Literal, Term

if TYPE_CHECKING:
    from stikg.networks import Graph

COLUMNS = (
    "source", "sourceLabel", "sourceKindLabel", "target", "targetLabel", "targetKindLabel",
    "relation", "relationLabel", "weight", "via", "viaLabel", "passage", "origin",
)  # fmt: skip


def row(source: str, target: str, relation: str, weight: str, passage: str) -> tuple[Term, ...]:
    return (
        IRI(f"urn:{source}"), Literal(source.upper()), Literal("agency"),
        IRI(f"urn:{target}"), Literal(target.upper()), Literal("agency"),
        IRI(f"urn:{relation}"), Literal(relation), Literal(weight, XSD + "integer"),
        IRI("urn:via"), Literal("Via"), IRI(f"urn:{passage}"), Literal("stated"),
    )  # fmt: skip


ROWS = (
    row("b", "a", "is part of", "1", "one"),
    row("a", "b", "shares", "3", "two"),
    row("a", "b", "shares", "3", "three"),
    row("b", "c", "shares", "2", "four"),
)
EDGES = {("urn:b", "urn:a", "is part of", 1.0), ("urn:a", "urn:b", "shares", 3.0),
         ("urn:b", "urn:c", "shares", 2.0)}  # fmt: skip
PASSAGES = {"urn:one", "urn:three; urn:two", "urn:four"}


@pytest.fixture(params=[True, False], ids=["directed", "undirected"])
def graph(request: pytest.FixtureRequest) -> Graph:
    return build(
        Table(COLUMNS, ROWS), name="ties", title="Ties", directed=request.param,
        weight_title="Shared things", filters={"territory": "Japan"},
    )  # fmt: skip


def ends(graph: Graph, source: str, target: str) -> tuple[str, str]:
    """Return the ends of an edge; without direction in the order of the names."""
    return (source, target) if graph.graph["directed"] else tuple(sorted((source, target)))  # type: ignore[return-value]


def wanted(graph: Graph) -> set[tuple[str, ...]]:
    return {(*ends(graph, a, b), how, weight) for a, b, how, weight in EDGES}  # type: ignore[misc]


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_networkx_reads_nodes_edges_and_attributes_again(
    graph: Graph, suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"ties{suffix}"
    assert write_network(graph, path) == [path]
    read = (
        nx.read_graphml(path, force_multigraph=True) if suffix == ".graphml" else nx.read_gexf(path)
    )
    assert read.is_directed() == graph.graph["directed"]
    assert dict(read.nodes(data="label")) == {"urn:a": "A", "urn:b": "B", "urn:c": "C"}
    assert read.nodes["urn:c"]["kind"] == "agency"
    edges = list(read.edges(data=True))
    found = {(*ends(graph, a, b), data["label"], data["weight"]) for a, b, data in edges}
    assert found == wanted(graph)
    assert {data["passages"] for *_, data in edges} == PASSAGES
    assert {data["statement"] for *_, data in edges} >= {"B – is part of → A"}


def test_graphml_tells_what_the_weight_counts(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "ties.graphml"
    write_network(graph, path)
    attributes = nx.read_graphml(path).graph
    assert attributes["title"] == "Ties"
    assert attributes["weight_title"] == "Shared things"
    assert json.loads(attributes["filters"]) == {"territory": "Japan"}


@pytest.mark.parametrize("suffix", [".graphml", ".net"])
def test_igraph_reads_the_same_counts(graph: Graph, suffix: str, tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph", reason="the test package igraph is not installed")
    path = tmp_path / f"ties{suffix}"
    write_network(graph, path)
    read = igraph.Graph.Read(str(path))
    assert (read.vcount(), read.ecount()) == (3, 3)
    assert read.is_directed() == graph.graph["directed"]
    assert sorted(read.es["weight"]) == [1.0, 2.0, 3.0]
    labels = read.vs["label"] if suffix == ".graphml" else read.vs["name"]
    assert sorted(labels) == ["A", "B", "C"]


def test_networkx_reads_pajek(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "ties.net"
    write_network(graph, path)
    read = nx.read_pajek(path)
    found = {(*ends(graph, a.lower(), b.lower()), data["l"], data["weight"])
             for a, b, data in read.edges(data=True)}  # fmt: skip
    assert {(f"urn:{a}", f"urn:{b}", how, weight) for a, b, how, weight in found} == wanted(graph)
    assert read.is_directed() == graph.graph["directed"]


def test_networkx_reads_node_link_json_and_lists_stay_lists(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "ties.json"
    write_network(graph, path)
    read = nx.node_link_graph(json.loads(path.read_text("utf-8")), edges="edges")
    assert read.is_directed() == graph.graph["directed"]
    assert read.is_multigraph()
    assert read.get_edge_data("urn:a", "urn:b", "urn:shares")["passages"] == [
        "urn:three",
        "urn:two",
    ]
    assert read.graph["filters"] == {"territory": "Japan"}
    assert {key: value for key, value in read.nodes["urn:a"].items() if key != "side"} == {
        "label": "A", "kind": "agency",
    }  # fmt: skip


def test_csv_is_two_tables_headed_as_gephi_reads_them(graph: Graph, tmp_path: Path) -> None:
    written = write_network(graph, tmp_path / "ties.csv")
    assert [path.name for path in written] == ["ties-nodes.csv", "ties-edges.csv"]
    nodes, edges = (
        list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) for path in written
    )
    assert [(node["Id"], node["Label"]) for node in nodes] == [
        ("urn:a", "A"), ("urn:b", "B"), ("urn:c", "C"),
    ]  # fmt: skip
    assert {edge["Type"] for edge in edges} == {
        "Directed" if graph.graph["directed"] else "Undirected"
    }
    found = {(edge["Source"], edge["Target"], edge["Label"], edge["Weight"]) for edge in edges}
    assert found == {(a, b, how, f"{weight:g}") for a, b, how, weight in EDGES}


@pytest.mark.parametrize("suffix", sorted(EXPORTS))
def test_the_same_network_gives_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    forwards, backwards = (
        write_network(build(Table(COLUMNS, rows), name="ties"), tmp_path / f"{number}{suffix}")
        for number, rows in enumerate((ROWS, ROWS[::-1]))
    )
    for one, other in zip(forwards, backwards, strict=True):
        assert one.read_bytes() == other.read_bytes()


def odd() -> Graph:
    """Return a network whose attributes no file holds as they are."""
    graph = build(Table(COLUMNS, ROWS), name="odd")
    graph.nodes["urn:a"].update(
        label='The "A"\x0b\nbody & <co>', since=date(2021, 3, 1), share=Decimal("0.5"),
        nothing=None, several=("x", None, "y"), chosen={"q", "p"}, large=float("inf"), open=True,
        mixed=1,
    )  # fmt: skip
    graph.nodes["urn:b"]["mixed"] = "one"
    return graph


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_attributes_that_no_file_holds_are_made_plain(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"odd{suffix}"
    write_network(odd(), path)
    read = nx.read_graphml(path) if suffix == ".graphml" else nx.read_gexf(path)
    node = read.nodes["urn:a"]
    assert " ".join(node["label"].split()) == 'The "A" body & <co>'
    assert (node["since"], node["share"], node["open"]) == ("2021-03-01", 0.5, True)
    assert (node["several"], node["chosen"]) == ("x; y", "p; q")
    assert (node["mixed"], read.nodes["urn:b"]["mixed"]) == ("1", "one")
    assert not {"nothing", "large"} & set(node)


def test_json_and_pajek_hold_odd_labels(tmp_path: Path) -> None:
    nodes = json.loads(render_network(odd(), ".json"))["nodes"]
    assert nodes[0]["label"] == 'The "A"\nbody & <co>'
    assert "nothing" not in nodes[0]
    path = tmp_path / "odd.net"
    write_network(odd(), path)
    assert "The 'A' body & <co>" in nx.read_pajek(path)


def test_two_nodes_of_one_name_stay_two_in_pajek(tmp_path: Path) -> None:
    graph = build(Table(COLUMNS, ROWS), name="twins")
    graph.nodes["urn:b"]["label"] = "A"
    path = tmp_path / "twins.net"
    write_network(graph, path)
    assert sorted(nx.read_pajek(path)) == ["A", "A <urn:b>", "C"]


@pytest.mark.parametrize("suffix", sorted(set(EXPORTS) - {".html"}))
def test_an_empty_network_is_a_file_too(suffix: str, tmp_path: Path) -> None:
    assert all(path.stat().st_size for path in
               write_network(build(Table(COLUMNS, ())), tmp_path / f"none{suffix}"))  # fmt: skip


def test_unknown_suffix_and_missing_folder_are_told(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no format of networks ends in \.dot") as caught:
        write_network(graph, tmp_path / "ties.dot")
    suffixes = ".graphml, .gexf, .net, .json, .csv, .parquet, .html"
    assert caught.value.remedy == f"name the file with one of {suffixes}"
    with pytest.raises(OutputError):
        write_network(graph, tmp_path / "none" / "ties.net")
