"""Print what a network measures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import emit, tell

if TYPE_CHECKING:
    from stikg.networks import Summary


@click.command(context_settings={"ignore_unknown_options": False})
@click.argument("name")
@click.option("--territory", help="Only edges of this territory.")
@click.option("--kind", help="Only nodes of this kind.")
@click.option("--top", type=click.IntRange(1), help="Only so many rows.")
@click.option(
    "--format", "format_name", default="table", show_default=True,
    type=click.Choice(["table", "csv", "tsv", "json", "markdown", "xlsx"]),
)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write to.")
@click.pass_obj
def command(
    invocation: Invocation,
    name: str,
    territory: str | None,
    kind: str | None,
    top: int | None,
    format_name: str,
    output: Path | None,
) -> None:
    """Print the counts of a network and the degree and betweenness of its nodes.

    NAME is a file of queries/networks, for example agency-programme.
    """
    from stikg.cli.rendering import render_table
    from stikg.networks import measure, summarise
    from stikg.results import Table

    graph = invocation.dataset().to_networkx(name, territory=territory, kind=kind)
    tell(describe(summarise(graph)))
    table = measure(graph)
    emit(render_table(Table(table.columns, table.rows[:top]), format_name), output)


def describe(summary: Summary) -> str:
    """Put the counts of a network into one paragraph."""
    kinds = ", ".join(f"{count} {label}" for label, count in summary.node_kinds)
    edges = ", ".join(f"{count} {label}" for label, count in summary.relations)
    return (
        f"{summary.nodes} nodes ({kinds})\n{summary.edges} edges ({edges})\n"
        f"{summary.components} components, density {summary.density:.4f}"
    )
