"""Bring files into canonical form."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import emit, tell

SUFFIXES: Final = frozenset({".ttl", ".trig"})


@click.command(short_help="Bring files into canonical form.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]…")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file would change.")
@click.pass_context
def command(context: click.Context, paths: tuple[Path, ...], check: bool) -> None:
    """Bring Turtle and TriG files into their one canonical form.

    Without a PATH every file of ontology and graph; of a folder, every file below it. Prints the
    files that were, or would be, changed.
    """
    from stikg.serialisation import format_file

    invocation: Invocation = context.obj
    files = _files(paths or (invocation.layout().ontology, invocation.layout().graph))
    changed = [path for path in files if not format_file(path, check=check)]
    emit("".join(f"{path}\n" for path in changed))
    tell(f"{len(changed)} of {len(files)} files {'would be' if check else 'were'} changed")
    context.exit(1 if check and changed else 0)


def _files(paths: Iterable[Path]) -> list[Path]:
    """Return the files named, and those below the folders named, that have a canonical form."""
    found: list[Path] = []
    for path in paths:
        below = sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES)
        found.extend(below if path.is_dir() else [path])
    return found
