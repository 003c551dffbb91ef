"""What a query file describes: its title, parameters and columns, and its SPARQL text.

Named tuples, because the command line makes these classes at every start, and a dataclass takes
ten times as long to make.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from stikg.errors import ParameterError

KINDS: Final[Mapping[str, str]] = {
    "question": "questions",
    "check": "checks",
    "network": "networks",
    "rule": "rules",
}
"""Kind of query → the folder of queries/ that holds it."""

PARAMETER_TYPES: Final = (
    "resource", "string", "year", "integer", "decimal", "date", "boolean", "choice",
)  # fmt: skip
COLUMN_TYPES: Final = (
    "resource", "term", "passage", "iri", "string", "year", "integer", "decimal", "date",
    "boolean", "choice",
)  # fmt: skip
"""``term`` is a resource or a literal; ``passage`` and ``iri`` are IRIs without a label column."""

EDGE: Final[Mapping[str, str]] = {"source": "source", "target": "target", "edge": "relation"}
"""Header key of a network → the column it names if it is not written."""

WEIGHT: Final = "weight"
"""Column of the weight of an edge if the header names no other."""

NUMBERS: Final = ("integer", "decimal")
LABELLED: Final = frozenset({"resource", "term"})
SEVERITIES: Final = ("error", "warning", "info")


class Slot(NamedTuple):
    """The place of a parameter in a text; ``unset`` is what stands there without a value."""

    name: str
    unset: str


class Block(NamedTuple):
    """A VALUES block that holds parameters; without values it gives way to ``unset``."""

    names: frozenset[str]
    parts: tuple[str | Slot, ...]
    unset: str


Template = tuple[str | Slot | Block, ...]
"""The text of a query, cut into fixed parts and the places of its parameters."""


class Parameter(NamedTuple):
    """A parameter of a query; ``cls`` is the CURIE of the class of a resource.

    ``minimum`` and ``maximum`` are lexical forms of the parameter's own type.
    """

    name: str
    type: str
    title: str = ""
    description: str = ""
    example: str = ""
    cls: str = ""
    optional: bool = True
    multiple: bool = False
    values: tuple[str, ...] = ()
    minimum: str = ""
    maximum: str = ""
    pattern: str = ""

    def misfit(self, problem: str, remedy: str | None = None) -> ParameterError:
        """Return the error to raise for a value that does not fit."""
        return ParameterError(f"{self.name}: {problem}", parameter=self.name, remedy=remedy)


class Column(NamedTuple):
    """A column of the solutions of a query."""

    name: str
    type: str
    title: str = ""
    description: str = ""
    cls: str = ""
    values: tuple[str, ...] = ()


class Query(NamedTuple):
    """A query file: header and SPARQL text.

    ``columns`` are all projected variables in order, label columns included. ``path`` is relative
    to the folder of the queries and ``line`` is the line of the file at which ``text`` starts.
    ``source``, ``target`` and ``edge`` are the columns of a network that make an edge, ``weight``
    the one that weighs it, if any; without direction each pair stands once.
    ``template`` is the text as binding needs it; one that is empty is made when it is needed.
    """

    name: str
    kind: str
    title: str
    text: str
    question: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()
    path: str = ""
    line: int = 1
    severity: str = ""
    explanation: str = ""
    source: str = ""
    target: str = ""
    edge: str = ""
    weight: str = ""
    directed: bool = True
    template: Template = ()

    def find_parameter(self, name: str) -> Parameter | None:
        """Return the parameter of a name, or None."""
        return next((item for item in self.parameters if item.name == name), None)

    def find_column(self, name: str) -> Column | None:
        """Return the column of a name, or None."""
        return next((item for item in self.columns if item.name == name), None)

    @property
    def weight_title(self) -> str:
        """What the weight of an edge counts; nothing without a weight."""
        column = self.find_column(self.weight) if self.weight else None
        return column.title if column is not None else ""

    @property
    def column_types(self) -> dict[str, str]:
        """Return the type of each column by name."""
        return {column.name: column.type for column in self.columns}

    def to_dict(self) -> dict[str, Any]:
        """Return the query as JSON values, without what is empty."""
        values = {
            **self._asdict(),
            "parameters": [parameter._asdict() for parameter in self.parameters],
            "columns": [column._asdict() for column in self.columns],
            "template": [_write_part(part) for part in self.template],
        }
        if self.directed:
            del values["directed"]
        return {key: value for key, value in values.items() if value not in ("", (), [])}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Query:
        """Return the query that ``to_dict`` wrote."""
        return cls(
            **{
                **values,
                "tags": tuple(values.get("tags", ())),
                "parameters": tuple(
                    Parameter(**{**item, "values": tuple(item["values"])})
                    for item in values.get("parameters", ())
                ),
                "columns": tuple(
                    Column(**{**item, "values": tuple(item["values"])})
                    for item in values.get("columns", ())
                ),
                "template": tuple(_read_part(part) for part in values.get("template", ())),
            }
        )


def _write_part(part: str | Slot | Block) -> str | list[Any]:
    """Return a part as JSON: its text, the two values of a slot, or the three of a block."""
    if isinstance(part, str):
        return part
    if isinstance(part, Block):
        return [sorted(part.names), [_write_part(inner) for inner in part.parts], part.unset]
    return list(part)


def _read_part(part: str | list[Any]) -> str | Slot | Block:
    if isinstance(part, str):
        return part
    if len(part) == 2:
        return Slot(*part)
    names, inner, unset = part
    parts = tuple(item if isinstance(item, str) else Slot(*item) for item in inner)
    return Block(frozenset(names), parts, unset)
