"""Tables on the terminal and in files."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from stikg.cli.surroundings import is_terminal
from stikg.errors import InputError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from stikg.results import Table
    from stikg.terms import Triple

TABLE_FORMATS: Final = ("table", "csv", "tsv", "json", "markdown", "xlsx")
GRAPH_FORMATS: Final = ("turtle", "ntriples")


def format_option(default: str | None = None, *more: str) -> Callable[[Any], Any]:
    """Return the option ``--format`` of a command that answers with a table."""
    shown = default or "by the suffix of the file, else table"
    return click.option(
        "--format",
        "format_name",
        type=click.Choice([*TABLE_FORMATS, *more]),
        default=default,
        help=f"Format of the answer.  [default: {shown}]",
    )


def output_option() -> Callable[[Any], Any]:
    """Return the option ``-o`` of a command that answers with something to keep."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        help="File to write to, whole or not at all.",
    )


def render_table(
    table: Table, format_name: str | None = None, output: Path | None = None
) -> str | bytes:
    """Return a table in a format, or in that of the file's suffix.

    :raises OutputError: if a format that is no text would go to a terminal.
    """
    from stikg.results import FORMATS, render

    suffixes = {item.suffix: item.name for item in FORMATS.values()}
    by_suffix = suffixes.get(output.suffix.lower()) if output else None
    chosen = format_name or by_suffix or "table"
    to_terminal = output is None and is_terminal(sys.stdout)
    if FORMATS[chosen].binary and to_terminal:
        raise OutputError(
            f"{chosen} is no text for a terminal", remedy=f"name a file: -o table.{chosen}"
        )
    return render(table, chosen, width=os.get_terminal_size().columns if to_terminal else None)


def render_answer(
    answer: Table | bool | list[Triple], format_name: str | None = None, output: Path | None = None
) -> str | bytes:
    """Return the answer of any SPARQL query: a table, true or false, or a graph.

    :raises InputError: if the format holds no answer of that kind.
    """
    if isinstance(answer, bool):
        return f"{str(answer).lower()}\n"
    if isinstance(answer, list):
        return _render_graph(answer, format_name)
    if format_name in GRAPH_FORMATS:
        raise InputError(
            "a SELECT query answers with a table, not a graph",
            remedy=f"use one of {', '.join(TABLE_FORMATS)}",
        )
    return render_table(answer, format_name, output)


def _render_graph(triples: list[Triple], format_name: str | None) -> str:
    from stikg.serialisation import write_ntriples, write_turtle

    if format_name not in {None, *GRAPH_FORMATS}:
        raise InputError(
            "a CONSTRUCT or DESCRIBE query answers with a graph, not a table",
            remedy=f"use one of {', '.join(GRAPH_FORMATS)}",
        )
    write = write_ntriples if format_name == "ntriples" else write_turtle
    return write((*triple, None) for triple in triples)
