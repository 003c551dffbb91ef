"""Networks as GraphML and GEXF.

Written here and not by networkx, whose GEXF has the day of writing in it and whose GraphML gives
edges of one relation one identifier. GraphML follows http://graphml.graphdrawing.org/specification.html,
GEXF the draft 1.2 that Gephi reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from stikg.networks.plain import Attributes, Plain, PlainNetwork, types_of, written

_GRAPHML_TYPES: Final[Mapping[type[Plain], str]] = {
    bool: "boolean", int: "long", float: "double", str: "string",
}  # fmt: skip
_GEXF_TYPES: Final[Mapping[type[Plain], str]] = {**_GRAPHML_TYPES, str: "string"}
_GEXF_OWN: Final = ("label", "weight")
"""Attributes that GEXF has a place of its own for."""


def graphml(network: PlainNetwork) -> bytes:
    """Return a network as GraphML."""
    root = Element("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"})
    types = {
        "graph": types_of([network.attributes]),
        "node": types_of(network.nodes.values()),
        "edge": types_of(edge.attributes for edge in network.edges),
    }
    for part, kinds in types.items():
        for name, kind in kinds.items():
            SubElement(root, "key", {
                "id": f"{part}-{name}", "for": part, "attr.name": name,
                "attr.type": _GRAPHML_TYPES[kind],
            })  # fmt: skip
    graph = SubElement(
        root, "graph", {"edgedefault": "directed" if network.directed else "undirected"}
    )
    _add_data(graph, "graph", network.attributes, types["graph"])
    for node, attributes in network.nodes.items():
        _add_data(SubElement(graph, "node", {"id": node}), "node", attributes, types["node"])
    for number, edge in enumerate(network.edges):
        ends = {"id": f"e{number}", "source": edge.source, "target": edge.target}
        _add_data(SubElement(graph, "edge", ends), "edge", edge.attributes, types["edge"])
    return _document(root)


def gexf(network: PlainNetwork) -> bytes:
    """Return a network as GEXF."""
    root = Element("gexf", {"xmlns": "http://www.gexf.net/1.2draft", "version": "1.2"})
    meta = SubElement(root, "meta")
    SubElement(meta, "creator").text = "stikg"
    SubElement(meta, "description").text = "; ".join(
        f"{name}: {value}" for name, value in network.attributes.items()
    )
    kind = "directed" if network.directed else "undirected"
    graph = SubElement(root, "graph", {"defaultedgetype": kind, "mode": "static"})
    node_types = _gexf_types(graph, "node", types_of(network.nodes.values()))
    edge_types = _gexf_types(graph, "edge", types_of(edge.attributes for edge in network.edges))
    nodes = SubElement(graph, "nodes")
    for node, attributes in network.nodes.items():
        given = {"id": node, "label": str(attributes.get("label", node))}
        _add_values(SubElement(nodes, "node", given), attributes, node_types)
    edges = SubElement(graph, "edges")
    for number, edge in enumerate(network.edges):
        given = {"id": str(number), "source": edge.source, "target": edge.target}
        given.update({
            name: written(edge.attributes[name], float if name == "weight" else str)
            for name in _GEXF_OWN if name in edge.attributes
        })  # fmt: skip
        _add_values(SubElement(edges, "edge", given), edge.attributes, edge_types)
    return _document(root)


def _add_data(
    parent: Element, part: str, attributes: Attributes, types: Mapping[str, type[Plain]]
) -> None:
    for name, value in attributes.items():
        SubElement(parent, "data", {"key": f"{part}-{name}"}).text = written(value, types[name])


def _gexf_types(
    graph: Element, part: str, types: Mapping[str, type[Plain]]
) -> dict[str, type[Plain]]:
    """Declare the attributes that GEXF has no own place for, and return them."""
    declared = {name: kind for name, kind in types.items() if name not in _GEXF_OWN}
    if declared:
        listed = SubElement(graph, "attributes", {"class": part, "mode": "static"})
        for name, kind in declared.items():
            SubElement(listed, "attribute", {"id": name, "title": name, "type": _GEXF_TYPES[kind]})
    return declared


def _add_values(parent: Element, attributes: Attributes, types: Mapping[str, type[Plain]]) -> None:
    shown = [(name, value) for name, value in attributes.items() if name in types]
    if shown:
        values = SubElement(parent, "attvalues")
        for name, value in shown:
            SubElement(values, "attvalue", {"for": name, "value": written(value, types[name])})


def _document(root: Element) -> bytes:
    indent(root)
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
