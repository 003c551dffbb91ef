"""The canonical form of Turtle and TriG: same statements, same bytes, one change per line.

Only used prefixes, in the order of terms.PREFIXES; graphs, subjects and objects in natural order,
`a` first, then predicates by CURIE; a blank node stands where it is used, and has a label
only if it is used twice. No line breaks in strings, no comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from stikg.errors import InputError
from stikg.serialisation.blanknodes import Nesting, canonical
from stikg.serialisation.order import natural_key, term_key
from stikg.terms import IRI, PREFIXES, XSD, XSD_STRING, BlankNode, Quad, Term, compress

WIDTH: Final = 100
_STEP: Final = "    "
_TYPE: Final = IRI(PREFIXES["rdf"] + "type")
_FIRST: Final = IRI(PREFIXES["rdf"] + "first")
_REST: Final = IRI(PREFIXES["rdf"] + "rest")
_NIL: Final = IRI(PREFIXES["rdf"] + "nil")
_SHORT: Final = {
    XSD + "integer": re.compile(r"0|-?[1-9][0-9]*"),
    XSD + "decimal": re.compile(r"-?(?:0|[1-9][0-9]*)\.(?:0|[0-9]*[1-9])"),
    XSD + "boolean": re.compile(r"true|false"),
}
"""Lexical forms that no parser changes, so that they may stand without quotes."""

_Subjects = Mapping[Term, Mapping[Term, Sequence[Term]]]


def write_turtle(quads: Iterable[Quad]) -> str:
    """Return the canonical Turtle of statements of the default graph.

    :raises InputError: if a statement is in a named graph, which Turtle cannot say.

    >>> print(write_turtle([(IRI("urn:a"), _TYPE, IRI("https://schema.org/Country"), None)]))
    PREFIX schema: <https://schema.org/>
    <BLANKLINE>
    <urn:a> a schema:Country .
    <BLANKLINE>
    """
    unique = canonical(quads)
    refuse_named_graphs(unique, "Turtle")
    return _write(unique)


def write_trig(quads: Iterable[Quad]) -> str:
    """Return the canonical TriG of statements; those of the default graph come first.

    >>> from stikg.terms import Literal
    >>> print(write_trig([(IRI("urn:a"), IRI("urn:b"), Literal("c"), IRI("urn:g"))]))
    <urn:g> {
        <urn:a> <urn:b> "c" .
    }
    <BLANKLINE>
    """
    return _write(canonical(quads))


def refuse_named_graphs(quads: Iterable[Quad], title: str) -> None:
    """Raise InputError if a statement is in a named graph, for formats that have none."""
    for quad in quads:
        if quad[3] is not None:
            raise InputError(
                f"{title} holds no named graphs, and a statement is in {quad[3]}",
                remedy="write TriG, N-Quads or JSON-LD",
            )


def _write(quads: set[Quad]) -> str:
    graphs: dict[Term | None, dict[Term, dict[Term, list[Term]]]] = {}
    for subject, predicate, value, graph in quads:
        graphs.setdefault(graph, {}).setdefault(subject, {}).setdefault(predicate, []).append(value)
    nesting = Nesting(quads)
    names = _Names()
    blocks = []
    for graph in sorted(graphs, key=term_key):
        writer = _GraphWriter(graphs[graph], nesting, names)
        if graph is None:
            blocks += writer.blocks("")
        else:
            blocks.append(f"{names.of(graph)} {{\n{''.join(writer.blocks(_STEP))}}}\n")
    used = names.prefixes()
    head = [f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in PREFIXES if prefix in used]
    return "\n".join((["".join(head)] if head else []) + blocks)


class _Names:
    """The shortest way to write a term, and the prefixes that were needed for it."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def of(self, term: Term) -> str:
        """Return a term as Turtle writes it."""
        if isinstance(term, IRI):
            return "()" if term == _NIL else self._iri(term.value)
        if isinstance(term, BlankNode):
            return term.n3()
        if term.datatype in _SHORT and _SHORT[term.datatype].fullmatch(term.value):
            return term.value
        if term.language or term.datatype == XSD_STRING:
            return term.n3()
        return f"{term.n3().removesuffix(f'<{term.datatype}>')}{self._iri(term.datatype)}"

    def predicate(self, term: Term) -> str:
        """Return a predicate as Turtle writes it."""
        return "a" if term == _TYPE else self.of(term)

    def prefixes(self) -> set[str]:
        """Return the prefixes of all names that were returned."""
        return {name.partition(":")[0] for name in self._names.values()}

    def _iri(self, iri: str) -> str:
        return self._names.get(iri) or self._names.setdefault(iri, compress(iri))


