"""What must hold of the files themselves, before any shape can be asked.

SHACL sees neither files nor which graph a statement stands in, and takes a misspelt property for a
property that nobody uses. Each rule below is a function from the sources to findings, named after
its violation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from typing import Final

from stikg.terms import BASE, IRI, ONTOLOGY, PREFIXES, Literal, Quad, Term, compress
from stikg.validation.lexical import lexical_problem
from stikg.validation.report import Finding, Severity
from stikg.validation.sources import GRAPH, READING, Source, Sources

Rule = Callable[[Sources], Iterator[Finding]]

_TYPE: Final = IRI(PREFIXES["rdf"] + "type")
_PASSAGE: Final = IRI(ONTOLOGY + "Passage")
_REASONS: Final = frozenset({IRI(ONTOLOGY + "reason"), IRI(PREFIXES["rdfs"] + "comment")})
_ONTOLOGY_FOLDER: Final = "ontology/"


def structural_findings(sources: Sources) -> Iterator[Finding]:
    """Yield what each rule finds."""
    for rule in RULES.values():
        yield from rule(sources)


def undeclared_terms(sources: Sources) -> Iterator[Finding]:
    """Find terms of the ontology's namespace that the ontology does not declare."""
    declared = _declared(sources)
    ours = sorted(term.value for term in declared if term.value.startswith(ONTOLOGY))
    for source in sources:
        for term, quad in _first_uses(source):
            if term.value.startswith(ONTOLOGY) and term not in declared:
                yield _finding(
                    "undeclared-term",
                    source,
                    quad,
                    message=f"the ontology has no term {compress(term.value)}",
                    remedy=_suggest(term, ours) or "declare it in ontology/stikg.ttl",
                )


def undeclared_outside_terms(sources: Sources) -> Iterator[Finding]:
    """Find classes and properties of other vocabularies that the ontology does not take up."""
    declared = _declared(sources)
    names = sorted(term.value for term in declared)
    for source in sources:
        if source.file.startswith(_ONTOLOGY_FOLDER):
            continue
        seen: set[Term] = set()
        for quad in source.quads:
            term = quad[2] if quad[1] == _TYPE else quad[1]
            if term in seen or term in declared or term == _TYPE or not isinstance(term, IRI):
                continue
            seen.add(term)
            if not term.value.startswith(ONTOLOGY):
                yield _finding(
                    "undeclared-outside-term",
                    source,
                    quad,
                    message=f"the ontology does not take up {compress(term.value)}",
                    remedy=_suggest(term, names) or "declare it in ontology/stikg.ttl",
                    severity=Severity.WARNING,
                )


def undeclared_things(sources: Sources) -> Iterator[Finding]:
    """Find things of ours that are named but that no file gives a class."""
    declared = {quad[0] for source in sources for quad in source.quads if quad[1] == _TYPE}
    names = sorted(str(term) for term in declared if str(term).startswith(BASE))
    for source in sources:
        for term, quad in _first_uses(source):
            if _is_thing(term) and term not in declared:
                yield _finding(
                    "undeclared-thing",
                    source,
                    quad,
                    message=f"{compress(term.value)} is named here, but nowhere given a class",
                    remedy=_suggest(term, names)
                    or "declare it in graph/reference: class and skos:prefLabel",
                )


def foreign_graphs(sources: Sources) -> Iterator[Finding]:
    """Find graphs of a .trig file that are no passage of its document, nor a passage's reading."""
    passages = _passages(sources)
    for source in _claims(sources):
        known = passages.get(source.document, frozenset())
        for graph, quad in _by_graph(source).items():
            if graph is not None and _passage_of(graph) not in known:
                yield _finding(
                    "graph-without-passage",
                    source,
                    quad,
                    message=f"{graph.n3()} is no passage of {source.document}",
                    remedy=_suggest(graph, sorted(passage.value for passage in known))
                    or f"look it up in graph/documents/{source.document}/passages.ttl, "
                    f"or write that file with: stikg passages {source.document}",
                )


def statements_outside_passages(sources: Sources) -> Iterator[Finding]:
    """Find statements of a .trig file that stand in no graph."""
    for source in _claims(sources):
        for quad in source.quads:
            if quad[3] is None:
                yield _finding(
                    "statement-outside-passage",
                    source,
                    quad,
                    message="a claim of a document stands in no passage",
                    remedy="write it inside the passage that makes it: uuki:2.4-p1 { … }",
                )


