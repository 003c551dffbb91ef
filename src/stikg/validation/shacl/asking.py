"""Shapes asked of a store: what violates them, by queries that go over all focus nodes at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Final

from stikg.store import Store
from stikg.terms import IRI, Term
from stikg.validation.shacl.components import MAKERS
from stikg.validation.shacl.constraints import Compiler
from stikg.validation.shacl.queries import Asked, compile_shapes, wanted_classes
from stikg.validation.shacl.shapes import SUBCLASS, TYPE, Shapes, Violation

_SUBCLASSES: Final = f"SELECT ?lower ?upper {{ ?lower {SUBCLASS.n3()} ?upper }}"


MOST_COUNTED: Final = 100_000
"""Solutions that are counted to choose between two forms of a query."""


def ask_shapes(store: Store, shapes: Shapes) -> Iterator[Violation]:
    """Yield what in a store's default graph violates shapes, as the store finds it.

    The same violation may come more than once. Numbers and dates have the form that the store
    keeps them in, which may be another than that of a file.

    :raises SyntaxProblem: if a shape uses what queries cannot do, or is no SHACL; with its name.
    """
    compiler = Compiler(shapes, _classes(store, wanted_classes(shapes)), MAKERS)
    number = cache(partial(_number, store))
    for compiled in compile_shapes(compiler, number):
        if store.ask(compiled.any):
            for asked in compiled.each:
                yield from _violations(store, asked)


def _violations(store: Store, asked: Asked) -> Iterator[Violation]:
    found = store.stream(asked.text)
    for row in found:
        cells = dict(zip(found.columns, row, strict=True))
        focus, path = cells["this"], cells.get("path", asked.path)
        if focus is not None:
            yield Violation(
                asked.shape,
                asked.component,
                focus,
                path if isinstance(path, IRI) else None,
                focus if asked.about_focus else cells.get("value"),
            )


def _number(store: Store, pattern: str) -> int:
    """Return the number of solutions of a pattern, at most MOST_COUNTED."""
    text = f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT * {{ {pattern} }} LIMIT {MOST_COUNTED} }} }}"
    (row,) = store.select(text).rows
    return int(str(row[0]))


def _classes(store: Store, wanted: Iterable[Term]) -> Mapping[Term, tuple[IRI, ...]]:
    """Return for each class those whose instances are its own (see ``Compiler``)."""
    lower: dict[Term, list[Term]] = {}
    for below, above in store.select(_SUBCLASSES).rows:
        if below is not None and above is not None:
            lower.setdefault(above, []).append(below)
    return {
        name: (
            name,
            *(each for each in _below(name, lower) if store.ask(_unnamed(each, name))),
        )
        for name in wanted
        if isinstance(name, IRI)
    }


def _below(name: Term, lower: Mapping[Term, list[Term]]) -> list[IRI]:
    """Return all subclasses of a class, of which each has a name, in order."""
    found: set[Term] = set()
    waiting = [name]
    while waiting:
        for each in lower.get(waiting.pop(), ()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return sorted(each for each in found - {name} if isinstance(each, IRI))


def _unnamed(lower: IRI, upper: IRI) -> str:
    """Return the question whether a thing of one class does not name the other."""
    return (
        f"ASK {{ ?x {TYPE.n3()} {lower.n3()} FILTER NOT EXISTS {{ ?x {TYPE.n3()} {upper.n3()} }} }}"
    )
