"""Shapes: SHACL Core over the statements of a knowledge graph, by queries or by pySHACL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

from stikg.errors import SyntaxProblem
from stikg.store import Store
from stikg.terms import Literal, Term, Triple, compress
from stikg.validation.report import Finding, Severity
from stikg.validation.shacl import Shapes, Violation, ask_pyshacl, ask_shapes
from stikg.validation.sources import Sources

_SEVERITIES: Final = {"Warning": Severity.WARNING, "Info": Severity.INFO}


class Engine(StrEnum):
    """What checks the shapes."""

    AUTO = "auto"
    """Queries; pySHACL for shapes that queries cannot do."""
    SPARQL = "sparql"
    PYSHACL = "pyshacl"


_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "MinCount": ("too few values", "add a {path}"),
    "MaxCount": ("too many values", "keep one {path}, or say in which passages the others stand"),
    "Datatype": (
        "a value of another datatype",
        "write a value of the right datatype after {path}",
    ),
    "Class": (
        "a thing of another class",
        "name a thing of the right class, or give it that class in graph/reference",
    ),
    "NodeKind": ("another kind of term", "write the right kind of term after {path}"),
    "In": ("a value that the shape does not list", "use one of the values that the shape lists"),
    "HasValue": ("a value that the shape demands is missing", "add it"),
    "Pattern": ("a value of another form", "write the value in the form that the shape demands"),
    "MinLength": ("a text that is too short", "write more"),
    "MaxLength": ("a text that is too long", "write less"),
    "LanguageIn": (
        "a text in another language",
        "give the text one of the languages that the shape lists",
    ),
    "UniqueLang": ("several texts in one language", "keep one text in each language"),
    "MinInclusive": ("a value that is too small", "check the number"),
    "MinExclusive": ("a value that is too small", "check the number"),
    "MaxInclusive": ("a value that is too large", "check the number"),
    "MaxExclusive": ("a value that is too large", "check the number"),
    "Equals": ("values of two properties differ", "give both properties the same values"),
    "Disjoint": ("two properties share a value", "take it from one of them"),
    "LessThan": ("a value that is not below that of the other property", "check both values"),
    "LessThanOrEquals": ("a value that is above that of the other property", "check both values"),
    "Not": ("it is what the shape rules out", "take away what makes it so"),
    "And": ("not all of the shapes that must fit do", "make every one of them fit"),
    "Or": ("none of the alternatives fits", "use a value that one of the alternatives takes"),
    "Xone": ("not exactly one of the alternatives fits", "make exactly one of them fit"),
    "Node": ("it does not fit the shape that it must", "look at the shape that this one names"),
    "QualifiedMinCount": ("too few values that fit", "add a {path} that fits"),
    "QualifiedMaxCount": ("too many values that fit", "keep fewer of them"),
    "Closed": (
        "a property that the shape does not list",
        "remove {path}, or look for its right name in ontology/stikg.ttl",
    ),
}
"""Component → what is wrong, where the shape itself does not say it; how it is mended."""


def shape_findings(
    store: Store,
    shapes: Shapes,
    sources: Sources | None,
    *,
    triples: Iterable[Triple] | None = None,
    engine: Engine = Engine.AUTO,
) -> list[Finding]:
    """Return what violates shapes.

    ``triples`` are the default graph of the store, where they are at hand.

    :raises SyntaxProblem: if the shapes are no SHACL, or more than the engine can do.
    """
    return [
        _finding(violation, shapes, sources)
        for violation in _violations(store, shapes, triples, engine)
    ]


def _violations(
    store: Store, shapes: Shapes, triples: Iterable[Triple] | None, engine: Engine
) -> list[Violation]:
    if engine is not Engine.PYSHACL:
        try:
            return list(ask_shapes(store, shapes))
        except SyntaxProblem:
            if engine is Engine.SPARQL or triples is None:
                raise
    return list(ask_pyshacl(_default_graph(store) if triples is None else triples, shapes))


def _default_graph(store: Store) -> Iterator[Triple]:
    return ((s, p, o) for s, p, o, graph in store.quads() if graph is None)


def _finding(violation: Violation, shapes: Shapes, sources: Sources | None) -> Finding:
    words, remedy = _WORDS.get(violation.component, ("it violates the shape", ""))
    value = violation.value
    file: str = ""
    line: int | None = None
    if sources is not None:
        value = _as_written(violation, sources)
        file, line = sources.place(violation.focus, violation.path, value)
    path = compress(violation.path.value) if violation.path else ""
    return Finding(
        shapes.name(violation.shape),
        shapes.message(violation.shape) or words,
        _SEVERITIES.get(shapes.severity(violation.shape), Severity.ERROR),
        focus=violation.focus,
        path=path,
        value=value,
        file=file,
        line=line,
        remedy=remedy.format(path=path or "value"),
        component=f"sh:{violation.component}ConstraintComponent",
    )


def _as_written(violation: Violation, sources: Sources) -> Term | None:
    """Return the value as a file has it: a store keeps 1.50 as 1.5."""
    value = violation.value
    if not isinstance(value, Literal):
        return value
    written = [
        quad[2]
        for source in sources
        for quad in source.about.get(violation.focus, ())
        if quad[1] == violation.path and isinstance(quad[2], Literal)
    ]
    same = (other for other in written if _key(other) == _key(value))
    return value if value in written else next(same, value)


def _key(literal: Literal) -> tuple[object, str, str]:
    return literal.to_python(), literal.datatype, literal.language
