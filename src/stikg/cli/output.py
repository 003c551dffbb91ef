"""Results on standard output, or in a file that appears whole or not at all."""

from __future__ import annotations

import errno
import stat
import sys
from pathlib import Path

import click

from stikg.errors import OutputError


def emit(content: str | bytes, path: Path | None = None) -> None:
    """Write a result to a file, or to standard output as UTF-8.

    :raises OutputError: if it cannot be written.
    :raises BrokenPipeError: if the reader of standard output has gone.
    """
    data = content.encode(errors="surrogateescape") if isinstance(content, str) else content
    if path is not None and str(path) != "-":
        _write_file(path, data)
    else:
        _write_stream(data)


def _write_file(path: Path, data: bytes) -> None:
    from stikg.serialisation import write_atomically

    if not _is_special(path):
        return write_atomically(path, data)
    try:
        path.write_bytes(data)  # a device or pipe is written to, never replaced by a file
    except BrokenPipeError:
        raise
    except OSError as cause:
        raise OutputError(f"cannot be written: {cause.strerror}", where=str(path)) from cause


def _is_special(path: Path) -> bool:
    """Tell whether a name is that of something other than a file or folder."""
    try:
        kind = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(kind) or stat.S_ISDIR(kind))


def _write_stream(data: bytes) -> None:
    if sys.stdout is None:
        raise OutputError("is closed", where="standard output", remedy="name a file: -o FILE")
    stream = sys.stdout.buffer
    try:
        stream.write(data)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as cause:
        if cause.errno == errno.EINVAL:  # Windows says so of a closed pipe
            raise BrokenPipeError from cause
        raise OutputError(
            f"cannot be written: {cause.strerror}", where="standard output"
        ) from cause


def tell(message: str) -> None:
    """Say something that is not the result, on standard error."""
    click.echo(f"stikg: {message}", err=True)
