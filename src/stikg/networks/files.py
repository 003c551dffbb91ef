"""Networks as files for other programs, the format by the suffix; same network, same bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stikg.errors import InputError
from stikg.networks.plain import PlainNetwork, make_plain, one_line, plain_text, plain_value
from stikg.networks.tables import plain_number
from stikg.serialisation import write_atomically

if TYPE_CHECKING:
    from stikg.networks.building import Graph

EXPORTS: Final[Mapping[str, str]] = {
    ".graphml": "GraphML, for yEd, Cytoscape, Gephi and programs",
    ".gexf": "GEXF, for Gephi",
    ".net": "Pajek; labels, relations and weights alone",
    ".json": "node-link JSON, for networkx and D3",
    ".csv": "two tables, NAME-nodes.csv and NAME-edges.csv, for Gephi and spreadsheets",
    ".parquet": "two files, NAME-nodes.parquet and NAME-edges.parquet, for columnar engines and "
    "clusters",
    ".html": "a page to explore in any browser, in one file, without a server",
}
"""Suffix of a file → its format."""


def read_suffix(path: Path) -> str:
    """Return the suffix that names the format of a file.

    :raises InputError: if none of the formats has it.

    >>> read_suffix(Path("ties.GEXF"))
    '.gexf'
    >>> read_suffix(Path("ties.dot"))
    Traceback (most recent call last):
    ...
    stikg.errors.InputError: ties.dot: no format of networks ends in .dot
      remedy: name the file with one of .graphml, .gexf, .net, .json, .csv, .parquet, .html
    """
    suffix = path.suffix.lower()
    if suffix not in EXPORTS:
        raise InputError(
            f"no format of networks ends in {suffix or 'no suffix'}",
            where=str(path),
            remedy=f"name the file with one of {', '.join(EXPORTS)}",
        )
    return suffix


def write_network(graph: Graph, path: Path) -> list[Path]:
    """Write a network into a file, or for .csv and .parquet into two; return what was written.

    :raises InputError: if the suffix names no format.
    :raises OutputError: if a file cannot be written.
    """
    suffix = read_suffix(path)
    if suffix == ".parquet":
        from stikg.networks.parquet import write_parquet

        return write_parquet(graph, path)
    contents: dict[Path, bytes | str]
    if suffix == ".csv":
        contents = {
            path.with_name(f"{path.stem}-{part}{path.suffix}"): content
            for part, content in csv_tables(graph).items()
        }
    else:
        contents = {path: render_network(graph, suffix)}
    for file, content in contents.items():
        write_atomically(file, content)
    return list(contents)


def render_network(graph: Graph, suffix: str) -> bytes:
    """Return a network in the format of a suffix other than .csv and .parquet.

    :raises InputError: if the suffix names none; for .html as ``network_page`` does.
    """
    from stikg.networks.page import network_page
    from stikg.networks.xml import gexf, graphml

    if suffix == ".html":
        return network_page(graph).encode()
    if suffix == ".json":
        text = json.dumps(node_link(graph), ensure_ascii=False, indent=1, allow_nan=False)
        return (text + "\n").encode()
    writers: dict[str, Callable[[PlainNetwork], bytes]] = {
        ".graphml": graphml, ".gexf": gexf, ".net": _pajek,
    }  # fmt: skip
    return writers[read_suffix(Path(f"network{suffix}"))](make_plain(graph))


def node_link(graph: Graph) -> dict[str, Any]:
    """Return a network as JSON values, as networkx reads them; several values stay a list."""
    return {
        "directed": bool(graph.graph["directed"]),
        "multigraph": True,
        "graph": {key: value for key, value in graph.graph.items() if key != "directed"},
        "nodes": [{"id": node, **_json_values(graph.nodes[node])} for node in sorted(graph)],
        "edges": [
            {"source": source, "target": target, "key": key, **_json_values(data)}
            for source, target, key, data in sorted(
                graph.edges(keys=True, data=True), key=lambda edge: edge[:3]
            )
        ],
    }


def csv_tables(graph: Graph) -> dict[str, str]:
    """Return the nodes and the edges of a network as CSV, headed as Gephi reads them."""
    network = make_plain(graph)
    kind = "Directed" if network.directed else "Undirected"
    nodes = [{"Id": node, **values} for node, values in network.nodes.items()]
    edges = [
        {"Source": edge.source, "Target": edge.target, "Type": kind, **edge.attributes}
        for edge in network.edges
    ]
    return {
        "nodes": _csv(("Id", "Label"), nodes),
        "edges": _csv(("Source", "Target", "Type", "Weight", "Label"), edges),
    }


def _csv(first: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    called = {"label": "Label", "weight": "Weight"}
    renamed = [{called.get(key, key): value for key, value in row.items()} for row in rows]
    others = {key for row in renamed for key in row} - set(first)
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, [*first, *sorted(others)], lineterminator="\r\n")
    writer.writeheader()
    for row in renamed:
        writer.writerow({
            key: plain_number(value) if isinstance(value, float) else value
            for key, value in row.items()
        })  # fmt: skip
    return buffer.getvalue()


def _json_values(data: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in data.items():
        if isinstance(value, (list, tuple)):
            values[key] = [plain_value(item) for item in value]
        elif isinstance(value, str):
            values[key] = plain_text(value)
        elif (plain := plain_value(value)) is not None:
            values[key] = plain
    return values


def _pajek(network: PlainNetwork) -> bytes:
    """Return a network as Pajek: vertices are their labels, each told apart from the others."""
    numbers = {node: number for number, node in enumerate(network.nodes, 1)}
    taken: set[str] = set()
    lines = [f"*Vertices {len(numbers)}"]
    for node, attributes in network.nodes.items():
        label = _quoted(attributes.get("label", node))
        if label in taken:
            label = f"{label} <{node}>"
        taken.add(label)
        lines.append(f'{numbers[node]} "{label}"')
    lines.append("*Arcs" if network.directed else "*Edges")
    lines += [
        f"{numbers[edge.source]} {numbers[edge.target]} "
        f'{plain_number(float(edge.attributes["weight"]))} l "{_quoted(edge.attributes["label"])}"'
        for edge in network.edges
    ]
    return ("\n".join(lines) + "\n").encode()


def _quoted(value: object) -> str:
    """Return a text that stands between double quotes, which Pajek cannot escape."""
    return one_line(value).replace('"', "'").replace("\\", "/")
