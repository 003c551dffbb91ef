"""The page of a passage: where it stands, what it states, and its words from one's own copy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from stikg.errors import InputError
from stikg.server.copies import words_of
from stikg.server.pages.asking import Row, ask
from stikg.server.pages.links import Ref, iri_of, ref, section_words
from stikg.server.pages.rendering import page, root_of
from stikg.server.problems import Refusal
from stikg.terms import IRI, Term, check_iri

SHOWN: Final = ("kindLabel", "order", "start", "end", "tokens", "digest")
"""What is told of the place of a passage besides its document and section."""


class Said(NamedTuple):
    """Statements of one origin about one thing."""

    subject: Ref
    facts: list[tuple[Ref, Ref]]


async def passage(request: Request) -> Response:
    """Show the page of the passage whose path is asked for.

    :raises Refusal: with 404 if there is none.
    """
    iri = iri_of(request)
    iri = IRI(iri.value.removesuffix("/reading"))
    try:
        check_iri(iri.value)
    except InputError as error:
        raise Refusal(404, "there is no such page") from error
    places = await ask(request, "passage", iri)
    if not places:
        raise Refusal(404, "there is no such passage", remedy="look at the list of documents")
    root = root_of(request)
    place = places[0]
    statements = await ask(request, "statements", iri)
    reasons = await ask(request, "reasons", iri)
    document = str(place["document"]).rpartition("/")[2]
    return page(
        request,
        "passage.html",
        title=f"Passage {iri.value.rpartition('/')[2]} of {place.get('documentLabel', document)}",
        iri=iri.value,
        name=iri.value.rpartition("/")[2],
        document=ref(place["document"], place.get("documentLabel"), root=root),
        document_id=document,
        section=section_words(place),
        place={name: str(place.get(name, "")) for name in SHOWN},
        before=ref(place.get("before"), root=root),
        after=ref(place.get("after"), root=root),
        stated=said(statements, "stated", root=root),
        read=said(statements, "read", root=root),
        reasons=[str(row["reason"]) for row in reasons if "reason" in row],
        named=[ref(row["named"], row.get("namedLabel"), root=root)
               for row in reasons if "named" in row],
        words=await words_of(request, iri),
        own=f"{root}/{iri.value.partition('/stikg/')[2]}",
    )  # fmt: skip


def said(rows: Sequence[Row], origin: str, *, root: str) -> list[Said]:
    """Return the statements of an origin, thing by thing."""
    subjects: dict[Term, Said] = {}
    for row in rows:
        if str(row["origin"]) == origin:
            subject = row["subject"]
            if subject not in subjects:
                subjects[subject] = Said(ref(subject, row.get("subjectLabel"), root=root), [])
            fact = (
                ref(row["property"], row.get("propertyLabel"), root=root),
                ref(row["value"], row.get("valueLabel"), root=root),
            )
            if fact not in subjects[subject].facts:
                subjects[subject].facts.append(fact)
    return list(subjects.values())