def readings_without_reason(sources: Sources) -> Iterator[Finding]:
    """Find readings that do not say why the passage was read so."""
    for source in _claims(sources):
        reasons = {quad[3] for quad in source.quads if quad[1] in _REASONS and quad[0] == quad[3]}
        for graph, quad in _by_graph(source).items():
            if graph is not None and graph.value.endswith(READING) and graph not in reasons:
                yield _finding(
                    "reading-without-reason",
                    source,
                    quad,
                    message=f"{graph.n3()} does not say why the passage is read so",
                    remedy=f'add to it: {graph.n3()} sti:reason "why, in a few words"@en .',
                )


def ill_typed_literals(sources: Sources) -> Iterator[Finding]:
    """Find literals whose text is none of their datatype's."""
    for source in sources:
        for quad in source.quads:
            if isinstance(quad[2], Literal) and (problem := lexical_problem(quad[2])):
                yield _finding(
                    "ill-typed-literal",
                    source,
                    quad,
                    message=f"{quad[2].value!r} is no {compress(quad[2].datatype)}",
                    remedy=problem,
                )


RULES: Final[dict[str, Rule]] = {
    "undeclared-term": undeclared_terms,
    "undeclared-outside-term": undeclared_outside_terms,
    "undeclared-thing": undeclared_things,
    "graph-without-passage": foreign_graphs,
    "statement-outside-passage": statements_outside_passages,
    "reading-without-reason": readings_without_reason,
    "ill-typed-literal": ill_typed_literals,
}
"""Every structural rule by the name of its violation."""


def _finding(
    check: str,
    source: Source,
    quad: Quad,
    *,
    message: str,
    remedy: str,
    severity: Severity = Severity.ERROR,
) -> Finding:
    subject, predicate, value, graph = quad
    in_file = None if source.path.suffix != ".trig" else str(graph or "")
    return Finding(
        check,
        message,
        severity,
        focus=subject,
        path=compress(str(predicate)),
        value=value,
        file=source.file,
        line=source.line(subject, predicate=predicate, value=value, graph=in_file),
        remedy=remedy,
    )


def _declared(sources: Sources) -> frozenset[IRI]:
    """Everything that an ontology file describes; the ontology's own IRI stands for its terms."""
    return frozenset(
        term
        for source in sources
        if source.file.startswith(_ONTOLOGY_FOLDER)
        for term in source.about
        if isinstance(term, IRI)
    ) | {IRI(ONTOLOGY)}


def _first_uses(source: Source) -> Iterable[tuple[IRI, Quad]]:
    """Return each IRI of a file with the first statement that uses it."""
    uses: dict[IRI, Quad] = {}
    for quad in source.quads:
        for term in quad[:3]:
            if isinstance(term, IRI):
                uses.setdefault(term, quad)
    return uses.items()


def _is_thing(term: IRI) -> bool:
    return (
        term.value.startswith(BASE)
        and not term.value.startswith((ONTOLOGY, GRAPH))
        and not term.value.endswith(READING)
    )


def _claims(sources: Sources) -> Iterator[Source]:
    return (source for source in sources if source.path.suffix == ".trig")


def _passages(sources: Sources) -> dict[str, frozenset[IRI]]:
    found: dict[str, set[IRI]] = {}
    for source in sources:
        for subject, predicate, value, _ in source.quads:
            if predicate == _TYPE and value == _PASSAGE and isinstance(subject, IRI):
                found.setdefault(source.document, set()).add(subject)
    return {document: frozenset(passages) for document, passages in found.items()}


def _passage_of(graph: IRI) -> IRI:
    return IRI(graph.value.removesuffix(READING))


def _by_graph(source: Source) -> dict[IRI | None, Quad]:
    """Return the graphs of a file, each with its first statement."""
    first: dict[IRI | None, Quad] = {}
    for quad in source.quads:
        if quad[3] is None or isinstance(quad[3], IRI):
            first.setdefault(quad[3], quad)
    return first


def _suggest(term: IRI, known: list[str]) -> str:
    """Return "did you mean …?" with the nearest IRI of the same namespace, or ""."""
    namespace, _, local = term.value.rpartition("/")
    names = {
        other.rpartition("/")[2]: other for other in known if other.rpartition("/")[0] == namespace
    }
    near = get_close_matches(local, names, n=1, cutoff=0.7)
    return f"did you mean {compress(names[near[0]])}?" if near else ""
