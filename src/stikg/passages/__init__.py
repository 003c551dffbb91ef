"""Passages: the pieces of a document that statements point at."""

from stikg.passages.description import passage_tokens, passage_triples
from stikg.passages.model import KINDS, Passage, Span
from stikg.passages.segmentation import segment
from stikg.passages.tokens import Token, digest, located_tokens, tokens

__all__ = [
    "KINDS",
    "Passage",
    "Span",
    "Token",
    "digest",
    "located_tokens",
    "passage_tokens",
    "passage_triples",
    "segment",
    "tokens",
]
