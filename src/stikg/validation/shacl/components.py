"""The components that look at values: their class, their number, and other values beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from stikg.terms import PREFIXES, Term
from stikg.validation.shacl.combining import COMBINING
from stikg.validation.shacl.constraints import Compiler, Constraint, Maker
from stikg.validation.shacl.paths import path_text
from stikg.validation.shacl.scans import (
    class_scan,
    count_scan,
    languages_scan,
    missing_scan,
    scannable,
)
from stikg.validation.shacl.values import count, same

_A: Final = f"<{PREFIXES['rdf']}type>"


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
    number = count(c.shapes, shape, value)
    test = f"!({c.at_least(shape, number, node)})"
    path = path_text(c.shapes, shape)
    scan = missing_scan(path) if path and number == 1 and scannable(path) else None
    yield Constraint("MinCount", "", test, scan=scan)


def _max_count(c: Compiler, shape: Term, value: Term, node: str, _: object) -> Iterator[Constraint]:
    number = count(c.shapes, shape, value)
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


MAKERS: Final[Mapping[str, Maker]] = {
    "class": _class,
    "minCount": _min_count,
    "maxCount": _max_count,
    "hasValue": _has_value,
    "uniqueLang": _unique_lang,
    "equals": _equals,
    "disjoint": _disjoint,
    "lessThan": _less("LessThan", "<"),
    "lessThanOrEquals": _less("LessThanOrEquals", "<="),
    **COMBINING,
}
"""What makes the constraints of each parameter that is more than a test of one value."""
