"""One door to all writers, by format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from stikg.serialisation.formats import Format
from stikg.serialisation.jsonld import Context, write_jsonld
from stikg.serialisation.lines import write_nquads, write_ntriples
from stikg.serialisation.rdfxml import write_rdfxml
from stikg.serialisation.turtle import write_trig, write_turtle
from stikg.terms import Quad

_WRITERS: Final[Mapping[str, Callable[[Iterable[Quad]], str]]] = MappingProxyType(
    {
        "turtle": write_turtle,
        "trig": write_trig,
        "ntriples": write_ntriples,
        "nquads": write_nquads,
        "rdfxml": write_rdfxml,
    }
)


def write(quads: Iterable[Quad], rdf_format: Format, *, context: Context | None = None) -> str:
    r"""Return statements in a format: the same statements, in any order, give the same bytes.

    The context is for JSON-LD; other formats do without.

    :raises InputError: if the format cannot say a statement, for example one of a named graph.

    >>> from stikg.serialisation.formats import get_format
    >>> from stikg.terms import IRI
    >>> write([(IRI("urn:a"), IRI("urn:b"), IRI("urn:c"), None)], get_format("ntriples"))
    '<urn:a> <urn:b> <urn:c> .\n'
    """
    if rdf_format.name == "jsonld":
        return write_jsonld(quads, context=context)
    return _WRITERS[rdf_format.name](quads)
