"""The JSON-LD context, which the ontology implies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from stikg.terms import IRI, ONTOLOGY, PREFIXES, BlankNode, Quad, Term

CONTEXT_FILE: Final = "context.jsonld"
"""Name of the JSON-LD context in the folder of the ontology."""

_OBJECT_PROPERTY: Final = IRI(PREFIXES["owl"] + "ObjectProperty")
_DATATYPE_PROPERTY: Final = IRI(PREFIXES["owl"] + "DatatypeProperty")
_RANGE: Final = IRI(PREFIXES["rdfs"] + "range")
_TYPE: Final = IRI(PREFIXES["rdf"] + "type")


def make_context(ontology: Iterable[Quad]) -> str:
    """Return the JSON-LD context that the ontology implies: prefixes, and a term per property.

    Object properties coerce their values to IRIs, datatype properties to their range.
    """
    found = list(ontology)
    ranges = {subject: value for subject, predicate, value, _ in found if predicate == _RANGE}
    terms: dict[str, object] = {prefix: PREFIXES[prefix] for prefix in PREFIXES}
    for subject, predicate, value, _ in sorted(found, key=lambda quad: str(quad[0])):
        if predicate != _TYPE or isinstance(subject, BlankNode):
            continue
        name = str(subject).removeprefix(ONTOLOGY)
        if not str(subject).startswith(ONTOLOGY) or name in PREFIXES:
            continue
        definition = _definition(subject, value, ranges)
        if definition is not None:
            terms[name] = definition
    return json.dumps({"@context": terms}, indent=2, ensure_ascii=False) + "\n"


def _definition(prop: Term, kind: Term, ranges: Mapping[Term, Term]) -> object:
    curie = "sti:" + str(prop).removeprefix(ONTOLOGY)
    if kind == _OBJECT_PROPERTY:
        return {"@id": curie, "@type": "@id"}
    if kind == _DATATYPE_PROPERTY:
        value_range = str(ranges.get(prop, ""))
        xsd = value_range.removeprefix(PREFIXES["xsd"])
        if value_range and xsd not in {"integer", "string"}:
            return {"@id": curie, "@type": f"xsd:{xsd}"}
        return {"@id": curie}
    return None


def read_context(ontology_folder: Path) -> Mapping[str, object]:
    """Return the committed JSON-LD context of an ontology folder."""
    text = (ontology_folder / CONTEXT_FILE).read_text(encoding="utf-8")
    context: Mapping[str, object] = json.loads(text)["@context"]
    return context
