"""On which line a file says something: for findings that point into a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stikg.serialisation.tokens import Token, tokens
from stikg.terms import Term

_RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_NAMED: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Place:
    """A term of a statement in a file, and its line; predicate and value may be still to come."""

    line: int
    graph: str | None
    subject: str
    predicate: str | None = None
    value: str | None = None


class Positions:
    r"""The lines of the subjects, predicates and values of one Turtle or TriG text.

    >>> places = Positions('PREFIX e: <urn:e:>\ne:a e:b "x" ;\n  e:c 2026 .\n')
    >>> places.line("urn:e:a"), places.line("urn:e:a", predicate="urn:e:c")
    (2, 3)
    >>> places.line("urn:e:nowhere") is None
    True
    """

    def __init__(self, text: str) -> None:
        self._places: dict[str, list[Place]] = {}
        for place in _places(text):
            self._places.setdefault(place.subject, []).append(place)

    def line(
        self,
        subject: str,
        *,
        predicate: str | None = None,
        value: Term | None = None,
        graph: str | None = None,
    ) -> int | None:
        """Return the line that says the most of what is asked, or None if no subject fits.

        A value, then a predicate that the file does not have falls back to the subject's line.
        The default graph is ``""``; without a graph, any will do.
        """
        wanted = None if value is None else str(value)
        places = [
            place
            for place in self._places.get(subject, [])
            if graph is None or (place.graph or "") == graph
        ]
        for said in ((predicate, wanted), (predicate, None), (None, None)):
            for place in places:
                if (place.predicate, place.value) == said:
                    return place.line
        return places[0].line if places else None


def read_positions(path: Path) -> Positions:
    """Return the positions of a Turtle or TriG file that has parsed."""
    return Positions(path.read_text(encoding="utf-8"))


def locate(path: Path, subject: str) -> int | None:
    """Return the first line of a subject in a file; to ask more than once, read_positions."""
    return read_positions(path).line(subject)


class _Reader:
    """The state of a walk through the tokens of a file: directives, graph, subject, predicate."""

    def __init__(self) -> None:
        self.prefixes: dict[str, str] = {}
        self.graph: str | None = None
        self.subject: str | None = None
        self.predicate: str | None = None
        self.depth = 0

    def step(self, token: Token, following: str) -> Place | None:
        """Take one token; return the place that it completes."""
        if token.text in {"[", "]", "(", ")"}:
            self._bracket(opening=token.text in {"[", "("})
        elif self.depth:
            return None
        elif token.text in {".", ";", "{", "}"} and token.kind == "mark":
            self._punctuation(token.text)
        elif token.kind in {"iri", "word", "string"}:
            return self._term(token, following)
        return None

    def _bracket(self, *, opening: bool) -> None:
        if not self.depth and self.subject is None:
            self.subject = "_:"
        self.depth += 1 if opening else -1

    def _punctuation(self, mark: str) -> None:
        self.predicate = None
        if mark != ";":
            self.subject = None
        if mark == "}":
            self.graph = None

    def _term(self, token: Token, following: str) -> Place | None:
        text = self._expand(token)
        if self.subject is None:
            if following == "{":
                self.graph = text
                return None
            self.subject = text
        elif self.predicate is None:
            self.predicate = _RDF_TYPE if token.text == "a" else text
        else:
            return Place(token.line, self.graph, self.subject, self.predicate, text)
        return Place(token.line, self.graph, self.subject, self.predicate)

    def _expand(self, token: Token) -> str:
        if token.kind == "iri":
            return _unescape(token.text[1:-1])
        if token.kind == "string":
            quotes = 3 if token.text[:3] in {'"""', "'''"} else 1
            return _unescape(token.text[quotes:-quotes])
        prefix, colon, local = token.text.partition(":")
        if colon and prefix in self.prefixes:
            return self.prefixes[prefix] + local.replace("\\", "")
        return token.text


def _places(text: str) -> Iterator[Place]:
    """Yield the places of a text; what stands in brackets belongs to the line that opens them."""
    reader = _Reader()
    rest = [token for token in tokens(text) if token.kind != "comment"]
    index = 0
    while index < len(rest):
        token = rest[index]
        if token.text.lower() in {"prefix", "@prefix"} and reader.subject is None:
            reader.prefixes[rest[index + 1].text[:-1]] = rest[index + 2].text[1:-1]
            index += 3
        elif token.text == "^^" or token.text.lower() in {"base", "@base"}:
            index += 2
        elif token.text.lower() == "graph" or token.kind == "tag":
            index += 1
        else:
            following = rest[index + 1].text if index + 1 < len(rest) else ""
            place = reader.step(token, following)
            index += 1
            if place is not None:
                yield place


def _unescape(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return chr(int(code, 16)) if code else _NAMED.get(match[3], match[3])

    return _ESCAPE.sub(character, text)
