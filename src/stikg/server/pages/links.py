"""Terms as people see them on a page: words, and where a click on them leads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple
from urllib.parse import quote

from starlette.requests import Request

from stikg.results.display import NUMERIC, plain_text
from stikg.terms import BASE, IRI, ONTOLOGY, Literal, Term, compress

DOCUMENT: Final = f"{BASE}document/"
_WORDS: Final = {
    "http://www.w3.org/2000/01/rdf-schema#subClassOf": "is a kind of",
    "http://www.w3.org/2000/01/rdf-schema#subPropertyOf": "is a case of",
    "http://www.w3.org/2000/01/rdf-schema#domain": "is said of",
    "http://www.w3.org/2000/01/rdf-schema#range": "leads to",
    "http://www.w3.org/2000/01/rdf-schema#label": "name",
    "http://www.w3.org/2000/01/rdf-schema#comment": "comment",
    "http://www.w3.org/2002/07/owl#inverseOf": "the other way round",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": "kind of thing",
}
"""Plain words for properties of other vocabularies that have no label of ours."""

_LARGE: Final = 10_000
"""Numbers from which thousands are set apart."""


class Ref(NamedTuple):
    """Words on a page; ``href`` is where they lead, empty for nowhere."""

    text: str
    href: str = ""
    outside: bool = False
    language: str = ""


def ref(term: Term | None, label: Term | None = None, *, root: str = "") -> Ref:
    """Return how a term is shown.

    >>> ref(IRI("https://w3id.org/stikg/territory/jp"), Literal("Japan"))
    Ref(text='Japan', href='/territory/jp', outside=False, language='')
    >>> ref(IRI("javascript:alert(1)")).href
    ''
    """
    if term is None:
        return Ref("")
    if isinstance(term, IRI):
        href, outside = address(term, root=root)
        if label is None or not str(label).strip():
            return Ref(name_of(term), href, outside)
        return Ref(str(label), href, outside, getattr(label, "language", "") or "")
    if isinstance(term, Literal) and term.datatype in NUMERIC:
        return Ref(grouped(plain_text(term)))
    return Ref(plain_text(term), language=term.language if isinstance(term, Literal) else "")


def grouped(text: str) -> str:
    """Return a number with its thousands apart; not one of four digits, which may be a year.

    >>> grouped("62000000000"), grouped("2022"), grouped("0.5")
    ('62,000,000,000', '2022', '0.5')
    """
    number = Decimal(text) if re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]+)?", text) else Decimal(0)
    return f"{number:,}" if abs(number) >= _LARGE else text


def address(iri: IRI, *, root: str = "") -> tuple[str, bool]:
    """Return where a click on a thing leads, and whether that is another server.

    Only web addresses are linked, for an IRI may have any scheme, ``javascript`` among them; and
    of these no terms of other vocabularies, which are words and no pages.
    """
    if iri.value.startswith(BASE):
        return f"{root}/{quote(iri.value[len(BASE) :], safe='/:@!$&()*+,;=~%')}", False
    if not re.match(r"https?://[^/\s]", iri.value) or not compress(iri.value).startswith("<"):
        return "", False
    return iri.value, True


def name_of(iri: IRI) -> str:
    """Return words for a thing that has no label: those of its IRI.

    >>> name_of(IRI("http://www.w3.org/2002/07/owl#equivalentClass"))
    'equivalent class'
    >>> name_of(IRI("https://w3id.org/stikg/document/uuki-2022/2.4-p1"))
    'uuki-2022, passage 2.4-p1'
    """
    if iri.value in _WORDS:
        return _WORDS[iri.value]
    if iri.value.startswith(DOCUMENT) and iri.value.count("/") > DOCUMENT.count("/"):
        document, _, passage = iri.value[len(DOCUMENT) :].partition("/")
        return f"{document}, passage {passage}"
    if iri.value.startswith((ONTOLOGY, "http://www.w3.org/", "http://purl.org/", BASE)):
        local = re.split(r"[/#]", iri.value.rstrip("/#"))[-1]
        return re.sub(r"(?<=[a-z])(?=[A-Z])|[-_]", " ", local).lower() or iri.value
    return iri.value


def short(term: Term | str) -> str:
    """Return the short form of an IRI for a form or a URL: its CURIE, else the IRI itself.

    >>> short(IRI("https://w3id.org/stikg/territory/jp"))
    'territory:jp'
    """
    return compress(str(term)).removeprefix("<").removesuffix(">")


def section_words(row: Mapping[str, object]) -> str:
    """Return the number and title of the section that a row tells; a name is no number.

    >>> section_words({"section": "2.4", "sectionTitle": "Funding agencies"})
    '2.4 Funding agencies'
    >>> section_words({"section": "4.2.1-outbound", "sectionTitle": "Outbound"})
    '4.2.1 Outbound'
    """
    number, title = (str(row.get(name, "")) for name in ("section", "sectionTitle"))
    if not title:
        return number
    digits = re.match(r"[A-Z]?[0-9.]+(?![^-])", number)
    return f"{digits[0] if digits else ''} {title}".strip()


def iri_of(request: Request) -> IRI:
    """Return the thing whose page is asked for, as the module that asks has read it."""
    known = getattr(request.state, "iri", None)
    if isinstance(known, IRI):
        return known
    return IRI(BASE + str(request.scope["path"]).lstrip("/").removesuffix(".html"))
