"""Ask a question: each query file is a command, its parameters are options."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import emit, tell
from stikg.cli.rendering import format_option, output_option, render_table
from stikg.errors import StikgError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from stikg.dataset import Dataset
    from stikg.library import Library, Parameter, Query
    from stikg.results import Table

_METAVARS: Final = {"resource": "NAME", "string": "TEXT", "boolean": "true|false"}


class QueryGroup(click.Group):
    """The query files of the dataset in use, as commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the questions; none without a dataset where a shell completes."""
        library = _library(ctx)
        return [query.name for query in library.of_kind("question")] if library else []

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a query.

        :raises UnknownQuery: if there is none; it says the nearest names.
        """
        library = _library(ctx)
        if library is None or (ctx.resilient_parsing and cmd_name not in library):
            return None
        return query_command(library.get(cmd_name))


@click.group(
    cls=QueryGroup,
    name="query",
    subcommand_metavar="NAME [PARAMETERS]",
    short_help="Ask a question of the catalogue.",
)
def command() -> None:
    """Ask a question of the catalogue.

    `stikg queries` lists the questions, `stikg query NAME --help` the parameters of one. A thing is
    given by any of its names or codes, as CURIE or as IRI: Japan, 日本, JP, territory:jp.
    """


def query_command(query: Query) -> click.Command:
    """Return the command of a query file: its header as options and help."""
    example = " ".join(_example(item) for item in query.parameters if item.example)
    parts = [query.question or query.title, query.description]
    if example:
        parts.append(f"\b\nExample: stikg query {query.name} {example}")
    command = click.command(
        query.name,
        help="\n\n".join(part for part in parts if part),
        short_help=query.title,
    )(_answer(query))
    command.params[:0] = [_option(item) for item in query.parameters]
    return command


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


def _option(parameter: Parameter) -> click.Option:
    notes = [parameter.title, parameter.description, parameter.cls and f"a {parameter.cls}"]
    example = f"such as {parameter.example}" if parameter.example else ""
    return click.Option(
        [f"--{parameter.name.replace('_', '-')}", parameter.name],
        required=not parameter.optional,
        multiple=parameter.multiple,
        metavar=_METAVARS.get(parameter.type, parameter.type.upper()),
        type=click.Choice(parameter.values, case_sensitive=False) if parameter.values else str,
        help="; ".join(note for note in (*notes, example) if note),
        shell_complete=_completer(parameter) if parameter.type == "resource" else None,
    )


def _example(parameter: Parameter) -> str:
    value = parameter.example
    if not (value.isascii() and value.isalnum()):
        from shlex import quote

        value = quote(value)
    return f"--{parameter.name.replace('_', '-')} {value}"


def _completer(
    parameter: Parameter,
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    def complete(
        context: click.Context, option: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from stikg.cli.suggestions import suggest_names

        return suggest_names(parameter.cls or None)(context, option, incomplete)

    return complete


def _library(context: click.Context) -> Library | None:
    """Return the queries in use; None without a dataset where a shell completes words."""
    try:
        return Invocation.of(context).dataset().queries
    except StikgError:
        if context.resilient_parsing:
            return None
        raise
