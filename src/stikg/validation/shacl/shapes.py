"""A graph of shapes: what its files say, by subject, and what a violation of it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from stikg.errors import InputError, SyntaxProblem
from stikg.serialisation.formats import get_format
from stikg.serialisation.reading import parse
from stikg.terms import IRI, PREFIXES, Literal, Term, Triple, compress

SH: Final = PREFIXES["sh"]
TYPE: Final = IRI(PREFIXES["rdf"] + "type")
SUBCLASS: Final = IRI(PREFIXES["rdfs"] + "subClassOf")
CLASS: Final = IRI(PREFIXES["rdfs"] + "Class")
NODE_SHAPE: Final = IRI(SH + "NodeShape")
_FIRST: Final = IRI(PREFIXES["rdf"] + "first")
_REST: Final = IRI(PREFIXES["rdf"] + "rest")
_NIL: Final = IRI(PREFIXES["rdf"] + "nil")


@dataclass(frozen=True, slots=True)
class Violation:
    """One result of a validation: ``shape`` is its source, ``component`` without its namespace.

    ``path`` is an IRI; None at a node shape, and where the path is longer than one property.
    """

    shape: Term
    component: str
    focus: Term
    path: IRI | None = None
    value: Term | None = None


@dataclass(frozen=True)
class Shapes:
    """The statements of a graph of shapes."""

    triples: tuple[Triple, ...]

    @cached_property
    def facts(self) -> Mapping[Term, Mapping[Term, tuple[Term, ...]]]:
        """What is said of each node: its properties, each with its values."""
        found: dict[Term, dict[Term, tuple[Term, ...]]] = {}
        for subject, predicate, value in self.triples:
            properties = found.setdefault(subject, {})
            properties[predicate] = (*properties.get(predicate, ()), value)
        return found

    @cached_property
    def _parents(self) -> Mapping[Term, Term]:
        return {value: subject for subject, _, value in reversed(self.triples)}

    def values(self, node: Term, name: str) -> tuple[Term, ...]:
        """Return the values of a property of SHACL, by its local name."""
        return self.facts.get(node, {}).get(IRI(SH + name), ())

    def items(self, head: Term, *, of: Term) -> list[Term]:
        """Return the members of a list that belongs to a shape.

        :raises SyntaxProblem: if it is no list.
        """
        found: list[Term] = []
        seen = set()
        while head != _NIL:
            facts = self.facts.get(head, {})
            first, rest = facts.get(_FIRST, ()), facts.get(_REST, ())
            if head in seen or len(first) != 1 or len(rest) != 1:
                raise self.refusal(of, "has a list that does not end", "write it as ( … )")
            seen.add(head)
            found.append(first[0])
            head = rest[0]
        return found

    def name(self, shape: Term) -> str:
        """Return the CURIE of a shape, or of the shape that a nameless one belongs to."""
        seen = set()
        while not isinstance(shape, IRI):
            if shape in seen or shape not in self._parents:
                return "shape"
            seen.add(shape)
            shape = self._parents[shape]
        return compress(shape.value)

    def names(self) -> list[str]:
        """Return the names of all node shapes."""
        return sorted(
            {self.name(node) for node, facts in self.facts.items() if _is_shape(node, facts)}
        )

    def message(self, shape: Term) -> str:
        """Return what a shape says of its violations, in English if it can; else nothing."""
        texts = [text for text in self.values(shape, "message") if isinstance(text, Literal)]
        texts.sort(
            key=lambda text: (text.language[:2] not in {"", "en"}, text.language, text.value)
        )
        return texts[0].value if texts else ""

    def severity(self, shape: Term) -> str:
        """Return the local name of a shape's severity; Violation, if it says nothing."""
        found = self.values(shape, "severity")
        return str(found[0]).removeprefix(SH) if found else "Violation"

    def refusal(self, shape: Term, what: str, remedy: str) -> SyntaxProblem:
        """Return the error that a shape is not one that stikg can use."""
        return SyntaxProblem(
            f"the shape {self.name(shape)} {what}", where="ontology/shapes", remedy=remedy
        )


def _is_shape(node: Term, facts: Mapping[Term, tuple[Term, ...]]) -> bool:
    return isinstance(node, IRI) and NODE_SHAPE in facts.get(TYPE, ())


def shape_files(folder: Path) -> list[Path]:
    """Return the files of shapes, in the order of their names."""
    return sorted(folder.glob("*.ttl"))


def read_shapes(paths: Iterable[Path]) -> Shapes:
    """Return the shapes of files.

    :raises SyntaxProblem: if one does not parse, with its line.
    :raises InputError: if one cannot be read.
    """
    return Shapes(tuple(dict.fromkeys(triple for path in paths for triple in _triples(path))))


def _triples(path: Path) -> Iterator[Triple]:
    try:
        text = path.read_bytes()
    except OSError as cause:
        raise InputError(f"cannot be read: {cause.strerror}", where=str(path)) from cause
    where = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
    for subject, predicate, value, _ in parse(text, get_format("turtle"), where=where):
        yield subject, predicate, value
