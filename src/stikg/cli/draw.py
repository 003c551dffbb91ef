"""Draw a network into a picture."""

from __future__ import annotations

from pathlib import Path

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import tell


@click.command()
@click.argument("name")
@click.option("--territory", help="Only edges of this territory.")
@click.option("--kind", help="Only nodes of this kind.")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path),
    help="Picture to write; its suffix, .png, .svg or .pdf, names the format.",
)  # fmt: skip
@click.pass_obj
def command(
    invocation: Invocation, name: str, territory: str | None, kind: str | None, output: Path
) -> None:
    """Draw a network: shapes and colours for kinds, a legend with counts, no label on another.

    NAME is a file of queries/networks, for example agency-programme.
    """
    from stikg.figures import Caption, draw_network

    dataset = invocation.dataset()
    graph = dataset.to_networkx(name, territory=territory, kind=kind)
    filters = {"territory": territory, "kind": kind}
    chosen = [f"{key}: {value}" for key, value in filters.items() if value]
    version = f"data {dataset.manifest['version']}"
    caption = Caption(graph.graph["title"], " · ".join([*chosen, version]))
    tell(f"wrote {draw_network(graph, output, caption)}")
