"""Look for the passages in one's own copies of the documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import emit, tell
from stikg.cli.rendering import format_option, output_option, render_table
from stikg.cli.sources import read_sources, source_option

if TYPE_CHECKING:
    from stikg.evidence import VerifyReport
    from stikg.results import Table


@click.command(short_help="Find the passages in your own copies.")
@source_option()
@click.option("--missing", is_flag=True, help="List the passages that were not found.")
@format_option()
@output_option()
@click.pass_context
def command(
    context: click.Context,
    sources: tuple[str, ...],
    missing: bool,
    format_name: str | None,
    output: Path | None,
) -> None:
    """Look for every passage in your own copies of the documents.

    Copies are looked for in the folder that the environment variable STIKG_SOURCES names, else in
    shared/sources beside the graph's folder. Exits with 1 if a passage was not found.
    """
    import os

    from stikg.evidence import find_sources, verify

    layout = Invocation.of(context).layout()
    report = verify(layout, {**find_sources(layout, os.environ), **read_sources(sources)})
    table = missing_passages(report) if missing else found_by_document(report)
    emit(render_table(table, format_name, output), output)
    for name in report.without_copy:
        tell(f"no copy of {name}: name it with --source {name}=PATH")
    context.exit(0 if report.complete else 1)


def found_by_document(report: VerifyReport) -> Table:
    """Return how many passages of each document were found in which copy."""
    from stikg.results import Table
    from stikg.terms import XSD, Literal

    rows = []
    for part in report.documents:
        counts = (part.passages, len(part.found), len(part.missing))
        numbers = (Literal(str(count), XSD + "integer") for count in counts)
        rows.append((Literal(part.document), Literal(str(part.source)), *numbers))
    return Table(("document", "copy", "passages", "found", "missing"), tuple(rows))


def missing_passages(report: VerifyReport) -> Table:
    """Return the passages that no copy has."""
    from stikg.results import Table
    from stikg.terms import IRI, Literal

    rows = [
        (Literal(part.document), IRI(item.iri), Literal(item.section), Literal(item.kind))
        for part in report.documents
        for item in part.missing
    ]
    return Table(("document", "passage", "section", "kind"), tuple(rows))
