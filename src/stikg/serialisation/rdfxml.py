"""RDF/XML: one description per subject, in order (RDF 1.1 XML Syntax)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from stikg.errors import InputError
from stikg.serialisation.blanknodes import canonical
from stikg.serialisation.order import natural_key, term_key
from stikg.serialisation.turtle import refuse_named_graphs
from stikg.terms import PREFIXES, XSD_STRING, BlankNode, Literal, Quad, Term, compress

_RDF: Final = PREFIXES["rdf"]
_LOCAL_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*\Z")
_RESERVED: Final = frozenset(
    {
        "RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype", "Description",
        "aboutEach", "aboutEachPrefix", "bagID", "li",
    }
)  # fmt: skip
"""Names of rdf: that are syntax, not properties (section 5.1)."""
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE: Final = _TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def write_rdfxml(quads: Iterable[Quad]) -> str:
    """Return statements of the default graph as RDF/XML.

    :raises InputError: if a statement is in a named graph, a property has no XML name, or a string
        has a character that XML cannot hold.
    """
    unique = canonical(quads)
    refuse_named_graphs(unique, "RDF/XML")
    subjects: dict[Term, dict[str, list[Term]]] = {}
    for subject, predicate, value, _ in unique:
        subjects.setdefault(subject, {}).setdefault(str(predicate), []).append(value)
    names = _names({str(predicate) for _, predicate, _, _ in unique})
    body = "".join(
        _description(subject, subjects[subject], names)
        for subject in sorted(subjects, key=term_key)
    )
    namespaces = {"rdf": _RDF} | {
        name.partition(":")[0]: namespace for name, namespace in names.values()
    }
    head = "".join(
        f'\n  xmlns:{prefix}="{namespace.translate(_ATTRIBUTE)}"'
        for prefix, namespace in sorted(namespaces.items())
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{head}>\n{body}</rdf:RDF>\n'


def _names(predicates: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the XML name and the namespace of each property."""
    names: dict[str, tuple[str, str]] = {}
    own: dict[str, str] = {}
    for predicate in sorted(predicates, key=natural_key):
        prefix, _, local = compress(predicate).partition(":")
        if prefix not in PREFIXES or not _LOCAL_NAME.match(local):
            longest = _LOCAL_NAME.search(predicate)
            local = longest[0] if longest else ""
            namespace = predicate.removesuffix(local)
            prefix = own.setdefault(namespace, f"ns{len(own) + 1}")
        if not local or (prefix == "rdf" and local in _RESERVED):
            raise InputError(
                f"RDF/XML has no name for the property {predicate}",
                remedy="write another format, such as Turtle",
            )
        names[predicate] = f"{prefix}:{local}", predicate.removesuffix(local)
    return names


def _description(
    subject: Term, about: dict[str, list[Term]], names: dict[str, tuple[str, str]]
) -> str:
    lines = [f"  <rdf:Description {_reference(subject, 'about')}>\n"]
    for predicate in sorted(
        about, key=lambda iri: (iri != _RDF + "type", natural_key(names[iri][0]))
    ):
        name = names[predicate][0]
        lines += [_property(name, value) for value in sorted(about[predicate], key=term_key)]
    return "".join(lines) + "  </rdf:Description>\n"


def _property(name: str, value: Term) -> str:
    if not isinstance(value, Literal):
        return f"    <{name} {_reference(value, 'resource')}/>\n"
    if _ILLEGAL.search(value.value):
        raise InputError(
            f"XML cannot hold a character of {value.n3()}",
            remedy="write another format, such as Turtle",
        )
    kind = ""
    if value.language:
        kind = f' xml:lang="{value.language}"'
    elif value.datatype != XSD_STRING:
        kind = f' rdf:datatype="{value.datatype.translate(_ATTRIBUTE)}"'
    return f"    <{name}{kind}>{value.value.translate(_TEXT)}</{name}>\n"


def _reference(term: Term, attribute: str) -> str:
    if isinstance(term, BlankNode):
        return f'rdf:nodeID="{term.label}"'
    return f'rdf:{attribute}="{str(term).translate(_ATTRIBUTE)}"'
