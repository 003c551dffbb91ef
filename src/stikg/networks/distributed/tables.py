"""What Spark found, as a table of this process or as Parquet that the cluster writes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from stikg.errors import OutputError
from stikg.networks.measuring import number
from stikg.results import Table
from stikg.serialisation.streamed import appear_whole
from stikg.terms import IRI, Literal, Term

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def table_of(frame: DataFrame, top: int | None = None) -> Table:
    """Return the first rows of a frame, or all, as the other engines have them."""
    rows = frame.collect() if top is None else frame.take(top)
    return Table(tuple(frame.columns), tuple(tuple(map(_term, frame.columns, row)) for row in rows))


def refuse_existing(path: Path) -> None:
    """Refuse a place where there is something, before anything is computed for it.

    :raises OutputError: if there is.
    """
    if path.exists():
        raise OutputError(
            "there is something here already", where=str(path), remedy="remove it, or name another"
        )


def write_frame(frame: DataFrame, path: Path) -> None:
    """Write a frame as a folder of Parquet files, by all workers at once, whole or not at all.

    Each worker has to see the folder around it.

    :raises OutputError: if there is something of that name, or it cannot be written.
    """
    refuse_existing(path)
    with appear_whole(path.resolve()) as place:
        frame.write.parquet(str(place))


def _term(column: str, value: Any) -> Term | None:
    if value is None:
        return None
    if isinstance(value, str):
        return IRI(value) if column == "node" else Literal(value)
    return number(value)
