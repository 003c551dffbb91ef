"""RDF files in their canonical form."""

from __future__ import annotations

from pathlib import Path

from stikg.errors import InputError
from stikg.serialisation.formats import format_of
from stikg.serialisation.reading import parse_file
from stikg.serialisation.tokens import comments
from stikg.serialisation.turtle import write_trig, write_turtle
from stikg.serialisation.whole import write_atomically


def format_file(path: Path, *, check: bool = False) -> bool:
    """Bring a Turtle or TriG file into its canonical form; return whether it had it already.

    With ``check`` nothing is written.

    :raises SyntaxProblem: if it does not parse.
    :raises InputError: if it is of another format, or has comments, which would be lost.
    """
    path = Path(path)
    rdf_format = format_of(path)
    if rdf_format.name not in {"turtle", "trig"}:
        raise InputError(
            f"{rdf_format.title} has no canonical form here",
            where=str(path),
            remedy="format .ttl and .trig files",
        )
    quads = parse_file(path)
    before = path.read_bytes()
    _refuse_comments(path, before.decode("utf-8"))
    after = (write_trig if rdf_format.graphs else write_turtle)(quads).encode("utf-8")
    if after != before and not check:
        write_atomically(path, after)
    return after == before


def _refuse_comments(path: Path, text: str) -> None:
    found = comments(text)
    if found:
        raise InputError(
            "a comment after # is no statement and would be lost",
            where=f"{path}:{found[0].line}:{found[0].column}",
            remedy="say it about the thing, with rdfs:comment or skos:editorialNote",
        )
