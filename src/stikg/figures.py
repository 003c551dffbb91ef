"""Static drawings of a network for print: PNG, SVG, PDF, the same bytes for the same input.

Nodes are told apart by shape and colour (Okabe and Ito's colours, safe for colour-blind
readers), relations by colour and dash. Labels are placed by textalloc so that none lies on
another; a legend counts what is drawn.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final, Literal

from stikg.errors import InputError
from stikg.networks import edge_labels
from stikg.serialisation import write_atomically

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    Corner = Literal["upper left", "upper right"]
    Graph = nx.MultiDiGraph[str]
    Positions = dict[str, tuple[float, float]]

SUFFIXES: Final = (".png", ".svg", ".pdf")
COLOURS: Final = (
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999",
)  # fmt: skip
SOURCE_SHAPES: Final = ("s", "D", "^", "p", "v", "X", "P", "d", "<", ">", "*")
TARGET_SHAPES: Final = ("o", "H", "8", "h")
DASHES: Final = ("solid", (0, (5, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)), (0, (3, 1, 1, 1, 1, 1)))
SETTINGS: Final[Any] = {
    "svg.hashsalt": "stikg", "svg.fonttype": "none", "pdf.fonttype": 42,
    "font.family": "DejaVu Sans", "path.simplify": False,
}  # fmt: skip
SEED: Final = 7
LABEL_WIDTH: Final = 24
FOOT: Final = 1.45
"""Inches below the drawing, for the legend."""
MARGIN: Final = FOOT + 0.65
"""Inches below and above the drawing."""


@dataclass(frozen=True)
class Caption:
    """What is printed around a picture: title, subtitle (filter, data version), licence."""

    title: str
    subtitle: str = ""
    licence: str = "Graph: stikg, CC BY 4.0"


def draw_network(graph: Graph, path: Path, caption: Caption, *, dpi: int = 200) -> Path:
    """Draw a network into a file whose suffix names the format.

    :raises InputError: if the suffix is not .png, .svg or .pdf, or the network is empty.
    :raises OutputError: if the file cannot be written.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(
            f"{path.name} does not end in {', '.join(SUFFIXES)}",
            remedy="name the picture with one of these suffixes",
        )
    if not len(graph):
        raise InputError(
            "there is nothing to draw: the network is empty",
            remedy="widen the filter; stikg network NAME shows what there is",
        )
    write_atomically(path, render_network(graph, path.suffix.lower()[1:], caption, dpi=dpi))
    return path


def render_network(graph: Graph, form: str, caption: Caption, *, dpi: int = 200) -> bytes:
    """Return the picture of a network as bytes; ``form`` is png, svg or pdf."""
    import matplotlib as mpl

    with mpl.rc_context(SETTINGS):
        figure = make_figure(graph, caption, dpi=dpi)
        buffer = BytesIO()
        figure.savefig(buffer, format=form, dpi=dpi, metadata=_metadata(graph, form, caption))
    return buffer.getvalue()


