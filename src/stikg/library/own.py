"""Networks of one's own: a query file beside the catalogue, with a header or without."""

from __future__ import annotations

from pathlib import Path

from stikg.errors import InputError
from stikg.library.header import MARK
from stikg.library.loading import parse_query
from stikg.library.model import EDGE, WEIGHT, Query


def read_own_network(path: Path) -> Query:
    """Return the network query of any file: plain SPARQL, or with the header of the catalogue.

    Without a header its title is the name of the file, and its edges have a direction.

    :raises InputError: if the file cannot be read.
    :raises SyntaxProblem: if it has a header that is not valid.
    """
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}",
            where=str(path),
            remedy="name a file that holds a SPARQL query, or one of: stikg network",
        ) from error
    if source.startswith(MARK):
        return parse_query(source, path=str(path), kind="network")
    return Query(
        name=path.stem,
        kind="network",
        title=path.stem,
        text=source,
        path=str(path),
        weight=WEIGHT,
        source=EDGE["source"],
        target=EDGE["target"],
        edge=EDGE["edge"],
    )
