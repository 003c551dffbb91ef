"""Write quads as Parquet."""

from __future__ import annotations

from pathlib import Path

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import tell
from stikg.cli.spark import Engine, engine_options


@click.command()
@click.argument("files", nargs=-1, metavar="[FILES]...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True,
    help="File to write; with --engine spark a folder, into which all workers write.",
)  # fmt: skip
@engine_options
@click.pass_obj
def command(invocation: Invocation, files: tuple[str, ...], output: Path, engine: Engine) -> None:
    """Write N-Quads files, or the graph, as Parquet: a row for each quad.

    For columnar engines such as DuckDB, Polars and Spark. Columns: subject, predicate, object,
    object_kind (iri, blank or literal), datatype, language and graph, null in the default graph.
    Neither way needs memory for more than a part of the rows. One process sorts each part of
    half a million rows, Spark all rows, by predicate, subject, object and graph. Without FILES the
    graph in use is written.
    """
    if engine.is_spark:
        count = _by_spark(files, output, engine)
    else:
        from stikg.serialisation.columns import convert_nquads, write_parquet

        count = (
            convert_nquads(map(Path, files), output)
            if files
            else write_parquet(invocation.dataset().store.quads(), output)
        )
    tell(f"wrote {output}: {count} quads")


def _by_spark(files: tuple[str, ...], output: Path, engine: Engine) -> int:
    from stikg.networks.distributed import convert_quads

    if not files:
        raise click.UsageError("Spark reads files: name them, or write one with stikg export")
    with engine.session("parquet") as spark:
        return convert_quads(spark, files, output)
