"""A network on a sheet: nodes by shape and colour, edges by colour and dash, counts beside."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from stikg.errors import InputError
from stikg.figures.canvas import Canvas, Entry
from stikg.figures.network.labels import Block, place_labels
from stikg.figures.network.placing import (
    Positions,
    components,
    layers_of,
    ordered_columns,
    rows_of_parts,
    stack,
    unit_layout,
)
from stikg.figures.reading import Content, Options, counted, listed, many, nothing_to_draw, table_of
from stikg.figures.style import SHAPES, Look, look
from stikg.figures.text import line_height
from stikg.networks import edge_labels

if TYPE_CHECKING:
    from stikg.networks import Graph
    from stikg.results import Table

LAYOUTS: Final = ("bipartite", "layered", "force")
TRIES: Final = 40
"""How often a free layout is given more height before the labels are too many."""
EDGES_SHARE: Final = 0.24
"""Least share of the width between two columns that is left for the edges."""
APART: Final = 0.09
"""Inches between the parts of a network in columns."""


@dataclass(frozen=True)
class Plan:
    """What the layouts share: labels, degrees, looks; the largest weight if weights differ."""

    graph: Graph
    labels: Mapping[str, str]
    degrees: Mapping[str, int]
    kinds: Mapping[tuple[str, str], Look]
    relations: Mapping[str, Look]
    heaviest: float


def draw_network(graph: Graph, canvas: Canvas, options: Options) -> Content:
    """Draw a network in the layout that is asked for; else in columns if it has two sides.

    :raises InputError: if it is empty, there is no such layout, it does not fit the network, or
        the labels have no room.
    """
    if not len(graph):
        raise nothing_to_draw()
    two_sides = all(data["side"] != "both" for _, data in graph.nodes(data=True))
    layout = options.layout or ("bipartite" if two_sides else "force")
    if layout not in LAYOUTS:
        raise InputError(f"{layout!r} is not a layout", remedy=f"use one of {', '.join(LAYOUTS)}")
    if layout == "bipartite" and not two_sides:
        raise InputError(
            "the network has not two sides: some nodes are source and target",
            remedy="use the layout layered or force",
        )
    plan = _plan(graph)
    edges = graph.number_of_edges()
    canvas.head(f"{many(len(graph), 'node')}, {many(edges, 'edge')}")
    draw: Mapping[str, Callable[[Plan, Canvas], None]] = {
        "bipartite": _draw_sides, "layered": _draw_layers, "force": _draw_freely,
    }  # fmt: skip
    draw[layout](plan, canvas)
    _legends(plan, canvas)
    weight = graph.graph.get("weight_title") or "weight"
    notes = (f"The wider a line, the more: {weight}.",) if plan.heaviest else ()
    return Content(_alt(plan), network_table(graph), notes)


def network_table(graph: Graph) -> Table:
    """Return the edges of a network by label: source, target, relation, weight, passages."""
    rows = sorted(
        (graph.nodes[source]["label"], graph.nodes[source]["kind"], data["label"],
         graph.nodes[target]["label"], graph.nodes[target]["kind"],
         Decimal(str(data.get("weight", 1))).normalize(), len(data["passages"]))
        for source, target, data in graph.edges(data=True)
    )  # fmt: skip
    columns = ("source", "sourceKind", "relation", "target", "targetKind", "weight", "passages")
    return table_of(columns, rows)


def _plan(graph: Graph) -> Plan:
    degrees = {node: len((set(graph.successors(node)) | set(graph.predecessors(node))) - {node})
               for node in graph}  # fmt: skip
    relations = {label: look(place) for place, (label, _) in
                 enumerate(counted(edge_labels(graph)))}  # fmt: skip
    labels = {node: str(data["label"]) for node, data in graph.nodes(data=True)}
    weights = [float(data.get("weight", 1)) for *_, data in graph.edges(data=True)]
    heaviest = max(weights, default=0.0) if len(set(weights)) > 1 else 0.0
    return Plan(graph, labels, degrees, _kinds(graph), relations, heaviest)


def _side(side: str) -> str:
    return "target" if side == "target" else "source"


def _kind_of(graph: Graph, node: str) -> tuple[str, str]:
    return _side(graph.nodes[node]["side"]), str(graph.nodes[node]["kind"])


def _kinds(graph: Graph) -> dict[tuple[str, str], Look]:
    """Give each kind of node on each side a look; the commonest have colours of their own."""
    counts = Counter(_kind_of(graph, node) for node in graph)
    ranked = sorted(counts, key=lambda key: (key[0], -counts[key], key[1]))
    by_count = sorted(ranked, key=lambda key: (-counts[key], key))
    return {
        key: look(by_count.index(key))._replace(shape=SHAPES[by_count.index(key) % len(SHAPES)])
        for key in ranked
    }


def _draw_sides(plan: Plan, canvas: Canvas) -> None:
    """Draw sources on the left, targets on the right, labels outside."""
    layer = {node: int(_side(data["side"]) == "target")
             for node, data in plan.graph.nodes(data=True)}  # fmt: skip
    rooms = _rooms(plan, canvas, layer)
    beside = _beside(plan)
    places = (canvas.left + rooms[0] + beside, canvas.right - rooms[1] - beside)
    texts = {node: canvas.lines(label, rooms[layer[node]]) for node, label in plan.labels.items()}
    positions = _in_columns(plan, canvas, layer, places, texts)
    _draw_edges(plan, canvas, positions)
    _draw_nodes(plan, canvas, positions)
    for node, (x, y) in positions.items():
        if layer[node] == 0:
            canvas.text(x - beside, y, texts[node], middle=True, side="right")
        else:
            canvas.text(x + beside, y, texts[node], middle=True)


def _rooms(plan: Plan, canvas: Canvas, layer: Mapping[str, int]) -> tuple[float, float]:
    """Return the inches for the labels of both sides: what they need, or what there is."""
    whole = (1 - EDGES_SHARE) * (canvas.right - canvas.left) - 2 * _beside(plan)
    left, right = (
        max((canvas.length(label) for node, label in plan.labels.items() if layer[node] == side),
            default=0.0) + 0.01
        for side in (0, 1)
    )  # fmt: skip
    if left + right <= whole:
        return left, right
    if min(left, right) < whole / 2:
        return (left, whole - left) if left < right else (whole - right, right)
    return whole / 2, whole / 2


def _beside(plan: Plan) -> float:
    """Return the inches between the middle of a node and its label."""
    return max(_across(plan, node) for node in plan.graph) / 2 + 0.035


def _draw_layers(plan: Plan, canvas: Canvas) -> None:
    """Draw columns from left to right along the edges, each label to the right of its node."""
    layer = layers_of(plan.graph)
    count = max(layer.values()) + 1
    pitch = (canvas.right - canvas.left) / count
    if pitch < 12 * canvas.size / 72:
        raise InputError(
            f"{count} layers have no room in this width", remedy="use the layout force, or wider"
        )
    room = min(0.62 * pitch if count > 1 else pitch - 0.2, 2.2)
    places = tuple(canvas.left + 0.08 + pitch * number for number in range(count))
    if count > 1:
        step = (canvas.right - canvas.left - room - 0.2) / (count - 1)
        places = tuple(canvas.left + 0.08 + step * number for number in range(count))
    texts = {node: canvas.lines(label, room) for node, label in plan.labels.items()}
    positions = _in_columns(plan, canvas, layer, places, texts)
    _draw_edges(plan, canvas, positions)
    _draw_nodes(plan, canvas, positions)
    for node, (x, y) in positions.items():
        canvas.text(x + 0.1, y, texts[node], middle=True, paper="white")


def _in_columns(
    plan: Plan, canvas: Canvas, layer: Mapping[str, int], places: tuple[float, ...],
    texts: Mapping[str, list[str]],
) -> Positions:  # fmt: skip
    """Place each part below the other, and leave the canvas below them."""
    import networkx as nx

    simple = nx.Graph(plan.graph)
    heights = {node: max(line_height(canvas.size) * len(lines), _across(plan, node))
               for node, lines in texts.items()}  # fmt: skip
    positions: Positions = {}
    for part in components(plan.graph):
        columns = ordered_columns(simple, part, {node: layer[node] for node in part}, plan.labels)
        down, canvas.y = stack(columns, heights, canvas.y, 0.035)
        canvas.y += APART
        positions.update({node: (places[layer[node]], y) for node, y in down.items()})
    return positions


def _draw_freely(plan: Plan, canvas: Canvas) -> None:
    """Draw each part as forces would have it, parts side by side, with room for the labels."""
    rows = rows_of_parts(components(plan.graph), canvas.right - canvas.left, canvas.size / 72)
    for row in rows:
        x, deepest = canvas.left, 0.0
        for part, width in row:
            deepest = max(deepest, _draw_part(plan, canvas, part, (x, width)))
            x += width
        canvas.y += deepest + 0.05


def _draw_part(
    plan: Plan, canvas: Canvas, part: Sequence[str], across: tuple[float, float]
) -> float:
    """Draw a part between two places across the sheet; return how high it has become.

    :raises InputError: if the labels have no room in the width.
    """
    import networkx as nx

    whole = plan.graph.subgraph(part)
    nodes = sorted(part, key=lambda node: (-plan.degrees[node], plan.labels[node], node))
    unit, (left, width) = canvas.size / 72, across
    texts = {node: canvas.lines(plan.labels[node], 12 * unit) for node in nodes}
    shares = unit_layout(nx.Graph(whole))
    height = 3.5 * unit * math.sqrt(len(part)) + 4.5 * unit
    for _ in range(TRIES):
        positions = {node: (width * x, height * y) for node, (x, y) in shares.items()}
        blocks = [_block(plan, canvas, node, positions[node], texts[node]) for node in nodes]
        lines = [(*positions[a], *positions[b]) for a, b in sorted(set(whole.edges()))]
        places = place_labels(blocks, lines, (width, height))
        if places is not None:
            break
        height *= 1.09
    else:
        raise InputError(
            f"the labels of {len(part)} nodes have no room in this width",
            remedy="draw it wider, or narrow the filter",
        )
    positions = {node: (left + x, canvas.y + y) for node, (x, y) in positions.items()}
    _draw_edges(plan, canvas, positions)
    _draw_nodes(plan, canvas, positions)
    for node, block, place in zip(nodes, blocks, places, strict=True):
        corner = (left + place.x, canvas.y + place.y)
        if place.led:
            _lead(canvas, positions[node], corner, block)
        canvas.text(*corner, texts[node], paper="#FFFFFF99")
    return height


def _block(
    plan: Plan, canvas: Canvas, node: str, position: tuple[float, float], lines: Sequence[str]
) -> Block:
    wide = max(canvas.length(line) for line in lines)
    return Block(*position, _across(plan, node) / 2, wide, line_height(canvas.size) * len(lines))


def _lead(
    canvas: Canvas, start: tuple[float, float], corner: tuple[float, float], block: Block
) -> None:
    """Draw a thin line from a node to the nearest place of its label."""
    x = min(max(start[0], corner[0]), corner[0] + block.width)
    y = min(max(start[1], corner[1]), corner[1] + block.height)
    canvas.line([start[0], x], [start[1], y], colour="#888888", width=0.4, order=2)


def _across(plan: Plan, node: str) -> float:
    """Return how many inches a node is across: more neighbours, a larger area."""
    return 0.075 + 0.022 * math.sqrt(min(plan.degrees[node], 25))


def _draw_nodes(plan: Plan, canvas: Canvas, positions: Positions) -> None:
    for node, (x, y) in sorted(positions.items()):
        seen = plan.kinds[_kind_of(plan.graph, node)]
        canvas.marker(x, y, seen.shape, colour=seen.colour, across=_across(plan, node))


def _draw_edges(plan: Plan, canvas: Canvas, positions: Positions) -> None:
    """Draw the edges of placed nodes: weights by width, direction where sides do not tell it."""
    part = plan.graph.subgraph(positions)
    bundles: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for source, target, data in part.edges(data=True):
        bundles.setdefault((source, target), []).append((str(data["label"]), _width(plan, data)))
    pointed = plan.graph.graph.get("directed", True) and any(
        data["side"] == "both" for _, data in plan.graph.nodes(data=True)
    )
    for (source, target), edges in sorted(bundles.items()):
        (x1, y1), (x2, y2) = positions[source], positions[target]
        length = math.hypot(x2 - x1, y2 - y1) or 1.0
        for place, (label, width) in enumerate(sorted(edges)):
            shift = 0.022 * (place - (len(edges) - 1) / 2)
            dx, dy = -(y2 - y1) / length * shift, (x2 - x1) / length * shift
            seen = plan.relations[label]
            canvas.line([x1 + dx, x2 + dx], [y1 + dy, y2 + dy], colour=seen.colour,
                        dash=seen.dash, width=width, strength=0.85)  # fmt: skip
        if pointed and source != target:
            back = min(0.4, (_across(plan, target) / 2 + 0.035) / length)
            canvas.head_of_arrow(x2 + (x1 - x2) * back, y2 + (y1 - y2) * back, x2 - x1, y2 - y1)


def _width(plan: Plan, data: Mapping[str, Any]) -> float:
    """Return the points of a line: thicker for what weighs more, thin where there are many."""
    thin = 0.6 if plan.graph.number_of_edges() > 120 else 0.9
    if not plan.heaviest:
        return thin
    return thin * (0.7 + 2.3 * float(data["weight"]) / plan.heaviest)


def _legends(plan: Plan, canvas: Canvas) -> None:
    nodes = Counter(_kind_of(plan.graph, node) for node in plan.graph)
    edges = Counter(edge_labels(plan.graph))
    canvas.legend("Nodes", [
        Entry("marker", seen, f"{key[1] or 'other'} ({nodes[key]})")
        for key, seen in plan.kinds.items()
    ])  # fmt: skip
    canvas.legend("Edges", [
        Entry("line", seen, f"{label} ({edges[label]})") for label, seen in plan.relations.items()
    ])  # fmt: skip


def _alt(plan: Plan) -> str:
    """Tell how large the network is, of what kinds, and which nodes have most neighbours."""
    graph = plan.graph
    parts = components(graph)
    kinds = counted(str(data["kind"]) or "other" for _, data in graph.nodes(data=True))
    relations = counted(edge_labels(graph))
    best = sorted(graph, key=lambda node: (-plan.degrees[node], plan.labels[node], node))[:3]
    return (
        f"Network of {many(len(graph), 'node')} and {many(graph.number_of_edges(), 'edge')} "
        f"in {many(len(parts), 'connected part')}. "
        f"Nodes: {listed([f'{count} {kind}' for kind, count in kinds])}. "
        f"Edges: {listed([f'{count} {label}' for label, count in relations])}. "
        f"Most neighbours: {listed([f'{plan.labels[n]} ({plan.degrees[n]})' for n in best])}."
    )
