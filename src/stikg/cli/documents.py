"""List the documents."""

from __future__ import annotations

from pathlib import Path

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import emit
from stikg.cli.rendering import format_option, output_option, render_table


@click.command(short_help="List the documents.")
@format_option()
@output_option()
@click.pass_obj
def command(invocation: Invocation, format_name: str | None, output: Path | None) -> None:
    """List the source documents: passages, statements, publisher, date."""
    emit(render_table(invocation.dataset().query("documents"), format_name, output), output)
