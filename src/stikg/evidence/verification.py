"""Verifying the passages of the graph against a user's own copies of the documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stikg.errors import UnknownName
from stikg.evidence.copies import SUFFIXES, readings_of
from stikg.evidence.description import DescribedPassage, read_passages
from stikg.evidence.matching import Found, Missing, find_passages
from stikg.evidence.pdf_copy import PAGE_BREAK
from stikg.evidence.writing import passages_path
from stikg.layout import Layout
from stikg.serialisation import natural_key


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What a copy holds of one document's passages; ``text`` is the copy as it was read."""

    document: str
    source: Path
    found: tuple[Found, ...]
    missing: tuple[DescribedPassage, ...]
    text: str = field(repr=False)

    @property
    def passages(self) -> int:
        """How many passages were looked for."""
        return len(self.found) + len(self.missing)

    def place_of(self, found: Found) -> str:
        """Return where in the copy a passage begins, for people: its page, else its line."""
        before = self.text[: found.places[0][0]]
        if PAGE_BREAK in self.text:
            return f"page {before.count(PAGE_BREAK) + 1}"
        return f"line {before.count(chr(10)) + 1}"


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """The documents that were verified, and those of which there was no copy."""

    documents: tuple[DocumentReport, ...]
    without_copy: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every passage that was looked for was found."""
        return not any(report.missing for report in self.documents)


def verify(layout: Layout, sources: Mapping[str, Path]) -> VerifyReport:
    """Look for every described passage in the user's own copies.

    :raises UnknownName: if a source is given for a document that the graph does not have.
    :raises InputError: if a copy or a passages.ttl cannot be read.
    :raises MissingDependency: for a PDF or DOCX copy without the extra ``documents``.
    """
    documents = documents_with_passages(layout)
    for name in sources:
        if name not in documents:
            raise UnknownName(
                f"no document {name!r} with passages in the graph",
                candidates=documents,
                where=str(layout.graph / "documents"),
                remedy=f"use one of {', '.join(documents) or 'none: there are none'}",
            )
    reports = [
        _verify_document(layout, name, sources[name]) for name in documents if name in sources
    ]
    return VerifyReport(tuple(reports), tuple(name for name in documents if name not in sources))


def documents_with_passages(layout: Layout) -> list[str]:
    """Return the identifiers of the documents that have passages."""
    files = (layout.graph / "documents").glob("*/passages.ttl")
    return sorted((path.parent.name for path in files), key=natural_key)


def find_sources(layout: Layout, environment: Mapping[str, str]) -> dict[str, Path]:
    """Return the copies at the usual place, by document: ``<id>.txt``, or another format.

    The place is the folder that STIKG_SOURCES names, else shared/sources beside the graph's folder.
    """
    folder = sources_folder(layout, environment)
    found = {}
    for name in documents_with_passages(layout):
        paths = (folder / f"{name}{suffix}" for suffix in SUFFIXES)
        path = next((path for path in paths if path.is_file()), None)
        if path is not None:
            found[name] = path
    return found


def sources_folder(layout: Layout, environment: Mapping[str, str]) -> Path:
    """Return the usual place of the documents' texts, there or not; see ``find_sources``."""
    named = environment.get("STIKG_SOURCES")
    return Path(named) if named else layout.root.parent / "shared" / "sources"


def _verify_document(layout: Layout, name: str, source: Path) -> DocumentReport:
    """Look for the passages in each reading of a copy, and report on the best."""
    passages = read_passages(passages_path(layout, name))
    reports: list[DocumentReport] = []
    for text in readings_of(source):
        reports.append(_report(name, Path(source), text, find_passages(passages, text)))
        if not reports[-1].missing:
            break
    return min(reports, key=lambda report: len(report.missing))


def _report(
    name: str, source: Path, text: str, results: Sequence[Found | Missing]
) -> DocumentReport:
    return DocumentReport(
        document=name,
        source=source,
        found=tuple(result for result in results if isinstance(result, Found)),
        missing=tuple(result.passage for result in results if isinstance(result, Missing)),
        text=text,
    )
