"""The passages of a document, cut from its own text and described in its passages.ttl."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from stikg.errors import InputError, UnknownName
from stikg.evidence import sources_folder
from stikg.layout import Layout
from stikg.passages import passage_triples
from stikg.serialisation import write_atomically, write_turtle


def find_texts(
    layout: Layout, environment: Mapping[str, str], documents: tuple[str, ...] = ()
) -> dict[str, Path]:
    """Return the texts of the documents that are named, or of all that have one.

    A document is a folder of graph/documents; its text is ``<id>.txt`` in the folder that
    STIKG_SOURCES names, else in shared/sources beside the graph's folder.

    :raises UnknownName: if a named document has no folder.
    :raises InputError: if a named document has no text, or none has.
    """
    known = sorted(path.parent.name for path in layout.graph.glob("documents/*/document.ttl"))
    for name in documents:
        if name not in known:
            raise UnknownName(
                f"no document {name!r} in the graph",
                candidates=known,
                where=str(layout.graph / "documents"),
                remedy=f"write graph/documents/{name}/document.ttl, or use one of "
                f"{', '.join(known) or 'none: there are none'}",
            )
    folder = sources_folder(layout, environment)
    texts = {name: folder / f"{name}.txt" for name in documents or known}
    missing = [name for name, path in texts.items() if not path.is_file()]
    if missing and (documents or len(missing) == len(texts)):
        raise InputError(
            f"no text of {', '.join(missing)}",
            where=str(folder),
            remedy="put <id>.txt there, or name another folder in STIKG_SOURCES",
        )
    return {name: path for name, path in texts.items() if name not in missing}


def write_passages(layout: Layout, document: str, text: Path) -> bool:
    """Write the passages.ttl of a document from its text; return whether it changed.

    :raises InputError: if the text cannot be read as UTF-8.
    :raises OutputError: if the file cannot be written.
    """
    try:
        with text.open(encoding="utf-8", newline="") as stream:
            words = stream.read()
    except (OSError, UnicodeDecodeError) as cause:
        raise InputError(
            f"cannot be read: {cause}", where=str(text), remedy="save it as UTF-8"
        ) from cause
    target = layout.graph / "documents" / document / "passages.ttl"
    new = write_turtle((*triple, None) for triple in passage_triples(document, words))
    old = target.read_text(encoding="utf-8") if target.is_file() else ""
    if new != old:
        write_atomically(target, new)
    return new != old
