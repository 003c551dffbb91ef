"""In which forms something is given: by the suffix of the path, else as the client likes best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from starlette.requests import Request

from stikg.results.formats import FORMATS as TABLES
from stikg.serialisation import FORMATS
from stikg.server.links import link_header
from stikg.server.negotiation import HTML, negotiate
from stikg.server.problems import Refusal

JSON: Final = "application/json"
RDF: Final[Mapping[str, str]] = {entry.suffix: entry.media_type for entry in FORMATS}
"""Suffix → media type of RDF."""

THINGS: Final[Mapping[str, str]] = {**RDF, ".json": JSON}
ANSWERS: Final[Mapping[str, str]] = {
    ".json": JSON,
    **{entry.suffix: entry.media_type for entry in TABLES.values() if entry.name != "table"},
    **RDF,
}
"""Suffix → media type of things and of answers; the first is for who takes anything."""

PAGE: Final = ".html"


class Wish(NamedTuple):
    """What is asked for: the path without its suffix, and the suffix of the form to give."""

    path: str
    suffix: str
    by_suffix: bool


def read_wish(
    request: Request, path: str, offers: Mapping[str, str], *, has_page: bool = False
) -> Wish:
    """Return in which form a request wants what is at a path.

    :raises Refusal: with 406 if none of the offers is accepted.
    """
    if has_page:
        offers = {**offers, PAGE: HTML}
    stem, dot, ending = path.rpartition(".")
    if dot and f".{ending}" in offers:
        return Wish(stem, f".{ending}", True)
    media_type = negotiate(request.headers.get("accept"), list(offers.values()))
    if media_type is None:
        raise not_acceptable(offers.values())
    return Wish(path, next(key for key, value in offers.items() if value == media_type), False)


def not_acceptable(offers: Iterable[str]) -> Refusal:
    """Return the refusal of a request that accepts nothing that there is."""
    return Refusal(
        406,
        "this comes in no media type that Accept names",
        remedy=f"accept one of: {', '.join(dict.fromkeys(offers))}",
        field="Accept",
    )


def alternates(
    address: str,
    offers: Mapping[str, str],
    *,
    query: str = "",
    more: Sequence[tuple[str, Mapping[str, str]]] = (),
) -> str:
    """Return the Link header that names all forms of what is at an address without suffix."""
    tail = f"?{query}" if query else ""
    forms = [
        (f"{address}{suffix}{tail}", {"rel": "alternate", "type": media_type})
        for suffix, media_type in offers.items()
    ]
    return link_header([*more, *forms])
