"""Print what a network counts and measures, its edges, or what states them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from stikg.cli.invocation import Invocation
from stikg.cli.measuring import Measuring, measuring_options
from stikg.cli.output import emit, tell
from stikg.cli.parameters import QueryFiles, query_file_command
from stikg.cli.rendering import format_option, output_option, render_table
from stikg.cli.spark import Engine, engine_options, measure_by_spark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from stikg.library import Query
    from stikg.networks import Graph, Place
    from stikg.networks.distributed import Frames
    from stikg.results import Table


@dataclass(frozen=True)
class Asked:
    """What is asked of a network, by the options that each has."""

    show: str | None
    top: int | None
    export: Path | None
    measuring: Measuring
    engine: Engine
    format_name: str | None
    output: Path | None


def network_command(query: Query) -> click.Command:
    """Return the command of a network: its header as options and help."""

    @network_options
    @click.pass_obj
    def answer(invocation: Invocation, /, asked: Asked, **values: Any) -> None:
        dataset = invocation.dataset()
        if asked.export is not None and asked.export.suffix == ".parquet":
            return _told(dataset.write_network(query, asked.export, **values))

        def load() -> Graph:
            return dataset.to_networkx(query, **values)

        return _answer(asked, load, lambda spark: _sent(load(), spark), query.name, dataset.places)

    return query_file_command(query, answer, called="stikg network")


def parquet_command(name: str) -> click.Command:
    """Return the command of a network that is a Parquet of edges: a path, or an address."""

    @click.command(name, short_help="A network in a Parquet of edges.")
    @network_options
    @click.pass_obj
    def answer(invocation: Invocation, /, asked: Asked) -> None:
        """Measure the network of a Parquet of edges, as --export NAME.parquet writes it."""
        from stikg.networks import read_parquet

        def read(spark: SparkSession) -> Frames:
            from stikg.networks.distributed import read_frames

            return read_frames(name, spark)

        _answer(asked, lambda: read_parquet(Path(name)), read, name,
                lambda: invocation.dataset().places())  # fmt: skip

    return answer


def network_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of each network; it gets them as one argument, ``asked``."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        given = {item.name: options.pop(item.name) for item in fields(Asked)}
        return command(*arguments, asked=Asked(**given), **options)

    for option in reversed(_OPTIONS):
        run = option(run)
    return run


_OPTIONS: Final[tuple[Callable[[Any], Any], ...]] = (
    click.option(
        "--edges", "show", flag_value="edges", help="Print the edges, the heaviest first."
    ),
    click.option(
        "--evidence", "show", flag_value="evidence",
        help="Print for each edge the passages that state it, or its origin if none does.",
    ),
    click.option("--top", type=click.IntRange(1), help="Only so many rows."),
    click.option(
        "--export", type=click.Path(path_type=Path), metavar="FILE",
        help="Write the network to a file; its suffix names the format: .graphml, .gexf, .net, "
        ".json, .csv, .parquet for networks of any size, or .html for a page to explore without a "
        "server.",
    ),
    measuring_options,
    engine_options,
    format_option(),
    output_option(),
)  # fmt: skip


def _answer(
    asked: Asked, load: Callable[[], Graph], frames: Callable[[SparkSession], Frames], name: str,
    places: Callable[[], Mapping[str, Place]],
) -> None:  # fmt: skip
    if asked.export is not None:
        from stikg.networks import read_suffix

        read_suffix(asked.export)  # an unknown one is told before anything is asked
    elif asked.engine.is_spark:
        if asked.show is not None:
            raise click.UsageError(f"--{asked.show} is not made by Spark: leave out --engine spark")
        return measure_by_spark(
            frames, asked.engine, asked.measuring, name=name, top=asked.top,
            format_name=asked.format_name, output=asked.output,
        )  # fmt: skip
    graph = load()
    tell(describe(graph))
    if asked.export is not None:
        return _write(graph, asked.export)
    table = _table(graph, places, asked.show, asked.measuring)
    return emit(render_table(table.first(asked.top), asked.format_name, asked.output), asked.output)


def _sent(graph: Graph, spark: SparkSession) -> Frames:
    from stikg.networks.distributed import frames_of

    return frames_of(graph, spark)


def _write(graph: Graph, path: Path) -> None:
    from stikg.networks import write_network

    _told(write_network(graph, path))


def _told(written: list[Path]) -> None:
    tell(f"wrote {', '.join(map(str, written))}")


def _table(
    graph: Graph, places: Callable[[], Mapping[str, Place]], show: str | None, measuring: Measuring
) -> Table:
    from stikg.networks import edge_table, evidence_table

    if show is None:
        return measuring.table(graph)
    if measuring != Measuring():
        raise click.UsageError(f"--{show} measures nothing: ask for one at a time")
    return edge_table(graph) if show == "edges" else evidence_table(graph, places())


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


class Networks(QueryFiles):
    """The networks of the catalogue, and those in files: queries of one's own, and Parquet."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a network.

        :raises UnknownQuery: if there is none; it says the nearest names.
        """
        if cmd_name.rstrip("/").endswith(".parquet"):
            return parquet_command(cmd_name)
        return super().get_command(ctx, cmd_name)


@click.group(
    cls=Networks,
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

    NAME is a file of queries/networks, for example agency-programme, the path of a query of your
    own with the same columns: mine.rq, or of a Parquet of edges: edges.parquet. Without NAME, list
    the networks. `stikg network NAME --help` tells the parameters of one.
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
