"""The documents, and how much of each the graph holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from stikg.server.pages.asking import Row, ask, rows, service_of
from stikg.server.pages.links import DOCUMENT, Ref, ref, section_words
from stikg.server.pages.rendering import page, root_of
from stikg.server.problems import Refusal
from stikg.terms import IRI, expand


@dataclass
class Section:
    """A section of a document: its passages with the number of statements of each."""

    title: str
    passages: list[tuple[Ref, str, int, int]] = field(default_factory=list)

    @property
    def stated(self) -> int:
        """How many of the passages state something, or something was read from."""
        return sum(bool(said + read) for _, _, said, read in self.passages)

    @property
    def statements(self) -> int:
        """How many statements they make."""
        return sum(said + read for _, _, said, read in self.passages)


async def documents(request: Request) -> Response:
    """List the documents."""
    library = service_of(request).dataset.queries
    root = root_of(request)
    listed: list[dict[str, object]] = []
    if "documents" in library:
        for row in rows(await service_of(request).answer(library.get("documents"), {})):
            listed.append(
                {
                    "id": str(row["document"]).removeprefix(DOCUMENT),
                    "title": str(row["documentLabel"]),
                    "publisher": ref(row.get("publisher"), row.get("publisherLabel"), root=root),
                    "issued": str(row.get("issued", "")),
                    "passages": int(str(row["passages"])),
                    "statements": int(str(row["statements"])),
                }
            )
    else:
        for hit in service_of(request).dataset.names.complete("", "sti:SourceDocument"):
            listed.append({"id": hit.iri.value.removeprefix(DOCUMENT), "title": hit.label})
    return page(request, "documents.html", title="Documents", documents=listed)


async def document(request: Request) -> Response:
    """Show the passages of a document, section by section, with what each states.

    :raises Refusal: with 404 if there is no such document.
    """
    name = request.path_params["id"]
    iri = IRI(DOCUMENT + name)
    facts = await ask(request, "document", iri) if _is_name(name) else []
    if not facts:
        raise Refusal(404, f"there is no document {name!r}", remedy="see the list of documents")
    root = root_of(request)
    sections = sections_of(await ask(request, "sections", iri), root)
    return page(
        request,
        "document.html",
        title=str(facts[0]["documentLabel"]),
        id=name,
        publisher=ref(facts[0].get("publisher"), facts[0].get("publisherLabel"), root=root),
        issued=str(facts[0].get("issued", "")),
        sections=sections,
        passages=sum(len(section.passages) for section in sections),
        stated=sum(section.stated for section in sections),
        statements=sum(section.statements for section in sections),
        has_copy=name in service_of(request).settings.sources,
        own=f"{root}/document/{name}",
    )


def sections_of(found: Iterable[Row], root: str) -> list[Section]:
    """Return the sections of a document in reading order."""
    sections: dict[str, Section] = {}
    for row in found:
        title = section_words(row)
        section = sections.setdefault(title, Section(title))
        shown = ref(row["passage"], root=root)
        kind = ref(row.get("kind"), row.get("kindLabel"), root=root).text
        counts = (int(str(row.get(name, 0))) for name in ("stated", "read"))
        section.passages.append((shown, kind, *counts))  # type: ignore[arg-type]
    return list(sections.values())


def _is_name(name: str) -> bool:
    return name.replace("-", "").isalnum() and name.isascii() and bool(expand(f"document:{name}"))
