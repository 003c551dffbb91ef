"""Say what is wrong with the graph."""

from __future__ import annotations

from pathlib import Path

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import emit, tell
from stikg.cli.progress import show_progress


@click.command(short_help="Say what is wrong with the graph.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "turtle", "json", "junit"]),
    default="text",
    show_default=True,
    help="Text for people, a SHACL report in Turtle, JSON, or JUnit XML.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write to.")
@click.pass_context
def command(context: click.Context, format_name: str, output: Path | None) -> None:
    """Check the files, their shapes and the integrity checks.

    Each finding names the file, the line, and how to mend it. Exits with 1 if any is an error.
    """
    from stikg.building import validate
    from stikg.validation import render

    invocation: Invocation = context.obj
    report = validate(invocation.layout(), progress=show_progress())
    emit(render(report, format_name), output)
    if output:
        tell(report.summary)
    context.exit(0 if report.conforms else 1)
