"""List the questions."""

from __future__ import annotations

from pathlib import Path

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import emit
from stikg.cli.rendering import format_option, output_option, render_table


@click.command(short_help="List the questions.")
@click.option(
    "--kind",
    type=click.Choice(["question", "check", "network", "rule"]),
    default="question",
    show_default=True,
    help="List query files of another kind.",
)
@format_option()
@output_option()
@click.pass_obj
def command(
    invocation: Invocation, kind: str, format_name: str | None, output: Path | None
) -> None:
    """List the questions of the catalogue, by name, and what they ask."""
    from stikg.results import Table
    from stikg.terms import Literal

    queries = invocation.dataset().queries.of_kind(kind)
    rows = (
        (query.name, query.title, query.question or query.description, ", ".join(query.tags))
        for query in queries
    )
    columns = ("name", "title", "question", "tags")
    table = Table(columns, tuple(tuple(Literal(text) for text in row) for row in rows))
    emit(render_table(table, format_name, output), output)
