"""Ask a SPARQL query of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import emit
from stikg.cli.rendering import GRAPH_FORMATS, format_option, output_option, render_answer


@click.command(short_help="Ask a SPARQL query of your own.")
@click.argument("text", metavar="[QUERY]", required=False)
@click.option(
    "-f",
    "--file",
    type=click.File("r", encoding="utf-8"),
    help="File that holds the query; - is standard input.",
)
@format_option(None, *GRAPH_FORMATS)
@output_option()
@click.pass_obj
def command(
    invocation: Invocation,
    text: str | None,
    file: TextIO | None,
    format_name: str | None,
    output: Path | None,
) -> None:
    """Ask the dataset, or the endpoint, a SPARQL query.

    The prefixes that `stikg prefixes` lists need no declaration. SELECT answers with a table, ASK
    with true or false, CONSTRUCT and DESCRIBE with Turtle.
    """
    given = [source for source in (text, file) if source is not None]
    if len(given) != 1:
        raise click.UsageError("Give a QUERY, or a file with -f: one of the two.")
    query = given[0] if isinstance(given[0], str) else given[0].read()
    emit(render_answer(invocation.dataset().sparql(query), format_name, output), output)
