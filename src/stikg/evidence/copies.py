"""A user's own copy of a document, read as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from stikg.errors import InputError, MissingDependency
from stikg.evidence.docx_copy import read_docx
from stikg.evidence.html_copy import read_html
from stikg.evidence.pdf_copy import read_pdf_as_laid_out, read_pdf_as_written


def read_copy(path: Path) -> str:
    """Return the text of a copy of a document: text, Markdown, HTML, PDF or DOCX.

    Marks of notes, set as superscript digits, are left out: they are no words of the sentence.
    Pages of a PDF are parted by a form feed.

    :raises InputError: if the file cannot be read, is damaged, or is of another format.
    :raises MissingDependency: for PDF and DOCX without the extra ``documents``.
    """
    return next(readings_of(path))


def readings_of(path: Path) -> Iterator[str]:
    """Yield the texts that a copy may be read as, the likeliest first: two of a PDF, else one.

    :raises InputError: if the file cannot be read, is damaged, or is of another format.
    :raises MissingDependency: for PDF and DOCX without the extra ``documents``.
    """
    path = Path(path)
    readers = _READERS.get(path.suffix.lower())
    if readers is None:
        raise InputError(
            f"{path.suffix or 'a file without a suffix'} is no format of a document",
            where=str(path),
            remedy=f"use one of {', '.join(_READERS)}",
        )
    if not path.is_file():
        raise InputError("no such file", where=str(path), remedy="check the path")
    for reader in readers:
        yield _read(reader, path)


def _read(reader: Callable[[Path], str], path: Path) -> str:
    try:
        return reader(path)
    except InputError as problem:
        problem.where = problem.where or str(path)
        raise
    except OSError as cause:
        raise InputError(
            f"cannot be read: {cause.strerror}", where=str(path), remedy="check the path"
        ) from cause
    except ImportError as cause:
        raise MissingDependency(
            f"reading {path.suffix} needs a package that is not installed",
            where=str(path),
            remedy="pip install 'stikg[documents]'",
        ) from cause
    except Exception as cause:  # the parsers of PDF and DOCX raise whatever they stumble over
        raise InputError(
            f"not a readable {path.suffix} file",
            where=str(path),
            remedy="open it elsewhere and save it again",
        ) from cause


def _read_text(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        try:
            return stream.read()
        except UnicodeDecodeError as cause:
            raise InputError(
                f"not UTF-8: {cause.reason} at byte {cause.start}",
                where=str(path),
                remedy="save the text as UTF-8",
            ) from cause


_READERS: Final[Mapping[str, Sequence[Callable[[Path], str]]]] = {
    ".txt": (_read_text,),
    ".md": (_read_text,),
    ".html": (read_html,),
    ".htm": (read_html,),
    ".pdf": (read_pdf_as_written, read_pdf_as_laid_out),
    ".docx": (read_docx,),
}

SUFFIXES: Final = tuple(_READERS)
"""Endings of the files that can be read, in the order in which they are looked for."""
