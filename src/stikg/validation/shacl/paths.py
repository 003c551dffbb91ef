"""Property paths (SHACL, section 2.3.1) as SPARQL writes them."""

from __future__ import annotations

from typing import Final

from stikg.terms import IRI, PREFIXES, Term
from stikg.validation.shacl.shapes import SH, Shapes

_FIRST: Final = IRI(PREFIXES["rdf"] + "first")
_SUFFIXES: Final = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


def path_text(shapes: Shapes, shape: Term) -> str | None:
    """Return the path of a property shape as SPARQL; None for a node shape.

    :raises SyntaxProblem: if the shape has several paths, or one that is none of SHACL.
    """
    paths = shapes.values(shape, "path")
    if not paths:
        return None
    if len(paths) > 1:
        raise shapes.refusal(shape, "has several paths", "write one sh:path")
    return _text(shapes, paths[0], shape)


def _text(shapes: Shapes, path: Term, shape: Term) -> str:
    if isinstance(path, IRI):
        return path.n3()
    facts = shapes.facts.get(path, {})
    if _FIRST in facts:
        return _joined(shapes, path, "/", shape)
    if len(facts) == 1:
        ((predicate, values),) = facts.items()
        name = str(predicate).removeprefix(SH)
        if name == "inversePath" and len(values) == 1:
            return f"^({_text(shapes, values[0], shape)})"
        if name in _SUFFIXES and len(values) == 1:
            return f"({_text(shapes, values[0], shape)}){_SUFFIXES[name]}"
        if name == "alternativePath" and len(values) == 1:
            return _joined(shapes, values[0], "|", shape)
    raise shapes.refusal(shape, "has a path that is none of SHACL", "see SHACL, section 2.3.1")


def _joined(shapes: Shapes, head: Term, sign: str, shape: Term) -> str:
    parts = [_text(shapes, item, shape) for item in shapes.items(head, of=shape)]
    if len(parts) < 2:
        raise shapes.refusal(shape, "has a path of fewer than two parts", "name the part itself")
    return f"({sign.join(parts)})"
