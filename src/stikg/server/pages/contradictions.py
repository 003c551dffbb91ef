"""Where the documents contradict themselves or one another, both passages side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from stikg.names import normalise
from stikg.server.copies import words_of
from stikg.server.pages.asking import MOST_ASKED, Row, ask, rows, service_of
from stikg.server.pages.links import DOCUMENT, Ref, ref, section_words
from stikg.server.pages.rendering import changed, page, root_of
from stikg.terms import IRI, Term

QUERY: Final = "contradictions"
PAGE: Final = 25
SEVERITIES: Final = {
    "error": "Serious", "warning": "Worth a check", "info": "Good to know",
}  # fmt: skip
_WORDED: Final = ("subjectLabel", "propertyLabel", "valueA", "valueB", "note")
_KINDS: Final = {
    "values-differ": "Two values",
    "dates-differ": "Two dates",
    "number-differs": "Two numbers",
    "size-differs": "Size of a list",
    "total-differs": "Total of a table",
    "share-differs": "Share",
    "rate-differs": "Exchange rate",
    "trend-differs": "Trend",
    "reasons-differ": "Strength or weakness",
    "names-differ": "Names",
    "bodies-differ": "Two bodies",
    "plans-overlap": "Periods that overlap",
    "never-longlisted": "Shortlisted, never longlisted",
    "never-selected": "Shortlisted, never selected",
    "longlist-dropped": "Dropped from the longlist",
    "pair-dropped": "Pair dropped",
}


async def contradictions(request: Request) -> Response:
    """Show the findings; ``kind``, ``severity`` and ``q`` narrow the list."""
    library = service_of(request).dataset.queries
    if QUERY not in library:
        return page(request, "contradictions.html", title="Contradictions", there=False)
    found = rows(await service_of(request).answer(library.get(QUERY), {}))
    chosen = {name: request.query_params.get(name, "") for name in ("kind", "severity")}
    text = request.query_params.get("q", "").strip()
    kinds = Counter(str(row["kind"]) for row in found)
    severities = Counter(str(row["severity"]) for row in found)
    kept = [
        row for row in found
        if all(not value or str(row[name]) == value for name, value in chosen.items())
        and _holds(row, text)
    ]  # fmt: skip
    number = request.query_params.get("page", "")
    first = (int(number) - 1) * PAGE if number.isdecimal() and 0 < int(number[:6]) else 0
    on_page = kept[first : first + PAGE]
    return page(
        request,
        "contradictions.html",
        title="Contradictions",
        there=True,
        kinds=[(kind, kind_title(kind), count) for kind, count in sorted(kinds.items())],
        severities=[
            (name, words, severities[name]) for name, words in SEVERITIES.items()
            if name in severities
        ],
        chosen=chosen,
        text=text,
        total=len(kept),
        findings=await _findings(request, on_page),
        first=first,
        previous=changed(request, page=str(first // PAGE)) if first else "",
        next=changed(request, page=str(first // PAGE + 2)) if first + PAGE < len(kept) else "",
    )  # fmt: skip


def kind_title(kind: str) -> str:
    """Return the words for a kind of finding.

    >>> kind_title("dates-differ"), kind_title("new-kind")
    ('Two dates', 'New kind')
    """
    return _KINDS.get(kind) or kind.replace("-", " ").capitalize()


def _holds(row: Row, text: str) -> bool:
    """Tell whether a finding has all words, whatever their case, in its names and values."""
    words = normalise(" ".join(str(row[name]) for name in _WORDED if name in row))
    return all(word in words for word in normalise(text).split())


async def _findings(request: Request, found: list[Row]) -> list[dict[str, object]]:
    root = root_of(request)
    passages = [
        term for row in found for name in ("passageA", "passageB")
        if isinstance(term := row.get(name), IRI)
    ][:MOST_ASKED]  # fmt: skip
    places: Mapping[Term, Row] = (
        {row["passage"]: row for row in await ask(request, "places", *passages)} if passages else {}
    )
    return [
        {
            "kind": kind_title(str(row["kind"])),
            "severity": str(row["severity"]),
            "severity_words": SEVERITIES.get(str(row["severity"]), str(row["severity"])),
            "subject": ref(row["subject"], row.get("subjectLabel"), root=root),
            "property": ref(row.get("property"), row.get("propertyLabel"), root=root),
            "note": str(row.get("note", "")),
            "sides": [await _side(request, row, side, places) for side in "AB"],
        }
        for row in found
    ]


async def _side(
    request: Request, row: Row, side: str, places: Mapping[Term, Row]
) -> dict[str, object]:
    root = root_of(request)
    passage = row.get(f"passage{side}")
    place = places.get(passage, {}) if passage is not None else {}
    words = None
    if isinstance(passage, IRI) and passage.value.startswith(DOCUMENT):
        words = await words_of(request, passage)
    return {
        "value": str(row.get(f"value{side}", "")),
        "passage": ref(passage, root=root) if passage else Ref(""),
        "document": ref(place.get("document"), place.get("documentLabel"), root=root),
        "section": section_words(place),
        "words": words,
    }
