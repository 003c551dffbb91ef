"""Lines of a real graph as a pattern of copies: what varies, with what, and what it becomes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Final

import pyoxigraph

from stikg.layout import find_layout

BASE: Final = "<https://w3id.org/stikg/"

POOLS: Final[Mapping[str, tuple[str, ...]]] = {
    "copy": ("document", "figure", "table"),
    "world": (
        "agency", "agreement", "amount", "centre", "enumeration", "event", "finding", "fund",
        "goal", "link", "observation", "organisation", "platform", "programme", "report",
        "strategy", "target", "trend",
    ),
    "territory": ("territory",),
    "technology": ("technology",),
    "vocabulary": ("concept", "criterion", "indicator", "sector"),
}  # fmt: skip
"""What varies together, and the first part of the IRIs of each; all other IRIs never vary."""

_POOL: Final = {kind: pool for pool, kinds in POOLS.items() for kind in kinds}
_TERM: Final = re.compile(r'<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?')
_MEASURED: Final = re.compile(BASE + r"measures/[^/]*/[^/]*/([a-z]+)-")
_DOCUMENT: Final = re.compile(BASE + r"(?:graph/)?document/[^/>]*")
_KIND: Final = re.compile(BASE + r"([a-z-]+)/[^/]+>\Z")
_NUMBER: Final = re.compile(r'"([0-9]+)(\.[0-9]+)?(".*)', re.DOTALL)

_REAL: Final = ("/iso2>", "/iso3>", "/isoNumeric>", "exactMatch>", "closeMatch>")
"""Ends of the predicates that tell which thing of this world a thing is: no variant has them."""

_NAMES: Final = ("abel>", "/title>", "/acronym>")
_VALUES: Final = ("#obsValue>", "schema.org/value>", "/ontology/value>", "/baselineValue>")
_UNSCALED: Final = re.compile("percent|share|rank")
"""In the IRI of a figure: it has an upper bound."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A text that varies: a number goes between its halves, or changes what stands there."""

    pool: str
    kind: str
    before: str
    after: str = ""

    def text(self, variant: int) -> str:
        """Return the text of a variant; 0 is the real one."""
        if not variant:
            return self.before + self.after
        if self.kind == "digest":
            return f'"{variant:08x}{self.before[9:]}'
        if self.kind == "value":
            return _multiplied(self.before, 2 + variant * 2654435761 % 997)
        return f"{self.before}{'-v' if self.kind == 'iri' else ' '}{variant}{self.after}"


