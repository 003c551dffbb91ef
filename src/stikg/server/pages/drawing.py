"""Pictures of a network in two columns: every name can be read, every mark leads somewhere.

Sources stand on the left, targets on the right; a kind of node has a colour and a shape, a
relation a colour and a dash. The page draws the result as inline SVG.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

WIDTH: Final = 960
STEP: Final = 24
LEFT: Final = 330
RIGHT: Final = 630
"""Where the marks of the two columns stand."""

LONGEST: Final = 42
"""Characters of a name that are drawn."""

_SWEEPS: Final = 6


class Edge(NamedTuple):
    """An edge: its ends and its relation, as words."""

    source: str
    target: str
    relation: str


class Node(NamedTuple):
    """A node: what it is called, where a click leads, of which kind it is."""

    id: str
    label: str
    href: str
    kind: str


@dataclass(frozen=True)
class Mark:
    """A node as it is drawn."""

    node: Node
    x: int
    y: int
    look: int
    left: bool

    @property
    def text(self) -> str:
        """The name, cut if it is long."""
        label = self.node.label
        return label if len(label) <= LONGEST else label[: LONGEST - 1].rstrip() + "…"


@dataclass(frozen=True)
class Line:
    """An edge as it is drawn."""

    edge: Edge
    path: str
    look: int
    words: str


@dataclass(frozen=True)
class Picture:
    """A drawing: marks, lines, and what their looks mean."""

    width: int
    height: int
    marks: list[Mark]
    lines: list[Line]
    kinds: list[tuple[str, int, int]]
    relations: list[tuple[str, int, int]]
    hidden: int


def draw(nodes: Mapping[str, Node], edges: Sequence[Edge], *, most: int = 60) -> Picture:
    """Return the drawing of a network; of each column at most so many nodes, the best connected.

    >>> nodes = {name: Node(name, name, "", "") for name in "ab"}
    >>> len(draw(nodes, [Edge("a", "b", "funds")]).marks)
    2
    """
    left = _best((edge.source for edge in edges), most)
    kept = [edge for edge in edges if edge.source in left]
    right = _best((edge.target for edge in kept), most)
    kept = [edge for edge in kept if edge.target in right]
    lefts, rights = _ordered(kept)
    height = STEP * max(len(lefts), len(rights), 1) + STEP
    heights = {
        **{(True, name): y for name, y in _spread(lefts, height)},
        **{(False, name): y for name, y in _spread(rights, height)},
    }
    shown = [nodes[name] for name in (*lefts, *rights)]
    kinds = _looks(node.kind for node in shown)
    relations = _looks(edge.relation for edge in kept)
    marks = [
        Mark(nodes[name], LEFT if is_left else RIGHT, y, kinds[nodes[name].kind][0], is_left)
        for (is_left, name), y in heights.items()
    ]
    lines = [_line(edge, heights, nodes, relations) for edge in kept]
    return Picture(
        WIDTH,
        height,
        marks,
        lines,
        [(kind, *look) for kind, look in kinds.items()],
        [(relation, *look) for relation, look in relations.items()],
        len(set(nodes)) - len({node.id for node in shown}),
    )


def _best(names: Iterable[str], most: int) -> set[str]:
    counts = Counter(names)
    return set(sorted(counts, key=lambda name: (-counts[name], name))[:most])


def _ordered(edges: Sequence[Edge]) -> tuple[list[str], list[str]]:
    """Return the names of both columns so that few lines cross: each near those it is tied to."""
    lefts = list(dict.fromkeys(edge.source for edge in edges))
    rights = list(dict.fromkeys(edge.target for edge in edges))
    ties: dict[tuple[bool, str], list[str]] = {}
    for edge in edges:
        ties.setdefault((True, edge.source), []).append(edge.target)
        ties.setdefault((False, edge.target), []).append(edge.source)
    for _ in range(_SWEEPS):
        rights = _by_middle(rights, lefts, {name: ties[False, name] for name in rights})
        lefts = _by_middle(lefts, rights, {name: ties[True, name] for name in lefts})
    return lefts, rights


def _by_middle(
    names: list[str], others: Sequence[str], ties: Mapping[str, Sequence[str]]
) -> list[str]:
    place = {name: index / len(others) for index, name in enumerate(others)}
    middle = {name: sum(place[tie] for tie in ties[name]) / len(ties[name]) for name in names}
    return sorted(names, key=lambda name: middle[name])


def _spread(names: Sequence[str], height: int) -> list[tuple[str, int]]:
    gap = height / max(len(names), 1)
    return [(name, round(gap * (index + 0.5))) for index, name in enumerate(names)]


def _looks(values: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return for each value the number of its look and how often it comes, the commonest first."""
    counts = Counter(values)
    ranked = sorted(counts, key=lambda value: (-counts[value], value))
    return {value: (place, counts[value]) for place, value in enumerate(ranked)}


def _line(
    edge: Edge,
    heights: Mapping[tuple[bool, str], int],
    nodes: Mapping[str, Node],
    relations: Mapping[str, tuple[int, int]],
) -> Line:
    first, last = heights[True, edge.source], heights[False, edge.target]
    start, end = LEFT + 10, RIGHT - 10
    bend = (end - start) // 2
    path = f"M{start} {first}C{start + bend} {first} {end - bend} {last} {end} {last}"
    words = f"{nodes[edge.source].label} {edge.relation} {nodes[edge.target].label}"
    return Line(edge, path, relations[edge.relation][0], words)
