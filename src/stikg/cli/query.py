"""Ask a question: each query file is a command, its parameters are options."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import emit, tell
from stikg.cli.parameters import QueryFiles, query_file_command
from stikg.cli.rendering import format_option, output_option, render_table

if TYPE_CHECKING:
    from stikg.dataset import Dataset
    from stikg.library import Query
    from stikg.results import Table


def query_command(query: Query) -> click.Command:
    """Return the command of a query file: its header as options and help."""
    return query_file_command(query, _answer(query), called="stikg query")


def _answer(query: Query) -> Callable[..., None]:
    @format_option()
    @output_option()
    @click.pass_obj
    def answer(
        invocation: Invocation, /, format_name: str | None, output: Path | None, **values: Any
    ) -> None:
        dataset = invocation.dataset()
        table = dataset.query(query.name, **values)
        emit(render_table(table, format_name, output), output)
        tell_if_empty(table, dataset)

    command: Callable[..., None] = answer
    return command


def tell_if_empty(table: Table, dataset: Dataset) -> None:
    """Say on stderr that an answer without rows is an answer."""
    if not table.rows:
        documents = dataset.manifest.get("documents")
        which = "one document" if documents == 1 else f"{documents} documents"
        tell(f"no passage of the {which} states it" if documents else "no rows")


@click.group(
    cls=QueryFiles,
    kind="question",
    make=query_command,
    name="query",
    subcommand_metavar="NAME [PARAMETERS]",
    short_help="Ask a question of the catalogue.",
)
def command() -> None:
    """Ask a question of the catalogue.

    `stikg queries` lists the questions, `stikg query NAME --help` the parameters of one. A thing is
    given by any of its names or codes, as CURIE or as IRI: Japan, 日本, JP, territory:jp.
    """
