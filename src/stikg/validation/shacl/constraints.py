"""From shapes to constraints: what matches where a node breaks one, as parts of a query.

A constraint is a graph pattern over the focus node, a test, and what the result tells. A node
conforms to a shape if nothing matches any of its constraints; so the same constraint serves a
query of its own and, inside EXISTS, the shapes that refer to its shape. Where that is possible
it has a second form (see ``Scan``) that is quicker over all focus nodes at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, count
from typing import Final

from stikg.terms import IRI, PREFIXES, Term
from stikg.validation.shacl.paths import path_text
from stikg.validation.shacl.scans import (
    Scan,
    class_scan,
    count_scan,
    languages_scan,
    missing_scan,
    scannable,
    values_scan,
)
from stikg.validation.shacl.shapes import SH, Shapes
from stikg.validation.shacl.values import TESTS, same
from stikg.validation.shacl.values import count as read_count

MOST_COUNTED: Final = 5
"""Values that a test compares with one another; a higher count is refused."""

_A: Final = f"<{PREFIXES['rdf']}type>"
_DESCRIPTIVE: Final = frozenset(
    {
        "path", "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "message",
        "severity", "deactivated", "name", "description", "order", "group", "defaultValue",
        "flags", "ignoredProperties", "qualifiedMinCount", "qualifiedMaxCount",
        "qualifiedValueShapesDisjoint", "property",
    }
)  # fmt: skip
"""What a shape says that is no constraint by itself."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """What breaks a shape: ``pattern`` and ``test`` match, once for each ``value``.

    ``value`` and ``path`` are variables of the pattern, or the focus node's, or nothing.
    """

    component: str
    pattern: str
    test: str
    value: str = ""
    path: str = ""
    scan: Scan | None = None

    @property
    def kept(self) -> str:
        """The expression that a focus node keeps the constraint."""
        if not self.pattern:
            return f"!({self.test})"
        return f"NOT EXISTS {{ {self.pattern} FILTER({self.test}) }}"


@dataclass(frozen=True)
class Compiler:
    """Makes constraints of shapes.

    ``classes`` has for each class the classes whose instances are its own: itself, and those of
    its subclasses of which some instance does not name it.
    """

    shapes: Shapes
    classes: Mapping[Term, Sequence[IRI]]
    _numbers: Iterator[int] = field(default_factory=count)

    def fresh(self) -> str:
        """Return a variable that nothing else uses."""
        return f"?v{next(self._numbers)}"

    def conforms(self, shape: Term, node: str, within: tuple[Term, ...] = ()) -> str:
        """Return the expression that a node conforms to a shape.

        :raises SyntaxProblem: if a shape is recursive, or uses what queries cannot do.
        """
        if deactivated(self.shapes, shape):
            return "true"
        within = enter(self.shapes, shape, within)
        tests = [constraint.kept for constraint in self.constraints(shape, node, within)]
        for inner in self.shapes.values(shape, "property"):
            test = self.value_test(shape, "", node, lambda v, q=inner: self.conforms(q, v, within))  # type: ignore[misc]
            tests.append(test.kept)
        return f"({' && '.join(tests)})" if tests else "true"

    def constraints(self, shape: Term, node: str, within: tuple[Term, ...]) -> list[Constraint]:
        """Return the constraints of a shape on a focus node, but for those of its properties.

        :raises SyntaxProblem: as ``conforms`` does.
        """
        found: list[Constraint] = []
        for predicate in self.shapes.facts.get(shape, {}):
            name = str(predicate).removeprefix(SH)
            if name == predicate.value or name in _DESCRIPTIVE:  # type: ignore[union-attr]
                continue
            if name not in _MAKERS and name not in TESTS:
                raise self.shapes.refusal(
                    shape, f"uses sh:{name}, which queries cannot do", "use --engine pyshacl"
                )
            for value in self.shapes.values(shape, name):
                found.extend(self._made(name, shape, value, node, within))
        return found

    def _made(
        self, name: str, shape: Term, value: Term, node: str, within: tuple[Term, ...]
    ) -> Iterator[Constraint]:
        if name in _MAKERS:
            yield from _MAKERS[name](self, shape, value, node, within)
            return
        component, test = TESTS[name]
        yield self.value_test(shape, component, node, lambda v: test(self.shapes, shape, value, v))

    def value_test(
        self, shape: Term, component: str, node: str, test: Callable[[str], str]
    ) -> Constraint:
        """Return the constraint that each value of a shape passes a test."""
        path = path_text(self.shapes, shape)
        if path is None:
            return Constraint(component, "", f"!({test(node)})", node)
        value = self.fresh()
        pattern = f"{node} {path} {value} ."
        scan = values_scan(path, test("?value")) if scannable(path) else None
        return Constraint(component, pattern, f"!({test(value)})", value, scan=scan)

    def at_least(
        self, shape: Term, number: int, node: str, test: Callable[[str], str] | None = None
    ) -> str:
        """Return the expression that a property shape has so many values (that pass a test)."""
        path = path_text(self.shapes, shape)
        if path is None:
            raise self.shapes.refusal(shape, "counts values, but has no sh:path", "add sh:path")
        if number > MOST_COUNTED:
            raise self.shapes.refusal(
                shape, f"counts to {number}, and queries to {MOST_COUNTED}", "use --engine pyshacl"
            )
        if not number:
            return "true"
        values = [self.fresh() for _ in range(number)]
        tests = [f"!sameTerm({a}, {b})" for a, b in combinations(values, 2)]
        tests += [test(value) for value in values] if test else []
        pattern = " ".join(f"{node} {path} {value} ." for value in values)
        return f"EXISTS {{ {pattern}{f' FILTER({_all(tests)})' if tests else ''} }}"


Maker = Callable[[Compiler, Term, Term, str, tuple[Term, ...]], Iterator[Constraint]]
"""Compiler, shape, parameter value, focus node, shapes around it → constraints."""


def _all(tests: Sequence[str]) -> str:
    return " && ".join(tests)


def deactivated(shapes: Shapes, shape: Term) -> bool:
    """Return whether a shape is switched off."""
    return any(str(value) in {"true", "1"} for value in shapes.values(shape, "deactivated"))


def enter(shapes: Shapes, shape: Term, within: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return the shapes that are around what a shape refers to.

    :raises SyntaxProblem: if the shape is around itself.
    """
    if shape in within:
        raise shapes.refusal(shape, "refers to itself", "SHACL leaves recursion undefined")
    return (*within, shape)


