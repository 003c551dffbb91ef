"""The names of a big store, gathered from its lines while these are loaded.

Most lines that matter are plain and taken apart by one expression; what is written in another way,
with escapes, datatypes or odd spaces, goes through the engine, which may change values, too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Final

from stikg.building.bulknames import (
    Found,
    add_name,
    heading_rows,
    is_askable,
    name_rows,
    read_literal,
)
from stikg.building.names import NAMING, TERMS
from stikg.names import NameRow, build_names
from stikg.store.bulklines import rows_of_default
from stikg.terms import BASE, ONTOLOGY, PREFIXES

_Cell = str | tuple[str, str]
"""An IRI, or the text and language of a literal."""

_Statement = tuple[str, str, _Cell]

_TYPE: Final = PREFIXES["rdf"] + "type"
_ABOVE: Final = PREFIXES["rdfs"] + "subClassOf"
_KIND: Final = ONTOLOGY + "passageKind"
_HEADING: Final = BASE + "kind/heading"
_TITLE: Final = ONTOLOGY + "sectionTitle"
_NAMING: Final = {str(predicate): source for predicate, source in NAMING.items()}
_LABEL: Final = PREFIXES["rdfs"] + "label"

_WANTED: Final = (_TYPE, _ABOVE, _KIND, _TITLE, _LABEL, *_NAMING)

_IRI: Final = rb'<[^<>"{}|^`\\\x00-\x20]*>'
_LITERAL: Final = rb'"(?:[^"\\\r\n]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^%b)?' % _IRI
_NAME: Final = re.compile(_IRI)
_PLAIN: Final = re.compile(rb'(?:(%b)|"([^"\\\r\n]*)"(?:@([a-z]+(?:-[a-z0-9]+)*))?) \.\r?' % _IRI)
"""What follows the predicate of a plain line of the default graph."""

_IN_GRAPH: Final = re.compile(rb"(?:%b|%b) %b \.\r?" % (_IRI, _LITERAL, _IRI))

_AT_A_TIME: Final = 4 << 20
_NONE: Final[frozenset[str]] = frozenset()


class _GivenUp(Exception):
    """The names are not wanted any more."""


class NameGathering:
    """Writes the label index in a thread of its own, from the lines that it is shown."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._shown: Queue[tuple[bytes, str] | None] = Queue(1)
        self._wanted = True
        self._ended = False
        self._failure: BaseException | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def show(self, lines: bytes, format_name: str) -> None:
        """Take lines of a source, when those before are done with."""
        if self._wanted:
            self._shown.put((lines, format_name))

    def finish(self) -> bool:
        """Wait for the index, and tell whether there is one: not if it was given up before.

        :raises OutputError: if it cannot be written.
        """
        self._end()
        if self._failure is not None and self._wanted:
            raise self._failure
        return self._wanted

    def give_up(self) -> None:
        """Stop, and leave no index, unless it is finished."""
        if not self._ended:
            self._wanted = False
            self._end()
            self._path.unlink(missing_ok=True)

    def _end(self) -> None:
        if not self._ended:
            self._ended = True
            self._shown.put(None)
        self._thread.join()

    def _run(self) -> None:
        shown = iter(self._shown.get, None)
        things = _Things()
        try:
            members = things.read(self._while_wanted(shown))
            build_names(self._path, things.rows(), members)
        except BaseException as failure:
            self._failure = failure
        finally:
            for _ in shown:
                pass

    def _while_wanted(self, shown: Iterator[tuple[bytes, str]]) -> Iterator[tuple[bytes, str]]:
        for each in shown:
            yield each
            if not self._wanted:
                raise _GivenUp


