"""Networks as Parquet: one file of nodes, one of edges, for columnar engines and clusters.

The columns have types, an edge keeps its passages as a list, and both files carry the network's
name, title, direction, version and licence as metadata of their schema. What is written fits in
memory whatever its size: it comes in pieces.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stikg.errors import InputError
from stikg.networks.gathering import Gathered, Node
from stikg.serialisation.columns import load_pyarrow
from stikg.serialisation.streamed import appear_whole

if TYPE_CHECKING:
    from stikg.networks.building import Graph

SUFFIX: Final = ".parquet"
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
NODE_COLUMNS: Final = ("id", "label", "kind", "side")
LISTS: Final = ("passages", "origins", "via", "via_labels")
EDGE_COLUMNS: Final = ("source", "target", "relation", "label", "weight", "period", *LISTS)
ROWS_AT_ONCE: Final = 65_536

Record = Mapping[str, Any]


def nodes_and_edges(path: Path) -> tuple[Path, Path]:
    """Return the two files of a network that is called by one name, or by that of its edges.

    >>> [str(file) for file in nodes_and_edges(Path("out/ties.parquet"))]
    ['out/ties-nodes.parquet', 'out/ties-edges.parquet']
    >>> [str(file) for file in nodes_and_edges(Path("out/ties-edges.parquet"))]
    ['out/ties-nodes.parquet', 'out/ties-edges.parquet']
    """
    stem = path.name.removesuffix(SUFFIX).removesuffix("-edges")
    nodes, edges = (path.with_name(f"{stem}-{part}{SUFFIX}") for part in ("nodes", "edges"))
    return nodes, edges


def write_gathered(gathered: Gathered, path: Path, about: Mapping[str, Any]) -> list[Path]:
    """Write a network in pieces into two files, and return their paths.

    ``about`` is what the graph of ``build`` carries: name, title, directed, weight_title, filters
    and version.

    :raises MissingDependency: if pyarrow is not installed.
    :raises OutputError: if a file cannot be written.
    """
    nodes, edges = nodes_and_edges(path)
    edge_rows = (row for piece in gathered.pieces() for row in _edges(piece))
    _write(edges, _edge_schema(), edge_rows, about)
    _write(nodes, _node_schema(), (node._asdict() for node in gathered.nodes()), about)
    return [nodes, edges]


def write_parquet(graph: Graph, path: Path) -> list[Path]:
    """Write a network that is in memory into two files, and return their paths.

    :raises MissingDependency: if pyarrow is not installed.
    :raises OutputError: if a file cannot be written.
    """
    nodes, edges = nodes_and_edges(path)
    described = (
        Node(node, *(str(graph.nodes[node][key]) for key in NODE_COLUMNS[1:]))._asdict()
        for node in sorted(graph)
    )
    _write(edges, _edge_schema(), _edges(graph), graph.graph)
    _write(nodes, _node_schema(), described, graph.graph)
    return [nodes, edges]


def read_parquet(path: Path) -> Graph:
    """Return the network of two files, or of its edges alone.

    ``path`` is the name that was given when it was written, or the file of the edges; a file with
    the columns source and target alone will do.

    :raises InputError: if it is not there, is no Parquet, or has no such columns.
    :raises MissingDependency: if pyarrow is not installed.
    """
    import networkx as nx

    nodes, edges = find_parquet(path)
    about = read_about(edges)
    graph: Graph = nx.MultiDiGraph(**about)
    for row in _records(nodes, NODE_COLUMNS) if nodes else ():
        graph.add_node(row["id"], **{key: row[key] or "" for key in NODE_COLUMNS[1:]})
    for row in _records(edges, EDGE_COLUMNS):
        source, target, relation = str(row["source"]), str(row["target"]), row["relation"] or ""
        if nodes is None:
            for end, side in ((source, "source"), (target, "target")):
                known = graph.nodes.get(end, {"side": side})["side"]
                graph.add_node(end, label=end, kind="", side=side if known == side else "both")
        data = {key: tuple(row[key] or ()) for key in LISTS}
        weight = 1.0 if row["weight"] is None else float(row["weight"])
        graph.add_edge(
            source, target, key=relation, relation=relation, label=row["label"] or "",
            period=row["period"] or "", weight=weight, **data,
        )  # fmt: skip
    return graph


def find_parquet(path: Path) -> tuple[Path | None, Path]:
    """Return the file or folder of the nodes, if there is one, and that of the edges.

    :raises InputError: if there are no edges.
    """
    nodes, edges = nodes_and_edges(path)
    if edges.exists():
        return (nodes if nodes.exists() else None), edges
    if path.exists():
        return None, path
    raise InputError(
        "there is no such file",
        where=str(path),
        remedy="write one with: stikg network NAME --export NAME.parquet",
    )


def read_about(edges: Path) -> dict[str, Any]:
    """Return what a file of edges says of its network: name, title, directed and so on.

    :raises InputError: if it is no Parquet, or has not the columns source and target.
    """
    arrow = _dataset(edges)
    missing = [name for name in ("source", "target") if name not in arrow.schema.names]
    if missing:
        raise InputError(
            f"edges need the columns {', '.join(missing)}",
            where=str(edges),
            remedy="name the columns of the two ends source and target",
        )
    said = {key.decode(): text.decode() for key, text in (arrow.schema.metadata or {}).items()}
    name = said.get("name", edges.name.removesuffix(SUFFIX))
    return {
        "name": name,
        "title": said.get("title", name),
        "directed": said.get("directed", "true") == "true",
        "weight_title": said.get("weight_title", ""),
        "filters": json.loads(said.get("filters", "{}")),
        "version": said.get("version", ""),
    }


def _records(path: Path, columns: Iterable[str]) -> Iterator[Record]:
    arrow = _dataset(path)
    here = [name for name in columns if name in arrow.schema.names]
    absent = dict.fromkeys(name for name in columns if name not in here)
    for batch in arrow.to_batches(columns=here):
        for row in batch.to_pylist():
            yield {**absent, **row}


def _dataset(path: Path) -> Any:
    load_pyarrow()
    from pyarrow import ArrowException, dataset

    try:
        return dataset.dataset(path, format="parquet")
    except (ArrowException, OSError) as cause:
        raise InputError(
            f"cannot be read as Parquet: {cause}", where=str(path), remedy="name a file of edges"
        ) from cause


def _edges(graph: Graph) -> Iterator[Record]:
    for source, target, key, data in sorted(
        graph.edges(keys=True, data=True),
        key=lambda edge: (*sorted(edge[:2]), edge[2]) if not graph.graph["directed"] else edge[:3],
    ):
        row = {name: data.get(name) for name in EDGE_COLUMNS}
        yield {**row, "source": source, "target": target, "relation": key}


def _node_schema() -> Any:
    arrow = load_pyarrow()
    return arrow.schema([arrow.field(name, arrow.string(), False) for name in NODE_COLUMNS])


def _edge_schema() -> Any:
    arrow = load_pyarrow()
    several = arrow.list_(arrow.string())
    types = {"weight": arrow.float64(), **dict.fromkeys(LISTS, several)}
    return arrow.schema(
        [arrow.field(name, types.get(name, arrow.string()), False) for name in EDGE_COLUMNS]
    )


def _write(path: Path, schema: Any, rows: Iterable[Record], about: Mapping[str, Any]) -> None:
    said = {
        key: str(about.get(key, "")) for key in ("name", "title", "weight_title", "version")
    } | {
        "directed": "true" if about["directed"] else "false",
        "filters": json.dumps(dict(about["filters"]), ensure_ascii=False, sort_keys=True),
        "licence": LICENCE,
    }
    with appear_whole(path) as temporary:
        write_batches(temporary, schema.with_metadata(said), rows)


def write_batches(path: Path, schema: Any, rows: Iterable[Record]) -> None:
    """Write rows into a file as they come, some ten thousand at once."""
    from pyarrow import parquet

    arrow = load_pyarrow()
    waiting: list[Record] = []
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:

        def flush() -> None:
            writer.write_batch(arrow.RecordBatch.from_pylist(waiting, schema=schema))
            waiting.clear()

        for row in rows:
            waiting.append(row)
            if len(waiting) >= ROWS_AT_ONCE:
                flush()
        if waiting:
            flush()
