"""Answer assistants: the Model Context Protocol over standard input and output."""

from __future__ import annotations

import click

from stikg.assistants.settings import Settings
from stikg.cli.invocation import Invocation

_KINDS = ("question", "network", "check")
_USUAL = Settings()


@click.command(short_help="Answer assistants over the Model Context Protocol.")
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(_KINDS),
    multiple=True,
    default=_KINDS,
    show_default=True,
    help="Canned queries that are tools. May be given again.",
)
@click.option(
    "--deadline",
    type=click.FloatRange(0.1, 600),
    default=_USUAL.deadline,
    show_default=True,
    help="Seconds after which a query is ended.",
)
@click.option(
    "--rows",
    type=click.IntRange(1, _USUAL.most_rows),
    default=_USUAL.rows,
    show_default=True,
    help="Rows of an answer for which no limit is asked.",
)
@click.option(
    "--characters",
    type=click.IntRange(1000),
    default=_USUAL.characters,
    show_default=True,
    help="Characters of an answer, about.",
)
@click.pass_obj
def command(
    invocation: Invocation,
    kinds: tuple[str, ...],
    deadline: float,
    rows: int,
    characters: int,
) -> None:
    """Answer an assistant by the Model Context Protocol over standard input and output.

    An assistant starts this command itself; docs/assistants.md shows how to tell it. Each canned
    query is a tool; search, show, evidence and read-only SPARQL are others, and every answer names
    its passages. It needs the package mcp: pip install 'stikg[mcp]'
    """
    from stikg.assistants import serve

    settings = Settings(deadline=deadline, rows=rows, characters=characters)
    dataset = invocation.dataset()
    endpoint = invocation.endpoint()
    place = endpoint.to_json() if endpoint else str(dataset.store_folder)
    serve(dataset, place, settings, kinds=kinds)