def class_test(compiler: Compiler, wanted: Term, node: str) -> str:
    """Return the expression that a node is an instance of a class."""
    classes = compiler.classes.get(wanted) or (wanted,)
    if len(classes) == 1:
        return f"EXISTS {{ {node} {_A} {classes[0].n3()} }}"
    kind = compiler.fresh()
    names = ", ".join(name.n3() for name in classes)
    return f"EXISTS {{ {node} {_A} {kind} FILTER({kind} IN ({names})) }}"


def _class(c: Compiler, shape: Term, value: Term, node: str, _: object) -> Iterator[Constraint]:
    found = c.value_test(shape, "Class", node, lambda v: class_test(c, value, v))
    path = path_text(c.shapes, shape)
    if path is not None and scannable(path):
        found = replace(found, scan=class_scan(path, c.classes.get(value) or (value,)))
    yield found


def _min_count(c: Compiler, shape: Term, value: Term, node: str, _: object) -> Iterator[Constraint]:
    number = read_count(c.shapes, shape, value)
    test = f"!({c.at_least(shape, number, node)})"
    path = path_text(c.shapes, shape)
    scan = missing_scan(path) if path and number == 1 and scannable(path) else None
    yield Constraint("MinCount", "", test, scan=scan)


def _max_count(c: Compiler, shape: Term, value: Term, node: str, _: object) -> Iterator[Constraint]:
    number = read_count(c.shapes, shape, value)
    test = c.at_least(shape, number + 1, node)
    path = path_text(c.shapes, shape)
    scan = count_scan(path, number) if path and scannable(path) else None
    yield Constraint("MaxCount", "", test, scan=scan)


def _has_value(c: Compiler, shape: Term, value: Term, node: str, _: object) -> Iterator[Constraint]:
    path = path_text(c.shapes, shape)
    found = same(node, value) if path is None else f"EXISTS {{ {node} {path} {value.n3()} }}"
    yield Constraint("HasValue", "", f"!({found})")


def _unique_lang(
    c: Compiler, shape: Term, value: Term, node: str, _: object
) -> Iterator[Constraint]:
    if str(value) not in {"true", "1"}:
        return
    path, a, b = path_text(c.shapes, shape), c.fresh(), c.fresh()
    test = f'LANG({a}) != "" && LCASE(LANG({a})) = LCASE(LANG({b})) && !sameTerm({a}, {b})'
    scan = languages_scan(path) if path and scannable(path) else None
    yield Constraint("UniqueLang", f"{node} {path} {a} . {node} {path} {b} .", test, scan=scan)


def _equals(c: Compiler, shape: Term, other: Term, node: str, _: object) -> Iterator[Constraint]:
    def has_other(value: str) -> str:
        return f"EXISTS {{ {node} {other.n3()} {value} }}"

    yield replace(c.value_test(shape, "Equals", node, has_other), scan=None)
    path, value = path_text(c.shapes, shape), c.fresh()
    found = f"sameTerm({value}, {node})" if path is None else f"EXISTS {{ {node} {path} {value} }}"
    yield Constraint("Equals", f"{node} {other.n3()} {value} .", f"!({found})", value)


def _disjoint(c: Compiler, shape: Term, other: Term, node: str, _: object) -> Iterator[Constraint]:
    found = c.value_test(
        shape, "Disjoint", node, lambda value: f"!EXISTS {{ {node} {other.n3()} {value} }}"
    )
    yield replace(found, scan=None)  # the test looks at the focus node too


def _less(component: str, sign: str) -> Maker:
    def make(c: Compiler, shape: Term, other: Term, node: str, _: object) -> Iterator[Constraint]:
        path, value, compared = path_text(c.shapes, shape), c.fresh(), c.fresh()
        pattern = f"{node} {path} {value} . {node} {other.n3()} {compared} ."
        yield Constraint(component, pattern, f"!COALESCE({value} {sign} {compared}, false)", value)

    return make


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
        return _all([f"({c.conforms(wanted, value, within)})", *against])

    for number in c.shapes.values(shape, "qualifiedMinCount"):
        least = read_count(c.shapes, shape, number)
        yield Constraint("QualifiedMinCount", "", f"!({c.at_least(shape, least, node, test)})")
    for number in c.shapes.values(shape, "qualifiedMaxCount"):
        most = read_count(c.shapes, shape, number) + 1
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


_MAKERS: Final[Mapping[str, Maker]] = {
    "class": _class,
    "minCount": _min_count,
    "maxCount": _max_count,
    "hasValue": _has_value,
    "uniqueLang": _unique_lang,
    "equals": _equals,
    "disjoint": _disjoint,
    "lessThan": _less("LessThan", "<"),
    "lessThanOrEquals": _less("LessThanOrEquals", "<="),
    "node": _node,
    "not": _not,
    "and": _logical("And", " && "),
    "or": _logical("Or", " || "),
    "xone": _logical("Xone", "+"),
    "qualifiedValueShape": _qualified,
    "closed": _closed,
}
