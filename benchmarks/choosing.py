"""Some passages of a graph, and all that is needed to understand what they say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final
from zlib import crc32

from pattern import BASE, Line

_PASSAGE: Final = re.compile(rf"({BASE}document/[^/>]*/[^/>]*)(?:/reading|/selector)?>\Z")
_WHOLE: Final = frozenset(
    {"amount", "enumeration", "goal", "link", "observation", "target", "trend"}
)
"""Kinds of nodes that hold one statement together: where one is, all that is said of it must be."""

_FEW: Final = 3
"""Passages that complete a node: one that more speak of waits until all are there."""

_CODES: Final = frozenset({"kind", "principle", "stage", "theme", "unit"})
"""Kinds of things that others need to be understood."""

_LISTING: Final = ("/hasTopConcept>", "/narrower>", "/related>", "Match>")
"""Ends of predicates whose objects need not be there."""

_NEEDED: Final = ("/publisher>", "/passageKind>")
"""Ends of predicates of documents and passages whose objects must be there."""

_REFERENCE: Final = re.compile(BASE + "graph/(?:reference|mappings|ontology)/")
_ABOVE: Final = ("/inverseOf>", "#inverseOf>", "#subClassOf>", "#subPropertyOf>")
_TYPE: Final = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_VOCABULARIES: Final = (f"{BASE}ontology/", f"{BASE}query/", "<http://", "<https://schema.org/")
"""Beginnings of the IRIs of terms and queries."""

_ALWAYS: Final = re.compile(
    rf"<(?!{BASE[1:]})|{BASE}(?:ontology/|query/|graph/(?!document/)|measures/[^/]*>)"
)


class Chooser:
    """The passages of a graph, those first that say what no other has said."""

    def __init__(self, lines: Sequence[Line], asked: Collection[str]) -> None:
        self._lines = lines
        self._asked = asked
        self._things = [
            tuple(
                _passage(term) for term in line.terms if term[0] == "<" and not _ALWAYS.match(term)
            )
            for line in lines
        ]
        self._said: dict[str, list[int]] = defaultdict(list)
        self._known: dict[str, list[str]] = defaultdict(list)
        self._above: dict[str, set[str]] = defaultdict(set)
        self._sayers: dict[str, set[str]] = defaultdict(set)
        order: dict[str, tuple[str, int]] = {}
        for number, line in enumerate(lines):
            graph = line.terms[3] if len(line.terms) > 3 else ""
            passage = _passage(graph)
            if line.terms[1].endswith(_ABOVE):
                self._above[line.terms[0]].add(line.terms[2])
            if passage != graph:
                self._said[passage].append(number)
                self._sayers[line.terms[0]].add(passage)
            elif _REFERENCE.match(graph) and not line.terms[1].endswith(_LISTING):
                self._known[line.terms[0]] += filter(_is_code, self._things[number])
            elif line.terms[1].endswith(_NEEDED):
                self._known[_passage(line.terms[0])] += self._things[number]
            elif graph.endswith("/passages>") and line.terms[1].endswith("ontology/order>"):
                place = int(line.terms[2].split('"')[1])
                order[_passage(line.terms[0])] = (graph, place)
        self.passages = self._ranked(sorted(order, key=order.__getitem__))

    def choose(self, count: int) -> Iterator[Line]:
        """Yield the lines of the first passages, and of the things and terms in them."""
        if count >= len(self.passages):
            yield from self._lines
            return
        present = self._present(self.passages[:count])
        present |= self._derived(present)
        chosen = [
            line
            for line, things in zip(self._lines, self._things, strict=True)
            if not line.terms[0].startswith(_VOCABULARIES) and present.issuperset(things)
        ]
        said = {line.terms[:3] for line in chosen if len(line.terms) > 3}
        terms = self._terms(chosen)
        yield from (line for line in chosen if line.terms[:3] in said)
        yield from (line for line in self._lines if line.terms[0] in terms)

    def _terms(self, lines: Iterable[Line]) -> set[str]:
        """Return the classes and properties of lines, with those above them."""
        used = {line.terms[1] for line in lines}
        used |= {line.terms[2] for line in lines if line.terms[1] == _TYPE}
        fresh = used
        while fresh:
            fresh = {above for term in fresh for above in self._above.get(term, ())} - used
            used |= fresh
        return used

    def _present(self, passages: Collection[str]) -> set[str]:
        """Return what passages speak of, but for statements that others complete, and its codes."""
        chosen = set(passages)
        said = {
            thing
            for passage in passages
            for number in self._said[passage]
            for thing in self._things[number]
            if not (_kind(thing) in _WHOLE and self._sayers[thing] - chosen)
            and not (_passage(thing) == thing and thing.startswith(f"{BASE}document/"))
        }
        said = {thing for thing in said if thing.endswith(">") or thing in chosen}
        said |= chosen | {_document(passage) for passage in passages}
        fresh = said
        while fresh:
            fresh = {thing for known in fresh for thing in self._known.get(known, ())} - said
            said |= fresh
        return said

    def _derived(self, present: set[str]) -> set[str]:
        """Return the findings and a tenth of the measurements that speak of nothing else."""
        needed: dict[str, set[str]] = defaultdict(set)
        for line, things in zip(self._lines, self._things, strict=True):
            subject = line.terms[0]
            measured = subject.startswith(f"{BASE}measures/") and crc32(subject.encode()) % 10 == 0
            if measured or subject.startswith(f"{BASE}finding/"):
                needed[subject].update(things)
        return {thing for thing, things in needed.items() if things - {thing} <= present}

    def _ranked(self, passages: Sequence[str]) -> list[str]:
        """Return the passages in which something is new, those first where that takes few lines."""
        forms = {passage: self._forms(passage) for passage in passages}
        seen: set[tuple[str, str]] = set()
        first: dict[str, None] = {}
        while True:
            best = max(
                passages,
                key=lambda passage: len(forms[passage] - seen) / (9 + len(self._said[passage])),
            )
            if not forms[best] - seen:
                break
            for passage in sorted({best, *self._completing(best)}):
                seen |= forms[passage]
                first[passage] = None
        rest = [passage for passage in passages if passage not in first]
        return [*first, *rest]

    def _completing(self, passage: str) -> set[str]:
        """Return the passages that say more of the nodes that a passage describes."""
        nodes = {self._lines[number].terms[0] for number in self._said[passage]}
        sayers = [self._sayers[node] for node in nodes if _kind(node) in _WHOLE]
        return {other for found in sayers if len(found) <= _FEW for other in found}

    def _forms(self, passage: str) -> set[tuple[str, str]]:
        """Return what kinds of things a passage describes by which properties that are asked."""
        found = (self._lines[number].terms for number in self._said[passage])
        return {(_kind(terms[0]), terms[1]) for terms in found if terms[1] in self._asked}


def _passage(term: str) -> str:
    """Return the passage that an IRI is, or is a part of, without its closing bracket."""
    found = _PASSAGE.match(term)
    return found[1] if found else term


def _document(passage: str) -> str:
    return passage.rpartition("/")[0] + ">"


def _is_code(term: str) -> bool:
    return _kind(term) in _CODES or "/scheme/" in term


def _kind(term: str) -> str:
    return term.removeprefix(BASE).partition("/")[0]
