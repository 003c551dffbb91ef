"""Files that appear whole or not at all, and RDF files in their canonical form."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from stikg.errors import InputError, OutputError
from stikg.serialisation.formats import format_of
from stikg.serialisation.reading import parse_file
from stikg.serialisation.tokens import comments
from stikg.serialisation.turtle import write_trig, write_turtle


def write_atomically(path: Path, data: bytes | str) -> None:
    """Write a file whole or not at all: a reader sees the old content or the new.

    :raises OutputError: if the folder is missing or cannot be written, or a folder has that name.
    """
    path = Path(path)
    content = data.encode("utf-8") if isinstance(data, str) else data
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except OSError as cause:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise _refusal(path, cause) from cause


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


def _mode(path: Path) -> int:
    """Return the permissions a file has, or those that a new one gets."""
    if path.exists():
        return path.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _refusal(path: Path, cause: OSError) -> OutputError:
    if not path.parent.is_dir():
        remedy = f"create the folder {path.parent}, or write elsewhere"
    elif path.is_dir():
        remedy = "that is a folder; give the name of a file"
    else:
        remedy = "check the permissions of the folder and the space left, or write elsewhere"
    return OutputError(f"cannot be written: {cause.strerror}", where=str(path), remedy=remedy)