def make_figure(graph: Graph, caption: Caption, *, dpi: int = 200) -> Figure:
    """Return the matplotlib figure of a network: one axes, labels as its texts, two legends."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    positions, width, height = place_nodes(graph)
    total = height + MARGIN
    figure = Figure(figsize=(width, total), dpi=dpi)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.01, FOOT / total, 0.98, height / total))
    _draw(figure, axes, graph, positions, (width, height), caption)
    return figure


def _metadata(graph: Graph, form: str, caption: Caption) -> dict[str, Any]:
    text = f"{caption.title}: {len(graph)} nodes, {graph.number_of_edges()} edges"
    if form == "png":
        return {"Title": caption.title, "Description": text, "Software": "stikg"}
    if form == "pdf":
        return {"Title": caption.title, "Subject": text, "CreationDate": None, "Producer": "stikg"}
    return {"Title": caption.title, "Description": text, "Date": None, "Creator": "stikg"}


def place_nodes(graph: Graph) -> tuple[Positions, float, float]:
    """Return positions in inches, and the width and height of the drawing area.

    Each connected component is laid out by itself (Kamada and Kawai) in a box that grows with
    its size; boxes are packed in rows, the largest first.
    """
    import networkx as nx

    simple = nx.Graph(graph)
    parts = sorted(nx.connected_components(simple), key=lambda part: (-len(part), min(part)))
    sizes = [_box(len(part)) for part in parts]
    width = max(sizes[0][0], 1.15 * math.sqrt(sum(w * h for w, h in sizes)), 6.0)
    positions: Positions = {}
    x = y = row = 0.0
    for part, (box_width, box_height) in zip(parts, sizes, strict=True):
        if x + box_width > width + 1e-9:
            x, y, row = 0.0, y + row, 0.0
        for node, (left, top) in _unit_layout(simple.subgraph(sorted(part))).items():
            positions[node] = (x + box_width * left, -(y + box_height * top))
        x, row = x + box_width, max(row, box_height)
    return positions, width, y + row


def _box(size: int) -> tuple[float, float]:
    """Return width and height in inches of the box for a component of so many nodes."""
    if size <= 2:
        return 2.6, 0.95
    area = (1.35 if size <= 12 else 1.7) * size
    return max(2.8, math.sqrt(area * 1.5)), max(1.2, math.sqrt(area / 1.5))


def _unit_layout(part: nx.Graph[str]) -> Positions:
    """Lay a connected component out in the unit square, with a margin."""
    import networkx as nx

    nodes = sorted(part)
    if len(nodes) == 1:
        return {nodes[0]: (0.5, 0.5)}
    if len(nodes) == 2:
        return {nodes[0]: (0.28, 0.3), nodes[1]: (0.72, 0.7)}
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(nodes)
    ordered.add_edges_from(sorted((min(edge), max(edge)) for edge in part.edges))
    start = nx.circular_layout(ordered)
    raw = nx.kamada_kawai_layout(ordered, pos=start)
    if len(nodes) > 12:
        raw = nx.spring_layout(ordered, pos=raw, k=2.2 / math.sqrt(len(nodes)), iterations=40,
                               seed=SEED)  # fmt: skip
    xs = _to_unit([float(raw[node][0]) for node in nodes])
    ys = _to_unit([float(raw[node][1]) for node in nodes])
    return {node: (x, y) for node, x, y in zip(nodes, xs, ys, strict=True)}


def _to_unit(values: Sequence[float]) -> list[float]:
    """Stretch values over the unit interval but for a margin of a tenth at each end."""
    low, span = min(values), max(values) - min(values) or 1.0
    return [0.1 + 0.8 * (value - low) / span for value in values]


def _draw(
    figure: Figure,
    axes: Axes,
    graph: Graph,
    positions: Positions,
    size: tuple[float, float],
    caption: Caption,
) -> None:
    axes.set_xlim(-0.1, size[0] + 0.1)
    axes.set_ylim(-size[1] - 0.1, 0.1)
    axes.axis("off")
    relations = _ranked(edge_labels(graph))
    kinds = _ranked_kinds(graph)
    _draw_edges(axes, graph, positions, relations)
    degrees = {node: len(set(graph.successors(node)) | set(graph.predecessors(node)))
               for node in graph}  # fmt: skip
    for (side, kind), (shape, colour) in kinds.items():
        nodes = sorted(n for n, data in graph.nodes(data=True)
                       if (_side(data["side"]), data["kind"]) == (side, kind))  # fmt: skip
        axes.scatter(
            [positions[node][0] for node in nodes],
            [positions[node][1] for node in nodes],
            s=[_node_area(degrees[node]) for node in nodes],
            marker=shape, c=colour, edgecolors="#222222", linewidths=0.6, zorder=3,
        )  # fmt: skip
    _label(axes, graph, positions, degrees)
    _surround(figure, axes, graph, kinds, relations, caption)


def _node_area(degree: int) -> float:
    """Return the area of a marker in square points."""
    return 28.0 + 16.0 * min(degree, 20)


def _side(side: str) -> str:
    return "target" if side == "target" else "source"


def _ranked(labels: Iterable[str]) -> dict[str, int]:
    counts = Counter(labels)
    return {label: place for place, label in
            enumerate(sorted(counts, key=lambda label: (-counts[label], label)))}  # fmt: skip


def _ranked_kinds(graph: Graph) -> dict[tuple[str, str], tuple[str, str]]:
    """Give each kind of node on each side a marker and a colour; sides never share a marker."""
    counts = Counter((_side(data["side"]), data["kind"]) for _, data in graph.nodes(data=True))
    ranked = sorted(counts, key=lambda key: (key[0], -counts[key], key[1]))
    looks: dict[tuple[str, str], tuple[str, str]] = {}
    for side, shapes in (("source", SOURCE_SHAPES), ("target", TARGET_SHAPES)):
        mine = [key for key in ranked if key[0] == side]
        offset = 0 if side == "source" else 3
        for place, key in enumerate(mine):
            marker = shapes[(place // len(COLOURS) + place) % len(shapes)]
            looks[key] = (marker, COLOURS[(place + offset) % len(COLOURS)])
    return looks


def _edge_look(place: int) -> tuple[str, Any]:
    return COLOURS[place % len(COLOURS)], DASHES[place % len(DASHES)]


def _draw_edges(
    axes: Axes, graph: Graph, positions: Positions, relations: Mapping[str, int]
) -> None:
    bundles: dict[tuple[str, str], list[str]] = {}
    for source, target, data in graph.edges(data=True):
        bundles.setdefault((source, target), []).append(str(data["label"]))
    for (source, target), labels in sorted(bundles.items()):
        (x1, y1), (x2, y2) = positions[source], positions[target]
        length = math.hypot(x2 - x1, y2 - y1) or 1.0
        for place, label in enumerate(sorted(labels)):
            shift = 0.035 * (place - (len(labels) - 1) / 2)
            dx, dy = -(y2 - y1) / length * shift, (x2 - x1) / length * shift
            colour, dash = _edge_look(relations[label])
            axes.plot([x1 + dx, x2 + dx], [y1 + dy, y2 + dy], color=colour, linestyle=dash,
                      linewidth=1.0, alpha=0.75, zorder=1)  # fmt: skip


def _label(axes: Axes, graph: Graph, positions: Positions, degrees: Mapping[str, int]) -> None:
    import textalloc

    nodes = sorted(graph, key=lambda node: (-degrees[node], node))
    xs = [positions[node][0] for node in nodes]
    ys = [positions[node][1] for node in nodes]
    ends = sorted({tuple(sorted((source, target))) for source, target in graph.edges()})
    textalloc.allocate(
        axes, xs, ys, [fill(str(graph.nodes[node]["label"]), LABEL_WIDTH) for node in nodes],
        x_scatter=xs, y_scatter=ys,
        x_lines=[[positions[a][0], positions[b][0]] for a, b in ends],
        y_lines=[[positions[a][1], positions[b][1]] for a, b in ends],
        textsize=6.0, margin=0.003, min_distance=0.009, max_distance=0.2, nbr_candidates=400,
        avoid_label_lines_overlap=True,
        draw_lines=True, linecolor="#888888", linewidth=0.4, draw_all=True, zorder=5,
    )  # fmt: skip


def _surround(
    figure: Figure,
    axes: Axes,
    graph: Graph,
    kinds: Mapping[tuple[str, str], tuple[str, str]],
    relations: Mapping[str, int],
    caption: Caption,
) -> None:
    from matplotlib.lines import Line2D

    top = 1 - 0.1 / figure.get_figheight()
    figure.text(0.015, top, caption.title, fontsize=13, weight="bold", va="top")
    counts = f"{len(graph)} nodes, {graph.number_of_edges()} edges"
    figure.text(0.015, 1 - 0.36 / figure.get_figheight(),
                " · ".join(part for part in (caption.subtitle, counts) if part),
                fontsize=8, va="top", color="#333333")  # fmt: skip
    nodes = Counter((_side(data["side"]), data["kind"]) for _, data in graph.nodes(data=True))
    edges = Counter(edge_labels(graph))
    node_handles = [
        Line2D([], [], linestyle="none", marker=shape, color=colour, markeredgecolor="#222222",
               markersize=7, label=f"{key[1]} ({nodes[key]})")
        for key, (shape, colour) in kinds.items()
    ]  # fmt: skip
    edge_handles = [
        Line2D([], [], color=_edge_look(place)[0], linestyle=_edge_look(place)[1], linewidth=1.6,
               label=f"{label} ({edges[label]})")
        for label, place in relations.items()
    ]  # fmt: skip
    _legend(figure, node_handles, "Nodes", 0.01, "upper left")
    _legend(figure, edge_handles, "Edges", 0.99, "upper right")
    figure.text(0.015, 0.006, caption.licence, fontsize=6.5, color="#555555", va="bottom")


def _legend(figure: Figure, handles: Sequence[Any], title: str, x: float, corner: Corner) -> None:
    columns = max(1, math.ceil(len(handles) / 5))
    y = (FOOT - 0.03) / figure.get_figheight()
    figure.legend(
        handles=list(handles), title=title, loc=corner, ncols=columns, fontsize=6.5,
        title_fontsize=7.5, frameon=False, bbox_to_anchor=(x, y),
        columnspacing=1.2, handlelength=2.4, alignment="left",
    )  # fmt: skip
