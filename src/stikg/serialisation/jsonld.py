"""JSON-LD 1.1 with a context of prefixes and terms, the same bytes on every run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from stikg.errors import InputError
from stikg.serialisation.blanknodes import canonical
from stikg.serialisation.order import natural_key, term_key
from stikg.terms import PREFIXES, XSD, XSD_STRING, Literal, Quad, Term, compress

Json = str | int | bool | list["Json"] | dict[str, "Json"]
Context = Mapping[str, object]

_TYPE: Final = PREFIXES["rdf"] + "type"
_HARMLESS: Final = frozenset({"@version", "@protected"})
_SAFE_INTEGER: Final = 2**53
"""JSON numbers from here on may lose digits in a reader."""


def write_jsonld(quads: Iterable[Quad], *, context: Context | None = None) -> str:
    """Return a dataset as JSON-LD: one object per subject, named graphs after the default graph.

    The context is what stands in ``@context``: prefixes, and terms with ``@id`` and ``@type``. A
    property that has a term there is written with it, any other as a CURIE. Without a context the
    used prefixes are declared.

    :raises InputError: if the context sets something that would change what is said, for example
        ``@language`` or ``@container``.

    >>> from stikg.terms import IRI
    >>> print(write_jsonld([(IRI("urn:a"), IRI("urn:b"), Literal("c", language="en"), None)]))
    {
      "@context": {},
      "@graph": [
        {
          "@id": "urn:a",
          "urn:b": {
            "@language": "en",
            "@value": "c"
          }
        }
      ]
    }
    <BLANKLINE>
    """
    graphs: dict[Term | None, dict[Term, dict[Term, list[Term]]]] = {}
    for subject, predicate, value, graph in canonical(quads):
        graphs.setdefault(graph, {}).setdefault(subject, {}).setdefault(predicate, []).append(value)
    names = _Names.of(context)
    nodes: list[Json] = []
    for graph in sorted(graphs, key=term_key):
        described = [
            _node(subject, graphs[graph][subject], names)
            for subject in sorted(graphs[graph], key=term_key)
        ]
        if graph is None:
            nodes += described
        else:
            nodes.append({"@id": names.name(str(graph)), "@graph": described})
    head = names.used_prefixes() if context is None else context
    document = {"@context": head, "@graph": nodes}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True)
class _Names:
    """What a context calls things: prefixes, terms by IRI, and the types that terms imply."""

    prefixes: Mapping[str, str]
    terms: Mapping[str, str]
    coercions: Mapping[str, str]
    used: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, context: Context | None) -> _Names:
        """Read a context; without one, take the prefixes of the project."""
        if context is None:
            return cls(PREFIXES, {}, {})
        prefixes = {
            name: iri
            for name, iri in context.items()
            if isinstance(iri, str) and iri.endswith(("/", "#", ":")) and name[:1] != "@"
        }
        terms: dict[str, str] = {}
        coercions: dict[str, str] = {}
        for name in sorted(set(context) - set(prefixes) - _HARMLESS):
            iri, coercion = _definition(name, context[name])
            terms.setdefault(_expand(iri, prefixes), name)
            if coercion:
                coercions[name] = _expand(coercion, prefixes)
        return cls(prefixes, terms, coercions)

    def name(self, iri: str) -> str:
        """Return the CURIE of an IRI if the context has its prefix, else the IRI."""
        curie = compress(iri)
        prefix = curie.partition(":")[0]
        if prefix in PREFIXES and self.prefixes.get(prefix) == PREFIXES[prefix]:
            self.used.add(prefix)
            return curie
        return iri

    def key(self, predicate: str) -> str:
        """Return the key of a property."""
        return self.terms.get(predicate) or self.name(predicate)

    def used_prefixes(self) -> dict[str, str]:
        """Return the prefixes that were needed, in the order of the project's table."""
        return {prefix: PREFIXES[prefix] for prefix in PREFIXES if prefix in self.used}


def _definition(name: str, definition: object) -> tuple[str, str | None]:
    """Return the IRI of a term and the type that its values have."""
    if isinstance(definition, str) and not name.startswith("@"):
        return definition, None
    if isinstance(definition, Mapping) and set(definition) <= {"@id", "@type"}:
        iri, coercion = definition.get("@id", name), definition.get("@type")
        if isinstance(iri, str) and (coercion is None or isinstance(coercion, str)):
            return iri, coercion
    raise InputError(
        f"the JSON-LD context defines {name!r} in a way that is not supported",
        remedy="use prefixes, and terms that have @id and @type only",
    )


def _expand(name: str, prefixes: Mapping[str, str]) -> str:
    prefix, colon, local = name.partition(":")
    return prefixes[prefix] + local if colon and prefix in prefixes else name


def _node(subject: Term, about: Mapping[Term, list[Term]], names: _Names) -> Json:
    node: dict[str, Json] = {"@id": names.name(str(subject))}
    keyed: dict[str, list[Json]] = {}
    for predicate, values in about.items():
        ordered = sorted(values, key=term_key)
        types = [value for value in ordered if not isinstance(value, Literal)]
        if str(predicate) == _TYPE and len(types) == len(ordered):
            node["@type"] = _single([names.name(str(value)) for value in types])
            continue
        key = names.key(str(predicate))
        keyed[key] = [_value(value, names.coercions.get(key), names) for value in ordered]
    for key in sorted(keyed, key=natural_key):
        node[key] = _single(keyed[key])
    return node


def _value(value: Term, coercion: str | None, names: _Names) -> Json:
    if not isinstance(value, Literal):
        name = names.name(str(value))
        return name if coercion == "@id" else {"@id": name}
    if value.language:
        return {"@language": value.language, "@value": value.value}
    if coercion == value.datatype:
        return value.value
    if value.datatype == XSD_STRING:
        return value.value if coercion is None else {"@value": value.value}
    if coercion is None:
        native = _native(value)
        if native is not None:
            return native
    return {"@type": names.name(value.datatype), "@value": value.value}


def _native(value: Literal) -> int | bool | None:
    """Return the JSON value of a literal whose lexical form a reader restores exactly."""
    python = value.to_python()
    if value.datatype == XSD + "boolean" and value.value in {"true", "false"}:
        return value.value == "true"
    if value.datatype == XSD + "integer" and isinstance(python, int):
        return python if str(python) == value.value and abs(python) < _SAFE_INTEGER else None
    return None


def _single(values: list[Json]) -> Json:
    return values[0] if len(values) == 1 else values
