"""Labels beside the nodes of a free layout: none on another, on a node, or off the sheet."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import numpy

    Numbers = numpy.ndarray[Any, numpy.dtype[numpy.float64]]

DIRECTIONS: Final = 24
DISTANCES: Final = (0.01, 0.06, 0.13, 0.21, 0.3, 0.42)
"""Inches between a node and its label; the nearest that is free is taken."""
AIR: Final = 0.018
"""Inches around a label that no other label or node enters."""


class Block(NamedTuple):
    """A node as drawn: its middle, its radius, and width and height of its label, in inches."""

    x: float
    y: float
    radius: float
    width: float
    height: float


class Place(NamedTuple):
    """The upper left corner of a label, and whether a line should lead to it."""

    x: float
    y: float
    led: bool


def place_labels(
    blocks: Sequence[Block],
    lines: Sequence[tuple[float, float, float, float]],
    size: tuple[float, float],
) -> list[Place] | None:
    """Return a place for the label of each node, or None if there is not room for all.

    Labels are placed in the order of the nodes, each where it is near, crosses few lines and
    leaves labels and nodes free.
    """
    import numpy

    nodes = numpy.array([(b.x - b.radius, b.y - b.radius, b.x + b.radius, b.y + b.radius)
                         for b in blocks])  # fmt: skip
    segments = numpy.array(lines, dtype=float).reshape(-1, 4)
    taken = numpy.empty((0, 4))
    places: list[Place] = []
    for number, block in enumerate(blocks):
        boxes, costs = _candidates(block)
        inside = (
            (boxes[:, 0] >= 0) & (boxes[:, 1] >= 0)
            & (boxes[:, 2] <= size[0]) & (boxes[:, 3] <= size[1])
        )  # fmt: skip
        others = numpy.vstack([numpy.delete(nodes, number, axis=0), taken])
        free = inside & ~_overlap(boxes, others).any(axis=1)
        if not free.any():
            return None
        crossed = _crossings(boxes, segments).sum(axis=1)
        best = int(numpy.argmin(numpy.where(free, costs + 3.0 * crossed, numpy.inf)))
        box = boxes[best]
        taken = numpy.vstack([taken, box])
        led = (best // DIRECTIONS) >= 2
        places.append(Place(float(box[0]) + AIR / 2, float(box[1]) + AIR / 2, led))
    return places


def _candidates(block: Block) -> tuple[Numbers, Numbers]:
    """Return boxes around a node, the nearest first, and what each costs."""
    import numpy

    wide, high = block.width + AIR, block.height + AIR
    boxes, costs = [], []
    for step, distance in enumerate(DISTANCES):
        for turn in range(DIRECTIONS):
            angle = 2 * math.pi * turn / DIRECTIONS
            across, down = math.cos(angle), math.sin(angle)
            reach = block.radius + distance
            x = block.x + across * reach + _clipped(across) * wide / 2
            y = block.y + down * reach + _clipped(down) * high / 2
            boxes.append((x - wide / 2, y - high / 2, x + wide / 2, y + high / 2))
            costs.append(1.6 * step + 0.3 * abs(down))
    return numpy.array(boxes), numpy.array(costs)


def _clipped(share: float) -> float:
    """Return how far a label stands to a side: wholly, but for directions near the middle."""
    return max(-1.0, min(1.0, share * 1.6))


def _overlap(boxes: Numbers, others: Numbers) -> Any:
    """Return which of some boxes overlap which others."""
    a, b = boxes[:, None, :], others[None, :, :]
    return (
        (a[..., 0] < b[..., 2]) & (b[..., 0] < a[..., 2])
        & (a[..., 1] < b[..., 3]) & (b[..., 1] < a[..., 3])
    )  # fmt: skip


def _crossings(boxes: Numbers, segments: Numbers) -> Any:
    """Return which segments enter which boxes (the slab method of Kay and Kajiya, 1986)."""
    import numpy

    start, end = segments[None, :, :2], segments[None, :, 2:]
    way = end - start
    way = numpy.where(numpy.abs(way) < 1e-9, 1e-9, way)
    one = (boxes[:, None, :2] - start) / way
    two = (boxes[:, None, 2:] - start) / way
    enter = numpy.minimum(one, two).max(axis=2)
    leave = numpy.maximum(one, two).min(axis=2)
    return (enter <= leave) & (leave >= 0) & (enter <= 1)
