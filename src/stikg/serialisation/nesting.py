"""Texts whose nesting or prefixes take the engine's time and memory, refused before it reads them.

What nests deeply costs it the square of the depth in RDF/XML and JSON-LD, as do the terms of a
context and declared namespaces; triple terms within triple terms end the process.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final, NamedTuple

from stikg.errors import SyntaxProblem
from stikg.serialisation.formats import Format

MOST_LEVELS: Final = 200
"""Elements within elements, or objects and lists within such; no graph needs as many."""

MOST_NAMES: Final = 10_000
"""Terms of the contexts of an object, or namespaces that hold at one place."""

_TRIPLE_TERM: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"""|\'\'\'(?:[^\'\\]|\\.|\'{1,2}(?!\'))*+\'\'\''
    r'|"(?:[^"\\\n]|\\.)*+"|\'(?:[^\'\\\n]|\\.)*+\'|<[^\s<>]*>|#[^\n]*|(<<\()',
    re.DOTALL,
)

_NESTED: Final = re.compile(
    rb"(?:<<\(?\s*(?:(?:<[^<>\s]*>|[^<>\s\"'()]+)\s*){0,2}){%d}" % MOST_LEVELS
)


def has_deep_triple_terms(piece: bytes) -> bool:
    """Tell whether triple terms within triple terms stand in a piece of a text, very many.

    >>> has_deep_triple_terms(b"<e:s> <e:p> " + 300 * b"<<( <e:s> <e:p> ")
    True
    >>> has_deep_triple_terms(b'<e:s> <e:p> "<<( <<( <<(" .' * 300)
    False
    """
    return b"<<" in piece and _NESTED.search(piece) is not None


def refuse_nesting(data: bytes | str, rdf_format: Format, where: str) -> None:
    """Refuse a text that is nested too deeply, or that declares too many names.

    A text that is not well-formed passes: the engine says what is wrong with it.

    :raises SyntaxProblem: if it is; of XML and Turtle with the line.
    """
    if rdf_format.name == "jsonld":
        _refuse_json(data, where)
    elif rdf_format.name == "rdfxml":
        _refuse_xml(data, where)
    else:
        _refuse_triple_terms(data, where)


class _Level(NamedTuple):
    """What is kept of an object of JSON: how deep it is, and how many keys it has."""

    depth: int
    names: int


def _refuse_json(data: bytes | str, where: str) -> None:
    def level(value: Any) -> _Level:
        if isinstance(value, _Level):
            return value
        if not isinstance(value, list):
            return _Level(0, 0)
        inner = [level(item) for item in value]
        deepest = max((item.depth for item in inner), default=0)
        return _Level(1 + deepest, sum(item.names for item in inner))

    def enter(pairs: list[tuple[str, Any]]) -> _Level:
        levels = [(key, level(value)) for key, value in pairs]
        if any(key == "@context" and found.names > MOST_NAMES for key, found in levels):
            raise _many("a context has", where)
        depth = 1 + max((found.depth for _, found in levels), default=0)
        if depth > MOST_LEVELS:
            raise _deep(where)
        return _Level(depth, len(pairs))

    def drop(_: str) -> None:
        return None

    try:
        json.loads(data, object_pairs_hook=enter, parse_int=drop, parse_float=drop)
    except RecursionError as cause:
        raise _deep(where) from cause
    except ValueError:
        return


def _refuse_xml(data: bytes | str, where: str) -> None:
    from xml.parsers import expat

    parser = expat.ParserCreate()
    names: list[int] = []

    def enter(_: str, attributes: dict[str, str]) -> None:
        declared = sum(name.startswith("xmlns") for name in attributes)
        names.append(declared + (names[-1] if names else 0))
        if len(names) > MOST_LEVELS:
            raise _deep(f"{where}:{parser.CurrentLineNumber}")
        if names[-1] > MOST_NAMES:
            raise _many("the element has", f"{where}:{parser.CurrentLineNumber}")

    def leave(_: str) -> None:
        names.pop()

    parser.StartElementHandler, parser.EndElementHandler = enter, leave
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return


def _refuse_triple_terms(data: bytes | str, where: str) -> None:
    """Refuse many triple terms: none of them is a term of RDF 1.1, however few."""
    if data.count(b"<<(" if isinstance(data, bytes) else "<<(") <= MOST_LEVELS:  # type: ignore[arg-type]
        return
    text = data if isinstance(data, str) else data.decode("utf-8", "replace")
    for match in _TRIPLE_TERM.finditer(text):
        if match[1]:
            raise SyntaxProblem(
                "a triple term is a term of RDF 1.2",
                where=f"{where}:{text.count(chr(10), 0, match.start()) + 1}",
                remedy="write it with the terms of RDF 1.1",
            )


def _deep(where: str) -> SyntaxProblem:
    return SyntaxProblem(
        f"nested deeper than {MOST_LEVELS} levels",
        where=where,
        remedy="write it flatter: give things a name, and describe each at the top",
    )


def _many(what: str, where: str) -> SyntaxProblem:
    return SyntaxProblem(
        f"{what} more than {MOST_NAMES:,} names",
        where=where,
        remedy="declare only the names that are used",
    )
