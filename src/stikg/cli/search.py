"""Find things by their names."""

from __future__ import annotations

from pathlib import Path

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import emit, tell
from stikg.cli.rendering import format_option, output_option, render_table


@click.command(short_help="Find things by their names.")
@click.argument("words", nargs=-1, required=True, metavar="TEXT…")
@click.option("--class", "cls", metavar="CURIE", help="Only members of a class: sti:Programme.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@format_option()
@output_option()
@click.pass_obj
def command(
    invocation: Invocation,
    words: tuple[str, ...],
    cls: str | None,
    limit: int,
    format_name: str | None,
    output: Path | None,
) -> None:
    """Find things, and headings of documents, whose names hold all words of a text."""
    from stikg.results import Table
    from stikg.terms import Literal

    hits = invocation.dataset().names.search(" ".join(words), limit, cls=cls)
    table = Table(
        ("thing", "label", "kind", "matched"),
        tuple((h.iri, Literal(h.label), Literal(h.kind), Literal(h.matched)) for h in hits),
    )
    emit(render_table(table, format_name, output), output)
    if not hits:
        tell("nothing has such a name")
