"""Cut documents into passages."""

from __future__ import annotations

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import emit


@click.command(short_help="Cut documents into passages.")
@click.argument("documents", nargs=-1, metavar="[ID]…")
@click.pass_obj
def command(invocation: Invocation, documents: tuple[str, ...]) -> None:
    """Write graph/documents/ID/passages.ttl from the texts of the documents.

    Without an ID, for every document that has a text. The text is ID.txt in the folder that the
    environment variable STIKG_SOURCES names, else in shared/sources beside the graph's folder.
    Prints each file and whether it changed.
    """
    import os

    from stikg.building.passages import find_texts, write_passages

    layout = invocation.layout()
    for name, text in find_texts(layout, os.environ, documents).items():
        changed = write_passages(layout, name, text)
        emit(f"graph/documents/{name}/passages.ttl {'written' if changed else 'unchanged'}\n")
