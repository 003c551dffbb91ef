"""Say what is wrong with the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import emit, tell
from stikg.cli.progress import show_progress

if TYPE_CHECKING:
    from stikg.validation import Report


@click.command(short_help="Say what is wrong with the graph.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "turtle", "json", "junit"]),
    default="text",
    show_default=True,
    help="Text for people, a SHACL report in Turtle, JSON, or JUnit XML.",
)
@click.option(
    "--engine",
    type=click.Choice(["auto", "pyshacl", "sparql"]),
    default="auto",
    show_default=True,
    help="What checks the shapes: queries, pySHACL, or queries where they can.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write to.")
@click.pass_context
def command(context: click.Context, format_name: str, engine: str, output: Path | None) -> None:
    """Check the files, their shapes and the integrity checks.

    Each finding names the file, the line, and how to mend it. Of a dataset elsewhere (--store,
    --endpoint) shapes and checks alone are asked, and a finding has no file. Exits with 1 if any
    is an error.
    """
    from stikg.validation import render

    report = _validate(context.obj, engine)
    emit(render(report, format_name), output)
    if output:
        tell(report.summary)
    context.exit(0 if report.conforms else 1)


def _validate(invocation: Invocation, engine: str) -> Report:
    from stikg.building import validate
    from stikg.validation import Engine, validate_store

    if invocation.endpoint() is None and invocation.store is None:
        return validate(invocation.layout(), engine=engine, progress=show_progress())
    dataset = invocation.dataset()
    shapes = invocation.layout().ontology / "shapes"
    return validate_store(
        dataset.store, queries=dataset.queries, shapes=shapes, engine=Engine(engine)
    )
