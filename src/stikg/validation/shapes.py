"""Shapes: SHACL Core over the statements of a knowledge graph, by pySHACL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stikg.errors import InputError, SyntaxProblem
from stikg.serialisation.formats import get_format
from stikg.serialisation.reading import parse
from stikg.terms import IRI, PREFIXES, BlankNode, Literal, Term, Triple, compress
from stikg.validation.report import Finding, Severity
from stikg.validation.sources import Sources

if TYPE_CHECKING:
    from rdflib import Graph

_SH: Final = PREFIXES["sh"]
_SEVERITIES: Final = {"Warning": Severity.WARNING, "Info": Severity.INFO}
_REMEDIES: Final = {
    "MinCount": "add a {path}",
    "MaxCount": "keep one {path}, or say in which passages the others stand",
    "Datatype": "write a value of the right datatype after {path}",
    "Class": "name a thing of the right class, or give it that class in graph/reference",
    "NodeKind": "write the right kind of term after {path}",
    "In": "use one of the values that the shape lists",
    "Pattern": "write the value in the form that the shape demands",
    "LanguageIn": "give the text one of the languages that the shape lists",
    "UniqueLang": "keep one text in each language",
    "MinInclusive": "check the number",
    "MaxInclusive": "check the number",
    "Or": "use a value that one of the alternatives takes",
    "Closed": "remove {path}, or look for its right name in ontology/stikg.ttl",
}


def shape_files(folder: Path) -> list[Path]:
    """Return the files of shapes, in the order of their names."""
    return sorted(folder.glob("*.ttl"))


def shape_findings(
    triples: Iterable[Triple], shapes: Iterable[Path], sources: Sources
) -> tuple[list[Finding], list[str]]:
    """Return what violates the shapes, and the names of all shapes.

    :raises SyntaxProblem: if a file of shapes does not parse, or is no SHACL.
    """
    import pyshacl

    shapes_graph = _shapes_graph(shapes)
    try:
        _, results, _ = pyshacl.validate(
            _graph(triples), shacl_graph=shapes_graph, inference="none", advanced=False
        )
    except Exception as cause:  # pySHACL's errors have no common class
        raise SyntaxProblem(
            f"pySHACL cannot use the shapes: {cause}",
            where="ontology/shapes",
            remedy="mend the shape that the message names",
        ) from cause
    names = [_named(shapes_graph, shape) for shape in _node_shapes(shapes_graph)]
    return list(_findings(results, shapes_graph, sources)), names


def _graph(triples: Iterable[Triple]) -> Graph:
    from rdflib import Graph

    text = "".join(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in triples)
    return Graph().parse(data=text, format="nt")


def _shapes_graph(paths: Iterable[Path]) -> Graph:
    triples: list[Triple] = []
    for path in paths:
        try:
            text = path.read_bytes()
        except OSError as cause:
            raise InputError(f"cannot be read: {cause.strerror}", where=str(path)) from cause
        where = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
        triples.extend(quad[:3] for quad in parse(text, get_format("turtle"), where=where))
    return _graph(triples)


def _node_shapes(graph: Graph) -> list[Any]:
    from rdflib import RDF, URIRef

    return sorted(graph.subjects(RDF.type, URIRef(_SH + "NodeShape")))


def _findings(results: Any, shapes: Graph, sources: Sources) -> Iterator[Finding]:
    from rdflib import RDF, URIRef

    for result in results.subjects(RDF.type, URIRef(_SH + "ValidationResult")):
        facts = {
            str(predicate).removeprefix(_SH): value
            for predicate, value in results.predicate_objects(result)
        }
        focus, value = _term(facts.get("focusNode")), _term(facts.get("value"))
        path = facts.get("resultPath")
        file, line = _place(sources, focus, _term(path), value)
        component = str(facts["sourceConstraintComponent"]).removeprefix(_SH)
        yield Finding(
            _named(shapes, facts.get("sourceShape")),
            str(facts.get("resultMessage", f"violates {component}")),
            _SEVERITIES.get(str(facts["resultSeverity"]).removeprefix(_SH), Severity.ERROR),
            focus=focus,
            path=compress(str(path)) if isinstance(path, URIRef) else "",
            value=value,
            file=file,
            line=line,
            remedy=_remedy(component, path),
            component=f"sh:{component}",
        )


def _place(
    sources: Sources, focus: Term | None, path: Term | None, value: Term | None
) -> tuple[str, int | None]:
    return ("", None) if focus is None else sources.place(focus, path, value)


def _remedy(component: str, path: Any) -> str:
    template = _REMEDIES.get(component.removesuffix("ConstraintComponent"), "")
    return template.format(path=compress(str(path)) if path else "value")


def _named(shapes: Graph, shape: Any) -> str:
    """Return the CURIE of a shape, or of the node shape that a nameless one belongs to."""
    from rdflib import URIRef

    seen = set()
    while shape is not None and not isinstance(shape, URIRef) and shape not in seen:
        seen.add(shape)
        shape = next(shapes.subjects(None, shape), None)
    return compress(str(shape)) if isinstance(shape, URIRef) else "shape"


def _term(node: Any) -> Term | None:
    from rdflib import BNode, URIRef
    from rdflib import Literal as Lexical

    if isinstance(node, URIRef):
        return IRI(str(node))
    if isinstance(node, BNode):
        return BlankNode(str(node))
    if not isinstance(node, Lexical):
        return None
    if node.language:
        return Literal(str(node), language=node.language)
    return Literal(str(node), str(node.datatype)) if node.datatype else Literal(str(node))