def _multiplied(literal: str, factor: int) -> str:
    """Return a literal times a whole number, with the decimals that it had."""
    found = _NUMBER.match(literal)
    if found is None:
        return literal
    whole, decimals, rest = found[1], (found[2] or ".")[1:], found[3]
    digits = str(int(whole + decimals) * factor).zfill(len(decimals) + 1)
    cut = len(digits) - len(decimals)
    return f'"{digits[:cut]}{"." if decimals else ""}{digits[cut:]}{rest}'


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the real graph: its terms, and what they are in a copy.

    ``pools`` are those it varies with; ``only`` is the pool of a subject of which only the real one
    has this line.
    """

    terms: tuple[str, ...]
    pieces: tuple[Slot | str, ...]
    pools: tuple[str, ...]
    only: str = ""


def read_lines(lines: Iterable[str], fixed: Collection[str]) -> list[Line]:
    """Return the lines of N-Quads as lines of a pattern; ``fixed`` are IRIs that never vary."""
    known: dict[str, Slot | str] = {}

    def slot_of(term: str) -> Slot | str:
        return known.setdefault(term, term if term in fixed else _slot(term))

    found = []
    for line in lines:
        terms = split_line(line)
        subject = slot_of(terms[0])
        owner = subject.pool if isinstance(subject, Slot) else ""
        pieces = [slot_of(term) if term[0] == "<" else term for term in terms]
        if owner:
            pieces[2] = _literal(terms, owner) or pieces[2]
        pools = {piece.pool for piece in pieces if isinstance(piece, Slot)}
        only = owner if terms[1].endswith(_REAL) else ""
        found.append(Line(terms, tuple(pieces), tuple(sorted(pools)), only))
    return found


def split_line(line: str) -> tuple[str, ...]:
    """Return the three or four terms of a line of N-Quads."""
    return tuple(_TERM.findall(line))


def dump_real(folder: Path | None = None) -> list[str]:
    """Return the lines of the compiled dataset, sorted."""
    store = pyoxigraph.Store.read_only(str(find_layout(folder).current() / "store"))
    text = store.dump(format=pyoxigraph.RdfFormat.N_QUADS) or b""
    return sorted(text.decode().splitlines())


def _slot(term: str) -> Slot | str:
    """Return how an IRI varies, or the IRI if it does not."""
    document = _DOCUMENT.match(term)
    if document:
        return Slot("copy", "iri", document[0], term[document.end() :])
    kind = _MEASURED.match(term) or _KIND.match(term)
    if kind is None or kind[1] not in _POOL:
        return term
    return Slot(_POOL[kind[1]], "iri", term[:-1], ">")


def _literal(terms: Sequence[str], owner: str) -> Slot | None:
    """Return how the literal of a line varies with its subject, if it does."""
    predicate, value = terms[1], terms[2]
    if value[0] != '"':
        return None
    if predicate.endswith("/tokenDigest>"):
        return Slot(owner, "digest", value)
    if predicate.endswith(_VALUES) and not _UNSCALED.search(terms[0]):
        return Slot(owner, "value", value)
    if predicate.endswith(_NAMES):
        end = value.rindex('"')
        return Slot(owner, "name", value[:end], value[end:])
    return None


@dataclass(slots=True)
class Group:
    """The lines that vary with the same pools: pieces of text by number, line after line."""

    pools: tuple[str, ...]
    only: str
    pieces: list[int] = field(default_factory=list)
    lines: int = 0


Seen = set[tuple[object, ...]]
"""Which variants of which groups have been written."""


class Pattern:
    """Lines grouped by what they vary with, so that a copy is a choice of texts and a join."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._numbers: dict[Slot | str, int] = {}
        self._groups: dict[tuple[tuple[str, ...], str], Group] = {}
        for line in lines:
            group = self._groups.setdefault((line.pools, line.only), Group(line.pools, line.only))
            group.lines += 1
            for piece in _joined(line.pieces):
                group.pieces.append(self._numbers.setdefault(piece, len(self._numbers)))

    def count(self, variants: Mapping[str, int], seen: Seen) -> int:
        """Return how many lines a copy would add."""
        return sum(group.lines for group, _ in self._fresh(variants, seen))

    def copy(self, variants: Mapping[str, int], seen: Seen) -> Iterator[str]:
        """Yield the blocks of lines that a copy adds, and note that they have been seen."""
        texts = [
            piece if isinstance(piece, str) else piece.text(variants[piece.pool])
            for piece in self._numbers
        ]
        for group, key in self._fresh(variants, seen):
            seen.add(key)
            yield "".join(itemgetter(*group.pieces)(texts))

    def _fresh(
        self, variants: Mapping[str, int], seen: Seen
    ) -> Iterator[tuple[Group, tuple[object, ...]]]:
        for group in self._groups.values():
            key = (group.pools, group.only, *(variants[pool] for pool in group.pools))
            if key not in seen and not (group.only and variants[group.only]):
                yield group, key


def count_new(lines: Iterable[Line], variants: Mapping[str, int], seen: Seen) -> int:
    """Return how many of some lines a copy would add."""
    kinds = Counter((line.pools, line.only) for line in lines)
    return sum(
        number
        for (pools, only), number in kinds.items()
        if (pools, only, *(variants[pool] for pool in pools)) not in seen
        and not (only and variants[only])
    )


def _joined(pieces: Sequence[Slot | str]) -> Iterator[Slot | str]:
    """Yield the pieces of a line with what stands between them; texts that follow on are one."""
    text = ""
    for piece in pieces:
        if isinstance(piece, str):
            text += piece + " "
        else:
            if text:
                yield text
            yield piece
            text = " "
    yield text + ".\n"
