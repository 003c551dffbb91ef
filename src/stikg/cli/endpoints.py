"""List the endpoints that have a name, and look whether they answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import emit, tell
from stikg.cli.rendering import format_option, output_option, render_table
from stikg.errors import EndpointError, StikgError

if TYPE_CHECKING:
    from stikg.store.profiles import Endpoint

_COLUMNS = ("name", "url", "server", "timeout", "page", "method", "defaultGraph")
_CHECKED = ("answers", "software", "quads")


@click.command(short_help="List the endpoints that have a name.")
@click.option("--check", is_flag=True, help="Ask each whether it answers, and what it holds.")
@format_option()
@output_option()
@click.pass_context
def command(
    context: click.Context, check: bool, format_name: str | None, output: Path | None
) -> None:
    """List the endpoints of your configuration by name, without user or password.

    With --check each is asked, and the exit code is 3 if one does not answer.
    """
    from stikg.results import Table
    from stikg.store.profiles import config_file, read_profiles
    from stikg.terms import Literal

    named = context.find_object(Invocation)
    one = named.endpoint() if named else None
    endpoints = [one] if one else [item for _, item in sorted(read_profiles().items())]
    if not endpoints:
        tell(f"no endpoint has a name; docs/endpoints.md tells what to write in {config_file()}")
    rows = [_row(item) + (_check(item) if check else ()) for item in endpoints]
    columns = _COLUMNS + (_CHECKED if check else ())
    table = Table(columns, tuple(tuple(Literal(text) for text in row) for row in rows))
    emit(render_table(table, format_name, output), output)
    context.exit(3 if check and any(row[len(_COLUMNS)] != "yes" for row in rows) else 0)


def _row(endpoint: Endpoint) -> tuple[str, ...]:
    from stikg.store.addresses import shown_url

    page = str(endpoint.page) if endpoint.page else ""
    return (
        endpoint.name, shown_url(endpoint.url), endpoint.server, f"{endpoint.timeout:g}", page,
        endpoint.method, endpoint.default_graph,
    )  # fmt: skip


def _check(endpoint: Endpoint) -> tuple[str, ...]:
    """Return whether a server answers, what it is, and how many quads it has."""
    try:
        probe = endpoint.open().probe()
    except EndpointError as error:
        return error.problem, "", ""
    except StikgError as error:
        return str(error).splitlines()[0], "", ""
    return "yes", probe.software, str(probe.quads)
