"""Compile the dataset."""

from __future__ import annotations

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import tell
from stikg.cli.progress import show_progress


@click.command(short_help="Compile the dataset.")
@click.option("--force", is_flag=True, help="Compile even if no file has changed.")
@click.option("--quiet", is_flag=True, help="Say nothing unless something is wrong.")
@click.pass_obj
def command(invocation: Invocation, force: bool, quiet: bool) -> None:
    """Compile ontology, graph and queries into the dataset.

    Files are read, checked, completed by the rules of queries/rules, and written to build/ as a
    whole or not at all. If no file has changed since the last build, nothing is done.
    """
    from stikg.building import build

    result = build(invocation.layout(), force=force, progress=show_progress(quiet=quiet))
    if not quiet:
        tell(result.summary)