class _GraphWriter:
    """Writes the subjects of one graph."""

    def __init__(self, subjects: _Subjects, nesting: Nesting, names: _Names) -> None:
        self._subjects = subjects
        self._nesting = nesting
        self._names = names
        self._flats: dict[Term, str] = {}

    def blocks(self, indent: str) -> list[str]:
        """Return a block for each subject that is not described where it is used."""
        tops = [term for term in self._subjects if term not in self._nesting.nested]
        anonymous = [term for term in tops if term in self._nesting.anonymous]
        named = sorted(set(tops) - set(anonymous), key=term_key)
        return [self._block(self._names.of(term), term, indent) for term in named] + sorted(
            self._block("[]", term, indent) for term in anonymous
        )

    def _block(self, head: str, subject: Term, indent: str) -> str:
        lines = self._lines(subject, indent + _STEP, len(indent) + len(head) + 1)
        return f"{indent}{head} {_join(lines, indent + _STEP)} .\n"

    def _about(self, node: Term) -> list[tuple[str, list[Term]]]:
        """Return the predicates of a node and their objects, in order."""
        predicates = self._subjects.get(node, {})
        names = {self._names.predicate(predicate): predicate for predicate in predicates}
        order = sorted(names, key=lambda name: (name != "a", natural_key(name)))
        return [(name, self._ordered(predicates[names[name]])) for name in order]

    def _lines(self, node: Term, indent: str, taken: int) -> list[str]:
        """Return predicates with their objects; the first starts in a column already taken."""
        lines: list[str] = []
        for name, values in self._about(node):
            start = len(indent) if lines else taken
            line = f"{name} {', '.join(map(self._flat, values))}"
            fits = start + len(line) + 2 <= WIDTH
            lines.append(line if fits else f"{name}{self._deep_values(values, indent)}")
        return lines

    def _ordered(self, values: Iterable[Term]) -> list[Term]:
        """Sort objects: by themselves, those in brackets after them by what is in the brackets."""
        nested = self._nesting.nested

        def key(value: Term) -> tuple[object, ...]:
            return (1, self._flat(value)) if value in nested else (0, term_key(value))

        return sorted(values, key=key)

    def _flat(self, value: Term) -> str:
        """Return an object on one line; what is in brackets is made once, not at each level."""
        if value not in self._nesting.nested:
            return self._names.of(value)
        if value not in self._flats:
            self._flats[value] = self._bracketed(value)
        return self._flats[value]

    def _bracketed(self, value: Term) -> str:
        items = self._items(value)
        if items is not None:
            return f"( {' '.join(map(self._flat, items))} )"
        about = " ; ".join(
            f"{name} {', '.join(map(self._flat, values))}" for name, values in self._about(value)
        )
        return f"[ {about} ]" if about else "[]"

    def _deep_values(self, values: Sequence[Term], indent: str) -> str:
        if len(values) == 1:
            return f" {self._deep(values[0], indent)}"
        inner = f"\n{indent}{_STEP}"
        return inner + f",{inner}".join(self._deep(value, indent + _STEP) for value in values)

    def _deep(self, value: Term, indent: str) -> str:
        """Return an object on as many lines as it needs."""
        flat = self._flat(value)
        if value not in self._nesting.nested or len(indent) + len(flat) + 2 <= WIDTH:
            return flat
        inner = indent + _STEP
        items = self._items(value)
        if items is not None:
            lines = [f"{inner}{self._deep(item, inner)}\n" for item in items]
            return f"(\n{''.join(lines)}{indent})"
        about = _join(self._lines(value, inner, len(inner)), inner)
        return f"[\n{inner}{about}\n{indent}]"

    def _items(self, node: Term) -> list[Term] | None:
        """Return the items of a list that can be written in parentheses, or None."""
        items = []
        while node != _NIL:
            about = self._subjects.get(node, {})
            first, rest = about.get(_FIRST, ()), about.get(_REST, ())
            if node not in self._nesting.nested or len(about) != 2 or len(first) * len(rest) != 1:
                return None
            items.append(first[0])
            node = rest[0]
        return items


def _join(lines: Sequence[str], indent: str) -> str:
    return f" ;\n{indent}".join(lines)
