"""What the program is started with: streams that are closed or know few letters, little memory."""

from __future__ import annotations

import io
import os
import sys
from typing import IO, Final

from stikg.errors import InputError, LimitExceeded, StikgError

EXPECTED: Final = (OSError, MemoryError, RecursionError)
"""Exceptions of Python that are faults of the surroundings, or of what was given."""


def hold_streams() -> None:
    """Open the standard streams that were closed, and let none stumble over a letter.

    The first file that is opened would take the number of a closed stream, and what is said there
    would be written into it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def flush_output() -> None:
    """Write what is still to be written to standard output.

    :raises OSError: if it cannot be written.
    """
    if sys.stdout is not None:  # as Python has it where the stream was closed
        sys.stdout.flush()


def drop_output() -> None:
    """Let what cannot be written to standard output go nowhere, in silence."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def is_terminal(stream: IO[str] | None) -> bool:
    """Tell whether somebody reads a stream on a terminal; None is one that was closed."""
    return stream is not None and stream.isatty()


def problem_of(error: BaseException) -> StikgError:
    """Return what to tell of an exception of ``EXPECTED``.

    >>> print(problem_of(FileNotFoundError(2, "No such file or directory", "a.ttl")))
    a.ttl: No such file or directory
      remedy: look at the file or folder, its permissions, and the space left
    >>> print(problem_of(MemoryError()))
    there is not enough memory
      remedy: give it more memory, or ask for less
    """
    if isinstance(error, OSError):
        where = None if error.filename is None else os.fsdecode(error.filename)
        remedy = "look at the file or folder, its permissions, and the space left"
        return InputError(error.strerror or str(error), where=where, remedy=remedy)
    if isinstance(error, MemoryError):
        return LimitExceeded(
            "there is not enough memory", remedy="give it more memory, or ask for less"
        )
    return InputError("something is nested too deeply", remedy="write it flatter")
