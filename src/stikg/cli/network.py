"""Print what a network counts and measures, its edges, or what states them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stikg.cli.invocation import Invocation
from stikg.cli.measuring import Measuring, measuring_options
from stikg.cli.output import emit, tell
from stikg.cli.parameters import QueryFiles, query_file_command
from stikg.cli.rendering import format_option, output_option, render_table

if TYPE_CHECKING:
    from stikg.dataset import Dataset
    from stikg.library import Query
    from stikg.networks import Graph
    from stikg.results import Table


def network_command(query: Query) -> click.Command:
    """Return the command of a network: its header as options and help."""
    return query_file_command(query, _answer(query), called="stikg network")


def _answer(query: Query) -> Callable[..., None]:
    @click.option(
        "--edges", "show", flag_value="edges", help="Print the edges, the heaviest first."
    )
    @click.option(
        "--evidence", "show", flag_value="evidence",
        help="Print for each edge the passages that state it, or its origin if none does.",
    )  # fmt: skip
    @click.option("--top", type=click.IntRange(1), help="Only so many rows.")
    @click.option(
        "--export", type=click.Path(path_type=Path), metavar="FILE",
        help="Write the network to a file; its suffix names the format: .graphml, .gexf, .net, "
        ".json, .csv, or .html for a page to explore without a server.",
    )  # fmt: skip
    @measuring_options
    @format_option()
    @output_option()
    @click.pass_obj
    def answer(
        invocation: Invocation, /, show: str | None, top: int | None, export: Path | None,
        measuring: Measuring, format_name: str | None, output: Path | None, **values: Any,
    ) -> None:  # fmt: skip
        dataset = invocation.dataset()
        _check(export)
        graph = dataset.to_networkx(query, **values)
        tell(describe(graph))
        if export is not None:
            return _write(graph, export)
        table = _table(graph, dataset, show, measuring)
        emit(render_table(table.first(top), format_name, output), output)

    command: Callable[..., None] = answer
    return command


def _check(path: Path | None) -> None:
    """Refuse a file of an unknown format before anything is asked."""
    from stikg.networks import read_suffix

    if path is not None:
        read_suffix(path)


def _write(graph: Graph, path: Path) -> None:
    from stikg.networks import write_network

    tell(f"wrote {', '.join(str(written) for written in write_network(graph, path))}")


def _table(graph: Graph, dataset: Dataset, show: str | None, measuring: Measuring) -> Table:
    from stikg.networks import edge_table, evidence_table

    if show is None:
        return measuring.table(graph)
    if measuring != Measuring():
        raise click.UsageError(f"--{show} measures nothing: ask for one at a time")
    return edge_table(graph) if show == "edges" else evidence_table(graph, dataset.places())


def describe(graph: Graph) -> str:
    """Put the counts of a network into one paragraph."""
    from stikg.networks import summarise

    summary = summarise(graph)
    filters = ", ".join(f"{name}: {value}" for name, value in graph.graph["filters"].items())
    weight = graph.graph["weight_title"]
    several = "" if summary.components == 1 else "s"
    lines = [
        graph.graph["title"] + (f" ({filters})" if filters else ""),
        f"{summary.nodes} nodes ({_listed(summary.node_kinds)})",
        f"{summary.edges} edges ({_listed(summary.relations)})",
        f"{summary.components} component{several}, density {summary.density:.4f}",
    ]
    if weight:
        # a sum over different relations, such as students and staff, would count nothing
        total = f"; total {summary.weight:g}" if len(summary.relations) == 1 else ""
        lines.append(f"an edge weighs: {weight}{total}")
    if summary.curated:
        lines.append(f"{summary.curated} of the edges are reference data that no passage states")
    return "\n".join(lines)


def _listed(counted: tuple[tuple[str, int], ...]) -> str:
    return ", ".join(f"{count} {label or 'without a kind'}" for label, count in counted)


@click.group(
    cls=QueryFiles,
    kind="network",
    make=network_command,
    name="network",
    subcommand_metavar="[NAME [PARAMETERS]]",
    invoke_without_command=True,
    short_help="Count and measure a network, show its edges, write it to a file.",
)
@click.pass_context
def command(context: click.Context) -> None:
    """Print the counts of a network, and its nodes, edges or evidence; or write it to a file.

    NAME is a file of queries/networks, for example agency-programme, or the path of a query of your
    own with the same columns: mine.rq. Without NAME, list the networks. `stikg network NAME --help`
    tells the parameters of one.
    """
    if context.invoked_subcommand is None:
        emit(render_table(_catalogue(context.obj)))


def _catalogue(invocation: Invocation) -> Table:
    from stikg.results import Table
    from stikg.terms import Literal

    rows = (
        (query.name, query.title, query.question, " ".join(f"--{p.name}" for p in query.parameters))
        for query in invocation.dataset().queries.of_kind("network")
    )
    columns = ("name", "title", "question", "parameters")
    return Table(columns, tuple(tuple(map(Literal, row)) for row in rows))
