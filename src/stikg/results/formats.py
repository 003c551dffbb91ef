"""The formats of tables, and writing in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any, Final, NamedTuple

from stikg.errors import InputError
from stikg.results.table import Table


class Format(NamedTuple):
    """A format of tables; ``binary`` formats are written to binary streams, others as text."""

    name: str
    suffix: str
    media_type: str
    binary: bool = False


FORMATS: Final[Mapping[str, Format]] = {
    item.name: item
    for item in (
        Format("table", ".txt", "text/plain"),
        Format("csv", ".csv", "text/csv"),
        Format("tsv", ".tsv", "text/tab-separated-values"),
        Format("json", ".json", "application/json"),
        Format("markdown", ".md", "text/markdown"),
        Format(
            "xlsx",
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            binary=True,
        ),
    )
}


def get_format(name: str) -> Format:
    """Return the format of a name or suffix.

    :raises InputError: if there is none.

    >>> get_format(".md").name
    'markdown'
    >>> get_format("pdf")
    Traceback (most recent call last):
    ...
    stikg.errors.InputError: 'pdf' is not a format of tables
      remedy: use one of: table, csv, tsv, json, markdown, xlsx
    """
    for item in FORMATS.values():
        if name.lower() in {item.name, item.suffix}:
            return item
    raise InputError(
        f"{name!r} is not a format of tables", remedy=f"use one of: {', '.join(FORMATS)}"
    )


def render(table: Table, format: str, *, width: int | None = None) -> str | bytes:
    """Return a table in a format: bytes if the format is binary, else text.

    :raises InputError: if there is no such format or it cannot hold a value.
    """
    name = get_format(format).name
    if name == "table":
        from stikg.results.terminal import write_terminal

        return write_terminal(table, width=width)
    if name == "json":
        from stikg.results.jsontext import write_json

        return write_json(table)
    if name == "markdown":
        from stikg.results.markdown import write_markdown

        return write_markdown(table)
    if name == "xlsx":
        from stikg.results.spreadsheet import write_xlsx

        return write_xlsx(table)
    from stikg.results import delimited

    return delimited.write_csv(table) if name == "csv" else delimited.write_tsv(table)


def write(table: Table, format: str, stream: IO[Any], *, width: int | None = None) -> None:
    """Write a table in a format; a text stream should be opened with ``newline=""``.

    ``width`` is that of the terminal, for the format ``table``.

    :raises InputError: if there is no such format or it cannot hold a value.
    """
    stream.write(render(table, format, width=width))
