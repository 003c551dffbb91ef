"""Write what the documents say of a thing on two pages."""

from __future__ import annotations

from pathlib import Path

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import emit, tell
from stikg.cli.suggestions import suggest_names


@click.command(short_help="Write a brief of a country, organisation, programme or technology.")
@click.argument("name", shell_complete=suggest_names())
@click.option(
    "--with", "partner", shell_complete=suggest_names(),
    help="Another of the same kind: what both have in common comes first.",
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path),
    help="File to write to; its suffix, .md, .html or .pdf, names the format.  "
    "[default: Markdown on the terminal, without drawings]",
)  # fmt: skip
@click.pass_obj
def command(invocation: Invocation, name: str, partner: str | None, output: Path | None) -> None:
    """Write what the documents say of a thing on two pages, every line with its passages.

    NAME is any name or code of a country, organisation, programme, strategy or technology.
    """
    from stikg.briefs import check_suffix, make_brief, to_markdown, write_brief

    if output is not None:
        check_suffix(output)
    brief = make_brief(invocation.dataset(), name, partner=partner)
    if output is None:
        emit(to_markdown(brief))
        return
    for path in write_brief(brief, output):
        tell(f"wrote {path}")
