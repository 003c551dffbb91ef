"""Passages described in RDF: where they stand and the digest that finds them in any copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stikg.passages.model import Passage, Span
from stikg.passages.segmentation import segment
from stikg.passages.tokens import digest, tokens
from stikg.terms import BASE, IRI, XSD, Literal, Term, Triple, expand

_TYPE: Final = expand("rdf:type")
_SELECTOR: Final = expand("oa:TextPositionSelector")


def passage_triples(document_id: str, text: str) -> list[Triple]:
    """Return the triples that describe the passages of a document: never its words.

    Each passage has a selector for its whole extent in the text, and, where it is broken, one for
    each part. The digest is over the tokens of all parts in reading order.
    """
    document = IRI(f"{BASE}document/{document_id}")
    found: list[Triple] = []
    for passage in segment(text):
        found.extend(_triples(document, passage, text))
    return found


def passage_tokens(passage: Passage, text: str) -> list[str]:
    """Return the tokens of a passage: of its parts, without the printed number of an endnote."""
    return [word for start, end in counted_parts(passage) for word in tokens(text[start:end])]


def counted_parts(passage: Passage) -> list[Span]:
    """Return the pieces of a passage whose tokens count: all but the number of an endnote."""
    if passage.mark is None:
        return list(passage.parts)
    first, last = passage.mark
    pieces: list[Span] = []
    for start, end in passage.parts:
        inside = start <= first < end
        pieces += [(start, first), (last, end)] if inside else [(start, end)]
    return pieces


def _stripped(span: Span, text: str) -> Span:
    words = text[span[0] : span[1]]
    start = span[0] + len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _triples(document: IRI, passage: Passage, text: str) -> Iterator[Triple]:
    subject = IRI(f"{document.value}/{passage.name}")
    selector = IRI(f"{subject.value}/selector")
    yield subject, _TYPE, expand("sti:Passage")
    yield subject, expand("dcterms:isPartOf"), document
    yield subject, expand("sti:section"), Literal(passage.section)
    yield subject, expand("sti:sectionTitle"), Literal(passage.section_title)
    yield subject, expand("sti:passageKind"), expand(f"kind:{passage.kind}")
    yield subject, expand("sti:order"), _integer(passage.order)
    if passage.page is not None:
        yield subject, expand("sti:page"), _integer(passage.page)
    if passage.table is not None:
        yield subject, expand("sti:ofTable"), IRI(f"{document.value}/{passage.table}")
    yield subject, expand("oa:hasSource"), document
    yield subject, expand("oa:hasSelector"), selector
    yield from _tokens_of(subject, passage_tokens(passage, text))
    yield from _selector(selector, (passage.start, passage.end))
    parts = [_stripped(part, text) for part in counted_parts(passage)]
    parts = [(start, end) for start, end in parts if tokens(text[start:end])]
    if len(parts) > 1:
        for number, part in enumerate(parts, start=1):
            part_iri = IRI(f"{subject.value}/part-{number}")
            yield subject, expand("sti:part"), part_iri
            yield from _selector(part_iri, part)
            yield from _tokens_of(part_iri, tokens(text[part[0] : part[1]]))


def _selector(subject: IRI, span: Span) -> Iterator[Triple]:
    yield subject, _TYPE, _SELECTOR
    yield subject, expand("oa:start"), _integer(span[0])
    yield subject, expand("oa:end"), _integer(span[1])


def _tokens_of(subject: IRI, words: list[str]) -> Iterator[Triple]:
    yield subject, expand("sti:tokenCount"), _integer(len(words))
    yield subject, expand("sti:tokenDigest"), Literal(digest(words))


def _integer(value: int) -> Term:
    return Literal(str(value), XSD + "integer")
