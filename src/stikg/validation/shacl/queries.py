"""From shapes to queries: one that asks whether anything breaks a shape, one for each constraint.

Both go over all focus nodes of a shape at once. The first is asked of every shape; only where it
finds something are the others asked, which tell what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from stikg.terms import IRI, PREFIXES, Term
from stikg.validation.shacl.constraints import Compiler, Constraint, deactivated, enter
from stikg.validation.shacl.paths import path_text
from stikg.validation.shacl.scans import values_scan
from stikg.validation.shacl.shapes import CLASS, SH, SUBCLASS, TYPE, Shapes

_A: Final = f"<{PREFIXES['rdf']}type>"
_TARGETS: Final = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_FOCUS: Final = "?this"

LOOKUP: Final = 4
"""What looking a node up costs, in values that are read one after the other."""

Counter = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query whose rows are violations of one constraint.

    Its columns are ``this`` and, where the constraint tells them, ``value`` and ``path``.
    """

    text: str
    component: str
    shape: Term
    path: IRI | None
    about_focus: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A constraint, the shape that it belongs to, and the patterns of its focus nodes."""

    shape: Term
    constraint: Constraint
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """The queries of one shape: ``any`` is an ASK, true if one of ``each`` has rows."""

    name: str
    any: str
    each: tuple[Asked, ...]


def compile_shapes(compiler: Compiler, number: Counter | None = None) -> list[Compiled]:
    """Return the queries of every shape that has targets, by name of the shape.

    ``number`` tells how many solutions a pattern has: a shape of few things does not go over all
    values of its properties. Without it every shape does.

    :raises SyntaxProblem: if a shape uses what queries cannot do, or is no SHACL; with its name.
    """
    shapes = compiler.shapes
    found = []
    for shape in targeted(shapes):
        places = list(_places(compiler, shape, tuple(_targets(compiler, shape)), ()))
        places = [_quickest(place, number) for place in places] if number else places
        each = [_asked(shapes, place) for place in places]
        glances = [glance for place in _together(places) for glance in _groups(place, glance=True)]
        text = f"ASK {{ {' UNION '.join(glances) or 'FILTER(false)'} }}"
        found.append(Compiled(shapes.name(shape), text, tuple(each)))
    return sorted(found, key=lambda compiled: compiled.name)


def targeted(shapes: Shapes) -> list[Term]:
    """Return the shapes that say what they are about, but for those that are switched off."""
    return [
        node
        for node in shapes.facts
        if (any(shapes.values(node, name) for name in _TARGETS) or _is_class(shapes, node))
        and not deactivated(shapes, node)
    ]


def wanted_classes(shapes: Shapes) -> set[Term]:
    """Return the classes that shapes name, as targets or as what a value is."""
    named = {
        value for node in shapes.facts for name in ("class", "targetClass")
        for value in shapes.values(node, name)
    }  # fmt: skip
    return named | {node for node in shapes.facts if _is_class(shapes, node)}


def _is_class(shapes: Shapes, node: Term) -> bool:
    """Return whether a shape is a class too, whose instances are then its targets."""
    facts = shapes.facts[node]
    if not any(str(predicate).startswith(SH) for predicate in facts):
        return False
    kinds = facts.get(TYPE, ())
    return any(
        kind == CLASS or CLASS in shapes.facts.get(kind, {}).get(SUBCLASS, ()) for kind in kinds
    )


def _targets(compiler: Compiler, shape: Term) -> list[str]:
    """Return the patterns of a shape's focus nodes."""
    shapes = compiler.shapes
    if shapes.values(shape, "target"):
        raise shapes.refusal(shape, "uses sh:target", "use --engine pyshacl")
    classes = [*shapes.values(shape, "targetClass")]
    classes += [shape] if _is_class(shapes, shape) else []
    found = [
        f"{_FOCUS} {_A} {each.n3()} ."
        for name in classes
        for each in (compiler.classes.get(name) or (name,))
    ]
    nodes = shapes.values(shape, "targetNode")
    if nodes:
        found.append(f"VALUES {_FOCUS} {{ {' '.join(node.n3() for node in nodes)} }}")
    for prop in shapes.values(shape, "targetSubjectsOf"):
        found.append(f"{_FOCUS} {prop.n3()} ?target .")
    for prop in shapes.values(shape, "targetObjectsOf"):
        found.append(f"?target {prop.n3()} {_FOCUS} .")
    return list(dict.fromkeys(found))