class _Things:
    """What the lines say of things: their names and classes, and the hierarchy of classes."""

    def __init__(self) -> None:
        self._names: Found = defaultdict(dict)
        self._classes: dict[str, frozenset[str]] = {}
        self._terms: dict[str, set[str]] = defaultdict(set)
        self._above: dict[str, set[str]] = defaultdict(set)
        self._headings: set[str] = set()
        self._titles: dict[str, tuple[str, str]] = {}
        self._wider = _Wider()

    def read(self, lines: Iterator[tuple[bytes, str]]) -> Iterator[tuple[str, str]]:
        """Take all lines, and yield pairs of a class and a member of what is asked for."""
        for piece, format_name in lines:
            for rows in _statements(piece, format_name):
                yield from self._add(rows)
        for term, kinds in self._terms.items():
            if is_askable(kinds):
                self._classes[term] = frozenset(kinds)
                yield from ((cls, term) for cls in kinds)

    def rows(self) -> Iterator[NameRow]:
        """Yield the rows of the index; all lines must have been taken."""
        yield from name_rows(self._names, self._classes, self._above)
        titles = self._titles
        yield from heading_rows({each: titles[each] for each in self._headings if each in titles})

    def _add(self, rows: Iterable[_Statement]) -> Iterator[tuple[str, str]]:
        classes, wider = self._classes, self._wider
        for thing, predicate, value in rows:
            if predicate == _ABOVE and isinstance(value, str):
                self._above[thing].add(value)
            elif not thing.startswith(BASE):
                if not thing.startswith(TERMS):
                    continue
            elif predicate == _TYPE and isinstance(value, str) and not thing.startswith(TERMS):
                classes[thing] = wider[classes.get(thing, _NONE), value]
                yield value, thing
                continue
            self._add_other(thing, predicate, value)

    def _add_other(self, thing: str, predicate: str, value: _Cell) -> None:
        if predicate == _TITLE:
            self._titles[thing] = (value, "") if isinstance(value, str) else value
        elif isinstance(value, str):
            if predicate == _TYPE:
                self._terms[thing].add(value)
            elif predicate == _KIND and value == _HEADING:
                self._headings.add(thing)
        elif predicate in _NAMING:
            add_name(self._names, thing, value, _NAMING[predicate])
        elif predicate == _LABEL and thing.startswith(TERMS):
            add_name(self._names, thing, value, "prefLabel")


class _Wider(dict[tuple[frozenset[str], str], frozenset[str]]):
    """Sets of classes with one more: few differ, so that each is made once."""

    def __missing__(self, key: tuple[frozenset[str], str]) -> frozenset[str]:
        classes = self[key] = key[0] | {key[1]}
        return classes


def _statements(lines: bytes, format_name: str) -> Iterator[Iterable[_Statement]]:
    """Yield the statements of the default graph that matter, some at a time."""
    known, predicates = _Texts(), _Predicates()
    begin = 0
    while begin < len(lines):
        end = lines.find(b"\n", begin + _AT_A_TIME) + 1 or len(lines)
        found, others = list[_Statement](), list[bytes]()
        for line in lines[begin:end].split(b"\n"):
            subject, predicate, rest = (*line.split(b" ", 2), b"", b"")[:3]
            wanted = predicates[predicate]
            if wanted is False and subject.rfind(b"<") == 0:
                continue
            plain = wanted and _NAME.fullmatch(subject)
            match = _PLAIN.fullmatch(rest) if plain else None
            if match:
                iri, text, language = match.groups(b"")
                value = known[iri] if iri else (text.decode(), known[language])
                found.append((subject[1:-1].decode(), known[predicate], value))
            elif not (plain and _IN_GRAPH.fullmatch(rest)) and line.strip():
                others.append(line)
        begin = end
        yield found
        if others:
            yield _parsed(b"\n".join(others), format_name)


def _parsed(lines: bytes, format_name: str) -> Iterator[_Statement]:
    for thing, predicate, cell in rows_of_default(lines, format_name):
        if thing.startswith("<") and not cell.startswith("<<"):
            value = cell[1:-1] if cell.startswith("<") else read_literal(cell)
            yield thing[1:-1], predicate[1:-1], value


class _Texts(dict[bytes, str]):
    """The texts of IRIs in brackets, and of languages; few differ."""

    def __missing__(self, raw: bytes) -> str:
        text = self[raw] = raw.strip(b"<>").decode()
        return text


class _Predicates(dict[bytes, bool | None]):
    """Whether a predicate matters; None if it is none, or written in another way."""

    def __missing__(self, raw: bytes) -> bool | None:
        if not _NAME.fullmatch(raw):
            return None
        wanted = self[raw] = raw[1:-1].decode() in _WANTED
        return wanted
