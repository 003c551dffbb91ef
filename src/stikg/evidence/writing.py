"""Writing the description of a document's passages."""

from __future__ import annotations

from pathlib import Path

from stikg.errors import InputError
from stikg.evidence.copies import read_copy
from stikg.layout import Layout
from stikg.passages import passage_triples
from stikg.serialisation import write_atomically, write_turtle


def passages_path(layout: Layout, document: str) -> Path:
    """Return the file that describes the passages of a document."""
    return layout.graph / "documents" / document / "passages.ttl"


def write_passages(layout: Layout, document: str, source: Path, *, check: bool = False) -> bool:
    """Describe the passages of a document's text; return whether the file said so already.

    The selectors count in this text, so that it should be the one that all agree on. With
    ``check`` nothing is written.

    :raises InputError: if the text cannot be read or has no words, or the graph has no folder for
        the document.
    :raises MissingDependency: for a PDF or DOCX text without the extra ``documents``.
    :raises OutputError: if the file cannot be written.
    """
    path = passages_path(layout, document)
    if not path.parent.is_dir():
        raise InputError(
            f"the graph has no document {document!r}",
            where=str(path.parent.parent),
            remedy=f"make the folder {path.parent} and describe it in document.ttl there",
        )
    triples = passage_triples(document, read_copy(source))
    if not triples:
        raise InputError("no words", where=str(source), remedy="check that it is the document")
    turtle = write_turtle((*triple, None) for triple in triples)
    fresh = path.is_file() and path.read_text(encoding="utf-8") == turtle
    if not fresh and not check:
        write_atomically(path, turtle)
    return fresh
