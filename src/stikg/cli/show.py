"""Show everything known of one thing."""

from __future__ import annotations

from pathlib import Path

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import emit, tell
from stikg.cli.rendering import format_option, output_option, render_table
from stikg.cli.suggestions import suggest_names


@click.command(short_help="Show everything known of a thing.")
@click.argument("name", shell_complete=suggest_names())
@format_option()
@output_option()
@click.pass_obj
def command(
    invocation: Invocation, name: str, format_name: str | None, output: Path | None
) -> None:
    """Show every statement about a thing, with its origin and passage.

    NAME is any name or code of it, its CURIE or its IRI.
    """
    from stikg.terms import ONTOLOGY, compress

    thing = invocation.dataset().show(name)
    kinds = [compress(kind.value) for kind in thing.types if kind.value.startswith(ONTOLOGY)]
    tell(f"{thing.label} ({compress(thing.iri.value)}), {', '.join(kinds) or 'of no class'}")
    emit(render_table(thing.statements, format_name, output), output)
