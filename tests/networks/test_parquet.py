"""Networks as Parquet: gathered in pieces on disk, the edges are those of ``build``."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from stikg.dataset import Dataset
from stikg.errors import InputError, MissingDependency
from stikg.library import Query
from stikg.library.model import EDGE
from stikg.networks import build, gather, read_parquet, write_gathered, write_parquet
from stikg.networks.asking import network_of
from stikg.results import Row, Table
from stikg.terms import IRI, XSD, Literal

if TYPE_CHECKING:
    from stikg.networks import Graph

COLUMNS = (
    "source", "sourceLabel", "sourceKindLabel", "target", "targetLabel", "targetKindLabel",
    "relation", "relationLabel", "weight", "period", "via", "viaLabel", "passage", "origin",
)  # fmt: skip

parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow, of stikg[parquet], is absent")


def query(*, directed: bool) -> Query:
    return Query(
        "ties", "network", "Ties", "", weight="weight", source=EDGE["source"],
        target=EDGE["target"], edge=EDGE["edge"], directed=directed,
    )  # fmt: skip


def rows(count: int, *, kinds: int = 3) -> list[Row]:
    """Return rows of few nodes, so that edges come several times, both ways, and as loops."""
    draw = random.Random(count)

    def row(number: int) -> Row:
        one, other = draw.randrange(8), draw.randrange(4, 12)
        if draw.random() < 0.3:
            one, other = other, one
        ends = [
            (IRI(f"urn:{end}"), Literal(f"Näme {end}"), Literal(f"kind {end // 4 % kinds}"))
            for end in (one, other)
        ]
        weight = Literal(str(draw.randrange(1, 9)), XSD + "integer")
        period = Literal(f"FY{draw.randrange(2018, 2021)}") if number % 3 else None
        relation = draw.choice("ab")
        return (
            *ends[0], *ends[1], IRI(f"urn:{relation}"), Literal(f"does {relation}"), weight, period,
            IRI("urn:via"), Literal("Via"),
            IRI(f"urn:passage:{number % 7}") if number % 5 else None,
            Literal(draw.choice(("stated", "read"))),
        )  # fmt: skip

    return [row(number) for number in range(count)]


def contents(graph: Graph) -> tuple[dict[str, Any], dict[Any, Any]]:
    edges = {edge[:3]: edge[3] for edge in graph.edges(keys=True, data=True)}
    return {node: data for node, data in graph.nodes(data=True)}, edges


@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize("directed", [True, False], ids=["directed", "undirected"])
def test_pieces_are_together_the_network(directed: bool, size: int) -> None:
    asked, given = query(directed=directed), rows(300)
    wanted = network_of(Table(COLUMNS, tuple(given)), asked)
    with gather(COLUMNS, given, asked) as gathered:
        nodes = {node.id: node._asdict() for node in gathered.nodes()}
        pieces = [contents(piece)[1] for piece in gathered.pieces(size)]
    assert len(pieces) > 1 or size == 10_000
    assert sum(map(len, pieces)) == wanted.number_of_edges()
    assert {edge: data for piece in pieces for edge, data in piece.items()} == contents(wanted)[1]
    for node in nodes.values():
        node.pop("id")
    assert nodes == contents(wanted)[0]


def test_two_kinds_apart_stay_on_their_sides() -> None:
    ends = (IRI("urn:a"), Literal("A"), Literal("agency"), IRI("urn:p"), Literal("P"),
            Literal("programme"), IRI("urn:r"), Literal("runs"))  # fmt: skip
    with gather(COLUMNS[:8], [ends], query(directed=True)) as gathered:
        assert [(node.id, node.side) for node in gathered.nodes()] == [
            ("urn:a", "source"), ("urn:p", "target"),
        ]  # fmt: skip


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    asked, given = query(directed=False), rows(200)
    wanted = network_of(Table(COLUMNS, tuple(given)), asked, filters={"territory": "Japan"})
    wanted.graph["version"] = "abc"
    streamed, whole = tmp_path / "streamed.parquet", tmp_path / "whole.parquet"
    with gather(COLUMNS, given, asked) as gathered:
        write_gathered(gathered, streamed, wanted.graph)
    written = write_parquet(wanted, whole)
    assert [path.name for path in written] == ["whole-nodes.parquet", "whole-edges.parquet"]
    for path in (streamed, whole, tmp_path / "whole-edges.parquet"):
        read = read_parquet(path)
        assert contents(read) == contents(wanted)
        assert read.graph == wanted.graph
    for part in ("nodes", "edges"):
        one, other = (tmp_path / f"{name}-{part}.parquet" for name in ("streamed", "whole"))
        assert one.read_bytes() == other.read_bytes()


def test_columns_have_types_and_the_files_tell_their_licence(tmp_path: Path) -> None:
    graph = build(Table(COLUMNS, tuple(rows(50))), name="ties")
    _, edges = write_parquet(graph, tmp_path / "ties.parquet")
    schema = parquet.read_schema(edges)
    types = {field.name: str(field.type) for field in schema}
    assert (types["source"], types["weight"]) == ("string", "double")
    assert types["passages"].startswith("list<")
    assert schema.metadata[b"licence"] == b"https://creativecommons.org/licenses/by/4.0/"
    assert schema.metadata[b"name"] == b"ties"
    assert parquet.ParquetFile(edges).metadata.row_group(0).column(0).encodings


def test_edges_alone_are_a_network(tmp_path: Path) -> None:
    import pyarrow

    path = tmp_path / "mine.parquet"
    parquet.write_table(pyarrow.table({"source": ["a", "b"], "target": ["b", "c"]}), path)
    graph = read_parquet(path)
    sides = {node: data["side"] for node, data in graph.nodes(data=True)}
    assert sides == {"a": "source", "b": "both", "c": "target"}
    assert [data["weight"] for *_, data in graph.edges(data=True)] == [1.0, 1.0]


def test_the_real_network_from_the_store_is_that_in_memory(
    real_dataset: Dataset, tmp_path: Path
) -> None:
    path = tmp_path / "ties.parquet"
    real_dataset.write_network("country-country", path, territory="Japan")
    wanted = real_dataset.to_networkx("country-country", territory="Japan")
    read = read_parquet(path)
    assert contents(read) == contents(wanted)
    assert read.graph == wanted.graph


def test_a_damaged_or_foreign_file_is_told(tmp_path: Path) -> None:
    import pyarrow

    path = tmp_path / "ties.parquet"
    with pytest.raises(InputError, match="there is no such file"):
        read_parquet(path)
    path.write_bytes(b"PAR1 cut off")
    with pytest.raises(InputError, match="cannot be read as Parquet"):
        read_parquet(path)
    parquet.write_table(pyarrow.table({"from": ["a"], "target": ["b"]}), path)
    with pytest.raises(InputError, match="edges need the columns source"):
        read_parquet(path)


def test_without_pyarrow_the_remedy_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    graph = build(Table(COLUMNS, tuple(rows(5))), name="ties")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingDependency, match=r"pip install 'stikg\[parquet\]'"):
        write_parquet(graph, tmp_path / "ties.parquet")
    assert list(tmp_path.iterdir()) == []
