"""Attributes of a network as files can hold them: texts, numbers, truth values."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from stikg.networks.tables import plain_number

if TYPE_CHECKING:
    from stikg.networks.building import Graph

Plain = str | int | float | bool
Attributes = dict[str, Plain]

_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
"""What XML 1.0 forbids or discourages in a text."""


@dataclass(frozen=True)
class PlainEdge:
    """An edge by the identifiers of its ends; its weight and label are among its attributes."""

    source: str
    target: str
    attributes: Attributes


@dataclass(frozen=True)
class PlainNetwork:
    """A network whose attributes are plain: of itself, of its nodes by identifier, of its edges."""

    directed: bool
    attributes: Attributes
    nodes: Mapping[str, Attributes]
    edges: tuple[PlainEdge, ...]


def make_plain(graph: Graph) -> PlainNetwork:
    """Return a network with plain attributes, its edges in the order of their ends and relation.

    Each edge has a ``statement``, such as "A – is part of → B": in a network without direction, it
    keeps who is what.
    """
    labels = {node: str(data["label"]) for node, data in graph.nodes(data=True)}
    edges = [
        PlainEdge(source, target, _plain_values({
            **data, "statement": f"{labels[source]} – {data['label']} → {labels[target]}",
        }))
        for source, target, key, data in sorted(graph.edges(keys=True, data=True),
                                                key=lambda edge: edge[:3])
    ]  # fmt: skip
    own = {key: value for key, value in graph.graph.items() if key != "directed" and value}
    return PlainNetwork(
        directed=bool(graph.graph["directed"]),
        attributes=_plain_values(own),
        nodes={node: _plain_values(graph.nodes[node]) for node in sorted(graph)},
        edges=tuple(edges),
    )


def plain_value(value: Any) -> Plain | None:
    """Return a value as text, number or truth value; None if there is nothing to keep.

    Several values become one text, dates their ISO 8601 form; a number that is none, such as
    infinity, and an empty text are nothing.

    >>> plain_value(("a", "b")), plain_value(date(2021, 3, 1)), plain_value(float("nan"))
    ('a; b', '2021-03-01', None)
    """
    if isinstance(value, (bool, int)):
        return value
    if isinstance(value, (float, Decimal)):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else None
    if isinstance(value, (set, frozenset)):
        value = sorted(value, key=str)
    if isinstance(value, (list, tuple)):
        value = "; ".join(plain_text(item) for item in value if item is not None)
    return plain_text(value) or None if value is not None else None


def plain_text(value: object) -> str:
    r"""Return a text without the characters that no XML file may hold.

    >>> plain_text("a\x00b")
    'ab'
    """
    if isinstance(value, float):
        return plain_number(value)
    return _UNPRINTABLE.sub("", str(value))


def one_line(value: object) -> str:
    """Return a text with each run of white space as one space."""
    return " ".join(plain_text(value).split())


def types_of(all_attributes: Iterable[Mapping[str, Plain]]) -> dict[str, type[Plain]]:
    """Return the type of each attribute, by name, sorted: text if several do not go together."""
    found: dict[str, type[Plain]] = {}
    for name, value in _pairs(all_attributes):
        known = found.setdefault(name, type(value))
        if known is not type(value):
            found[name] = float if {known, type(value)} == {int, float} else str
    return dict(sorted(found.items()))


def written(value: Plain, kind: type[Plain]) -> str:
    """Return a value as a file of a declared type holds it."""
    if kind is float:
        return repr(float(value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _pairs(all_attributes: Iterable[Mapping[str, Plain]]) -> Iterator[tuple[str, Plain]]:
    for attributes in all_attributes:
        yield from attributes.items()


def _plain_values(data: Mapping[str, Any]) -> Attributes:
    values = {name: plain_value(value) for name, value in data.items()}
    return {name: value for name, value in sorted(values.items()) if value is not None}
