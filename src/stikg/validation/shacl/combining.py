"""The components that look at other shapes, or at the other properties of a shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from stikg.terms import IRI, Term
from stikg.validation.shacl.constraints import Compiler, Constraint, Maker
from stikg.validation.shacl.paths import path_text
from stikg.validation.shacl.values import count


def _node(
    c: Compiler, shape: Term, other: Term, node: str, within: tuple[Term, ...]
) -> Iterator[Constraint]:
    yield c.value_test(shape, "Node", node, lambda v: c.conforms(other, v, within))


def _not(
    c: Compiler, shape: Term, other: Term, node: str, within: tuple[Term, ...]
) -> Iterator[Constraint]:
    yield c.value_test(shape, "Not", node, lambda v: f"!({c.conforms(other, v, within)})")


def _logical(component: str, sign: str) -> Maker:
    def make(
        c: Compiler, shape: Term, head: Term, node: str, within: tuple[Term, ...]
    ) -> Iterator[Constraint]:
        others = c.shapes.items(head, of=shape)

        def test(value: str) -> str:
            parts = [f"({c.conforms(other, value, within)})" for other in others]
            if sign == "+":
                return f"({' + '.join(f'IF({part}, 1, 0)' for part in parts)}) = 1"
            return sign.join(parts)

        yield c.value_test(shape, component, node, test)

    return make


def _qualified(
    c: Compiler, shape: Term, wanted: Term, node: str, within: tuple[Term, ...]
) -> Iterator[Constraint]:
    def test(value: str) -> str:
        against = [
            f"!({c.conforms(other, value, within)})" for other in _siblings(c, shape, wanted)
        ]
        return " && ".join([f"({c.conforms(wanted, value, within)})", *against])

    for number in c.shapes.values(shape, "qualifiedMinCount"):
        least = count(c.shapes, shape, number)
        yield Constraint("QualifiedMinCount", "", f"!({c.at_least(shape, least, node, test)})")
    for number in c.shapes.values(shape, "qualifiedMaxCount"):
        most = count(c.shapes, shape, number) + 1
        yield Constraint("QualifiedMaxCount", "", c.at_least(shape, most, node, test))


def _siblings(c: Compiler, shape: Term, wanted: Term) -> list[Term]:
    """Return the shapes whose values do not count, where qualified shapes are disjoint."""
    if not any(str(v) == "true" for v in c.shapes.values(shape, "qualifiedValueShapesDisjoint")):
        return []
    found = {
        other
        for node in c.shapes.facts
        if shape in (properties := c.shapes.values(node, "property"))
        for sibling in properties
        for other in c.shapes.values(sibling, "qualifiedValueShape")
    }
    return sorted(found - {wanted}, key=lambda term: term.n3())


def _closed(c: Compiler, shape: Term, value: Term, node: str, _: object) -> Iterator[Constraint]:
    if str(value) not in {"true", "1"}:
        return
    allowed = {
        path
        for inner in c.shapes.values(shape, "property")
        for path in c.shapes.values(inner, "path")
        if isinstance(path, IRI)
    }
    for head in c.shapes.values(shape, "ignoredProperties"):
        allowed.update(item for item in c.shapes.items(head, of=shape) if isinstance(item, IRI))
    names = ", ".join(sorted(item.n3() for item in allowed))
    path, subject = path_text(c.shapes, shape), node
    pattern = ""
    if path is not None:
        subject = c.fresh()
        pattern = f"{node} {path} {subject} . "
    prop, found = c.fresh(), c.fresh()
    test = f"{prop} NOT IN ({names})"
    yield Constraint("Closed", f"{pattern}{subject} {prop} {found} .", test, found, prop)


COMBINING: Final[Mapping[str, Maker]] = {
    "node": _node,
    "not": _not,
    "and": _logical("And", " && "),
    "or": _logical("Or", " || "),
    "xone": _logical("Xone", "+"),
    "qualifiedValueShape": _qualified,
    "closed": _closed,
}
"""What makes the constraints of each parameter that combines shapes."""
