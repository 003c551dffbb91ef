"""Briefs into files: Markdown, HTML or PDF by the suffix."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from stikg.briefs.html import to_html
from stikg.briefs.markdown import to_markdown
from stikg.briefs.model import Brief
from stikg.briefs.pdf import fit_pdf
from stikg.errors import InputError
from stikg.serialisation import write_atomically

SUFFIXES: Final = (".md", ".html", ".pdf")


def write_brief(brief: Brief, path: Path) -> list[Path]:
    """Write a brief; the drawings of one in Markdown stand beside it. Return the files.

    :raises InputError: if the suffix is none of .md, .html and .pdf.
    :raises MissingDependency: if it is .pdf, and reportlab is not installed.
    :raises OutputError: if a file cannot be written.
    """
    check_suffix(path)
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        return [_write(path, fit_pdf(brief))]
    if suffix == ".html":
        return [_write(path, to_html(brief).encode())]
    names = [f"{path.stem}-{number}.svg" for number, _ in enumerate(brief.pictures, start=1)]
    written = [
        _write(path.with_name(name), picture.draw("svg", "page"))
        for name, picture in zip(names, brief.pictures, strict=True)
    ]
    return [_write(path, to_markdown(brief, names).encode()), *written]


def check_suffix(path: Path) -> None:
    """Refuse a file whose suffix names no format of briefs.

    :raises InputError: if it is none of .md, .html and .pdf.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(
            f"{path.name} does not end in {', '.join(SUFFIXES)}",
            remedy="name the brief with one of these suffixes",
        )


def _write(path: Path, content: bytes) -> Path:
    write_atomically(path, content)
    return path
