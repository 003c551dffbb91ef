"""Which of several media types a client wants most (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

HTML: Final = "text/html"
_LONGEST: Final = 4096
_RANGE: Final = re.compile(r"\s*([\w!#$&^.+\-]+|\*)/([\w!#$&^.+\-]+|\*)\s*\Z")
_QUALITY: Final = re.compile(r"\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*\Z", re.IGNORECASE)


class _Range(NamedTuple):
    type: str
    subtype: str
    quality: float


def negotiate(accept: str | None, offers: Sequence[str]) -> str | None:
    """Return the offer that an Accept header likes best, or None if it takes none.

    Of offers liked equally the first wins. No header, or none that can be read, takes anything.

    >>> negotiate("text/turtle;q=0.5, application/*", ["text/turtle", "application/trig"])
    'application/trig'
    >>> negotiate("image/png", ["text/turtle"]) is None
    True
    """
    return _best((accept or "")[:_LONGEST], tuple(offers))


def prefers_html(accept: str | None, *others: str) -> bool:
    """Tell whether a client would rather have a page than another media type: a browser does.

    >>> prefers_html("text/html,*/*;q=0.8", "text/turtle"), prefers_html("*/*", "text/turtle")
    (True, False)
    """
    return negotiate(accept, [*others, HTML]) == HTML


@lru_cache(maxsize=1024)
def _best(accept: str, offers: tuple[str, ...]) -> str | None:
    ranges = _parse(accept)
    if not ranges:
        return offers[0]
    best = max(offers, key=lambda offer: _quality(offer, ranges))
    return best if _quality(best, ranges) > 0 else None


def _parse(accept: str) -> tuple[_Range, ...]:
    ranges = []
    for item in accept.split(","):
        name, *parameters = item.split(";")
        match = _RANGE.match(name)
        if not match or (match[1] == "*" and match[2] != "*"):
            continue
        found = [q for parameter in parameters if (q := _QUALITY.match(parameter))]
        quality = min(1.0, float(found[0][1])) if found else 1.0
        ranges.append(_Range(match[1].lower(), match[2].lower(), quality))
    return tuple(ranges)


def _quality(offer: str, ranges: tuple[_Range, ...]) -> float:
    """Return how much an offer is liked: what is said most exactly counts."""
    kind, _, rest = offer.partition("/")
    subtype = rest.partition(";")[0]
    best, exactness = 0.0, -1
    for item in ranges:
        if item.type in {"*", kind} and item.subtype in {"*", subtype}:
            exact = (item.type != "*") + (item.subtype != "*")
            if exact > exactness:
                best, exactness = item.quality, exact
    return best
