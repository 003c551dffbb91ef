"""What a client takes."""

from __future__ import annotations

import pytest

from stikg.server.media import choose
from stikg.server.negotiation import negotiate, prefers_html

TTL, NT, XML = "text/turtle", "application/n-triples", "application/rdf+xml"
CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, TTL),
        ("", TTL),
        ("*/*", TTL),
        ("application/n-triples", NT),
        ("APPLICATION/N-Triples", NT),
        ("text/turtle;q=0.5, application/rdf+xml;q=0.9", XML),
        ("text/*;q=0.1, application/*", NT),
        ("*/*;q=0.1, application/rdf+xml", XML),
        ("text/turtle;q=0, */*;q=0.5", NT),
        ("application/*;q=0.8, application/n-triples;q=0, text/*;q=0.1", XML),
        ("text/turtle;charset=utf-8", TTL),
        ("text/turtle ; q=0.3 , application/n-triples ; Q=0.4", NT),
        ("image/png", None),
        ("text/turtle;q=0", None),
        ("*/*;q=0.0", None),
        ("nonsense", TTL),
        ("*/turtle", TTL),
        ("text/turtle;q=banana", TTL),
        ("image/png, nonsense", None),
        ("application/rdf+xml," * 5000, XML),
    ],
)
def test_what_is_liked_best_is_chosen(accept: str | None, chosen: str | None) -> None:
    assert negotiate(accept, [TTL, NT, XML]) == chosen


def test_browsers_prefer_pages_and_others_do_not() -> None:
    assert prefers_html(CHROME, TTL)
    assert not prefers_html(None, TTL)
    assert not prefers_html("*/*", TTL)
    assert not prefers_html("text/turtle, text/html;q=0.9", TTL)


def test_each_kind_of_answer_has_its_own_media_type() -> None:
    assert choose("application/ld+json, text/csv;q=0.5") == ("text/csv", "", "application/ld+json")
    assert choose(CHROME) == ("application/xml", "application/xml", "text/turtle")
    assert choose("application/json").formats == ("json", "json", "")
