"""The option that names the reader's own copies of documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click


def source_option() -> Callable[[Any], Any]:
    """Return the option --source, which may be given again."""
    return click.option(
        "--source",
        "sources",
        multiple=True,
        metavar="ID=PATH",
        help="Copy of a document: text, Markdown, HTML, PDF or DOCX. May be given again.",
    )


def read_sources(sources: tuple[str, ...]) -> dict[str, Path]:
    """Return the path of each document that is named.

    :raises BadParameter: if one is not ID=PATH.
    """
    given = {}
    for source in sources:
        name, sign, path = source.partition("=")
        if not (name and sign and path):
            raise click.BadParameter(f"{source!r} is not ID=PATH", param_hint="--source")
        given[name] = Path(path)
    return given