def _places(
    compiler: Compiler, shape: Term, targets: tuple[str, ...], within: tuple[Term, ...]
) -> Iterator[_Place]:
    """Yield the constraints of a shape, and those of its properties."""
    shapes = compiler.shapes
    if deactivated(shapes, shape):
        return
    within = enter(shapes, shape, within)
    path = path_text(shapes, shape)
    for constraint in compiler.constraints(shape, _FOCUS, within):
        yield _Place(shape, constraint, targets)
    for inner in shapes.values(shape, "property"):
        if path_text(shapes, inner) is None:
            raise shapes.refusal(shape, "has a property shape without sh:path", "add sh:path to it")
        further = targets
        if path is not None:
            before = compiler.fresh()
            further = tuple(
                f"{target.replace(_FOCUS, before)} {before} {path} {_FOCUS} ." for target in targets
            )
        yield from _places(compiler, inner, further, within)


def _quickest(place: _Place, number: Counter) -> _Place:
    """Return a constraint without its scan, if looking up each focus node costs less."""
    scan = place.constraint.scan
    if scan is None:
        return place
    focused = sum(number(target) for target in place.targets)
    if focused * LOOKUP >= number(f"{_FOCUS} {scan.path} ?value"):
        return place
    return replace(place, constraint=replace(place.constraint, scan=None))


def _asked(shapes: Shapes, place: _Place) -> Asked:
    constraint = place.constraint
    about_focus = constraint.value == _FOCUS
    value, path = constraint.value, constraint.path
    if constraint.scan is not None:
        value, path = "?value" if value else "", ""
    told = [(variable, name) for variable, name in ((value, "?value"), (path, "?path")) if variable]
    head = [name if variable == name else f"({variable} AS {name})" for variable, name in told]
    columns = " ".join([_FOCUS, *([] if about_focus else head)])
    paths = shapes.values(place.shape, "path")
    return Asked(
        f"SELECT DISTINCT {columns} {{ {' UNION '.join(_groups(place))} }}",
        constraint.component,
        place.shape,
        paths[0] if paths and isinstance(paths[0], IRI) else None,
        about_focus,
    )


def _groups(place: _Place, *, glance: bool = False) -> list[str]:
    """Return the groups of a query whose solutions break a constraint."""
    constraint, scan = place.constraint, place.constraint.scan
    if scan is None:
        rest = f"{constraint.pattern} FILTER({constraint.test})"
        return [f"{{ {target} {rest} }}" for target in place.targets]
    targets = " UNION ".join(f"{{ {target} }}" for target in place.targets)
    before = scan.glance if glance and scan.glance else scan.before
    return [f"{{ {before} {targets} {scan.after} }}"]


def _together(places: list[_Place]) -> list[_Place]:
    """Return constraints with those that are tests of the same values made one.

    It is broken if any of them is; which, is not told.
    """
    alone: list[_Place] = []
    tests: dict[tuple[tuple[str, ...], str], list[_Place]] = {}
    for place in places:
        scan = place.constraint.scan
        if scan is None or not scan.test:
            alone.append(place)
        else:
            tests.setdefault((place.targets, scan.path), []).append(place)
    for (_, path), merged in tests.items():
        test = " && ".join(
            f"({place.constraint.scan.test})" for place in merged if place.constraint.scan
        )
        scan = values_scan(path, test)
        alone.append(replace(merged[0], constraint=replace(merged[0].constraint, scan=scan)))
    return alone
