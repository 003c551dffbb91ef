"""From shapes to constraints: what matches where a node breaks one, as parts of a query.

A constraint is a graph pattern over the focus node, a test, and what the result tells. A node
conforms to a shape if nothing matches any of its constraints; so the same constraint serves a
query of its own and, inside EXISTS, the shapes that refer to its shape. Where that is possible
it has a second form (see ``Scan``) that is quicker over all focus nodes at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, count
from typing import Final

from stikg.terms import IRI, Term
from stikg.validation.shacl.paths import path_text
from stikg.validation.shacl.scans import Scan, scannable, values_scan
from stikg.validation.shacl.shapes import SH, Shapes
from stikg.validation.shacl.values import TESTS

MOST_COUNTED: Final = 5
"""Values that a test compares with one another; a higher count is refused."""

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
    its subclasses of which some instance does not name it. ``makers`` has for each parameter of a
    component what makes its constraints.
    """

    shapes: Shapes
    classes: Mapping[Term, Sequence[IRI]]
    makers: Mapping[str, Maker]
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
            if name not in self.makers and name not in TESTS:
                raise self.shapes.refusal(
                    shape, f"uses sh:{name}, which queries cannot do", "use --engine pyshacl"
                )
            for value in self.shapes.values(shape, name):
                found.extend(self._made(name, shape, value, node, within))
        return found

    def _made(
        self, name: str, shape: Term, value: Term, node: str, within: tuple[Term, ...]
    ) -> Iterator[Constraint]:
        if name in self.makers:
            yield from self.makers[name](self, shape, value, node, within)
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
