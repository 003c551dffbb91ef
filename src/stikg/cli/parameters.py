"""Query files as commands: each parameter of the header is an option, with help and completion."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from stikg.cli.invocation import Invocation
from stikg.errors import StikgError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from stikg.library import Library, Parameter, Query

METAVARS: Final = {"resource": "NAME", "string": "TEXT", "boolean": "true|false"}

Make = Callable[["Query"], click.Command]


class QueryFiles(click.Group):
    """The query files of a kind, of the dataset in use, as commands that ``make`` makes.

    A question may be any query of the catalogue. A network may be a file of one's own, given by
    its path: a name that ends in .rq or holds a slash.
    """

    def __init__(self, *arguments: Any, kind: str, make: Make, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.kind = kind
        self.make = make

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the queries; none without a dataset where a shell completes."""
        library = library_of(ctx)
        return [query.name for query in library.of_kind(self.kind)] if library else []

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a query.

        :raises UnknownQuery: if there is none; it says the nearest names.
        :raises InputError: if a network is asked for and the query is none.
        """
        if self.kind == "network" and (cmd_name.endswith(".rq") or "/" in cmd_name):
            from stikg.library import read_own_network

            return None if ctx.resilient_parsing else self.make(read_own_network(Path(cmd_name)))
        library = library_of(ctx)
        if library is None or (ctx.resilient_parsing and cmd_name not in library):
            return None
        find = library.get_network if self.kind == "network" else library.get
        return self.make(find(cmd_name))

    def format_shared(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options that each of the commands has, whichever its query."""
        from stikg.library import Query

        shared = self.make(Query("NAME", self.kind, "", ""))
        records = [item.get_help_record(context) for item in shared.params]
        with formatter.section(f"Options of each {self.kind}"):
            formatter.write_dl([record for record in records if record])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and the queries."""
        click.Command.format_options(self, ctx, formatter)
        self.format_shared(ctx, formatter)
        self.format_commands(ctx, formatter)


def query_file_command(query: Query, answer: Callable[..., None], *, called: str) -> click.Command:
    """Return a command of a query file: help from its header, options from its parameters.

    ``answer`` takes the values of the parameters by name, and may have options of its own;
    ``called`` is the command as it is typed, for the example: stikg query.
    """
    example = " ".join(_example(item) for item in query.parameters if item.example)
    parts = [query.question or query.title, query.description]
    if example:
        parts.append(f"\b\nExample: {called} {query.name} {example}")
    command = click.command(
        query.name,
        help="\n\n".join(part for part in parts if part),
        short_help=query.title,
    )(answer)
    command.params[:0] = [parameter_option(item) for item in query.parameters]
    return command


def parameter_option(parameter: Parameter) -> click.Option:
    """Return the option of a parameter; names of things are completed."""
    notes = [parameter.title, parameter.description, parameter.cls and f"a {parameter.cls}"]
    example = f"such as {parameter.example}" if parameter.example else ""
    return click.Option(
        [f"--{parameter.name.replace('_', '-')}", parameter.name],
        required=not parameter.optional,
        multiple=parameter.multiple,
        metavar=METAVARS.get(parameter.type, parameter.type.upper()),
        type=click.Choice(parameter.values, case_sensitive=False) if parameter.values else str,
        help="; ".join(note for note in (*notes, example) if note),
        shell_complete=_completer(parameter) if parameter.type == "resource" else None,
    )


def library_of(context: click.Context) -> Library | None:
    """Return the queries in use; None without a dataset where a shell completes words."""
    try:
        return Invocation.of(context).dataset().queries
    except StikgError:
        if context.resilient_parsing:
            return None
        raise


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
