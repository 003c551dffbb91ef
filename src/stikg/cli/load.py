"""Load big files of RDF into a store folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import tell
from stikg.cli.progress import show_load

if TYPE_CHECKING:
    from stikg.serialisation.feeding import Source

FORMATS = ("nquads", "ntriples", "trig", "turtle")


@click.command(short_help="Load big files into a store folder.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--store", type=click.Path(path_type=Path), help="Folder to load into: new, empty, or one of "
    "earlier loads.",
)  # fmt: skip
@click.option(
    "--format", "format_name", type=click.Choice(FORMATS), help="Format of the files; else by "
    "their suffix.",
)  # fmt: skip
@click.option(
    "--default-graph", type=click.Choice(["given", "union"]), default="given", show_default=True,
    help="The default graph: what stands outside named graphs, or also what stands in them.",
)  # fmt: skip
@click.option("--quiet", is_flag=True, help="Say nothing unless something is wrong.")
@click.pass_obj
def command(
    invocation: Invocation,
    files: tuple[Path, ...],
    store: Path | None,
    format_name: str | None,
    default_graph: Literal["given", "union"],
    quiet: bool,
) -> None:
    """Load N-Quads, N-Triples, TriG or Turtle of any size into a store folder.

    Files may be packed (.gz, .bz2, .xz); - is standard input. They are loaded as they are, without
    rules and shapes, as a whole or not at all; then ask them with: stikg --store FOLDER query …
    """
    from stikg.building.bulk import load
    from stikg.library import load_library

    library = load_library(invocation.layout().queries)
    progress = show_load(quiet=quiet)
    result = load(
        _sources(files, format_name),
        _target(invocation, store),
        library,
        default_graph=default_graph,
        progress=progress,
    )
    if not quiet:
        tell(result.summary)


def _sources(files: tuple[Path, ...], format_name: str | None) -> list[Source]:
    from stikg.serialisation.feeding import find_source

    return [find_source(path, format_name) for path in files]


def _target(invocation: Invocation, store: Path | None) -> Path:
    target = store or invocation.store
    if target is None:
        raise click.UsageError("Missing option '--store': the folder to load into.")
    return target
