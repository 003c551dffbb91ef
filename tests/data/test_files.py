"""The files: canonical, nothing dangling, every passage spoken for, every reading explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from stikg.layout import Layout
from stikg.serialisation import format_file
from stikg.terms import BASE, IRI, ONTOLOGY, Term, expand
from tests.data.support import TYPE, Graph, at, is_reading, name, none_of, passage_of, show

GRAPHS = f"{BASE}graph/"
REASON = expand("sti:reason")
SILENT = expand("sti:silentAs")


@pytest.fixture(scope="module")
def passages_of_files(graph: Graph) -> set[Term]:
    return set(graph.of_class("sti:Passage"))


def test_files_are_canonical(layout: Layout) -> None:
    files = [
        path
        for folder in (layout.ontology, layout.graph)
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".ttl", ".trig"}
    ]
    assert files
    none_of(
        f"{path.relative_to(layout.root)} is not in canonical form: run stikg format"
        for path in files
        if not format_file(path, check=True)
    )


def test_no_iri_dangles(graph: Graph) -> None:
    homes = home_files(graph)

    def dangling() -> Iterator[str]:
        for file, quad in graph.claims:
            for term in quad[:3]:
                if is_ours(term) and term not in graph.classes:
                    prefix = name(term).partition(":")[0]
                    home = homes.get(prefix, "a file of graph/reference")
                    yield (
                        f"{at(file, quad)}: {name(term)} is declared nowhere: write it as a thing "
                        f"of the same name has it, or give it class and skos:prefLabel in {home}"
                    )
        for file in graph.curated_files:
            for quad in file.quads:
                for term in quad[:3]:
                    if is_ours(term) and term not in graph.classes:
                        yield f"{at(file, quad)}: {name(term)} is declared nowhere: declare it"

    none_of(dict.fromkeys(dangling()))


def is_ours(term: Term | None) -> bool:
    """Tell whether an IRI has to be declared by a file of the graph or the ontology."""
    text = str(term)
    if not isinstance(term, IRI) or text == ONTOLOGY or text.startswith(GRAPHS):
        return False
    return text.startswith(BASE) and not is_reading(term)


def home_files(graph: Graph) -> dict[str, str]:
    """Return the file in which most things with a prefix are described."""
    counts: dict[str, Counter[str]] = {}
    for file in graph.curated_files:
        for subject, predicate, _, _ in file.quads:
            if predicate == TYPE:
                prefix = name(subject).partition(":")[0]
                counts.setdefault(prefix, Counter())[file.file] += 1
    return {prefix: files.most_common(1)[0][0] for prefix, files in counts.items()}


def test_every_claim_lies_in_a_passage(graph: Graph, passages_of_files: set[Term]) -> None:
    assert passages_of_files
    none_of(
        f"{at(file, quad)}: {show(quad)} stands in {name(quad[3]) if quad[3] else 'no graph'}: "
        "write it inside the passage that makes it; graph/documents/*/passages.ttl lists them"
        for file, quad in graph.claims
        if passage_of(quad[3]) not in passages_of_files
    )


def test_every_passage_is_in_the_folder_of_its_document(graph: Graph) -> None:
    none_of(
        f"{at(file, quad)}: {name(quad[3])} belongs to another document than {file.document}: "
        "move the block to a file of its own document"
        for file, quad in graph.claims
        if not str(quad[3]).startswith(f"{BASE}document/{file.document}/")
    )


def test_every_passage_has_statements_or_says_why_not(
    graph: Graph, passages_of_files: set[Term]
) -> None:
    speaking = {passage_of(quad[3]) for _, quad in graph.claims}
    silent = {quad[0]: quad[2] for quad in graph.quads if quad[1] == SILENT}
    none_of(
        f"graph/reference/silent-passages.ttl: {name(passage)} has no statement: encode it in "
        f"graph/documents, or say why not: {name(passage)} sti:silentAs kind:… ."
        for passage in sorted(passages_of_files, key=str)
        if passage not in speaking and passage not in silent
    )
    none_of(
        f"{graph.place(passage, 'sti:silentAs')}: {name(passage)} has statements: delete this line"
        for passage in silent
        if passage in speaking
    )
    none_of(
        f"{graph.place(passage, 'sti:silentAs')}: {name(passage)} is no passage: delete this line"
        for passage in silent
        if passage not in passages_of_files
    )


def test_every_reading_has_a_reason_and_something_to_explain(graph: Graph) -> None:
    reasons = {str(quad[3]) for _, quad in graph.claims if quad[1] == REASON}
    read = {str(q[3]): (file, q) for file, q in graph.claims if q[1] != REASON and is_reading(q[3])}
    none_of(
        f'{at(file, quad)}: {reading} says not why: add <{reading}> sti:reason "…"@en .'
        for reading, (file, quad) in read.items()
        if reading not in reasons
    )
    none_of(
        f"{graph.place(IRI(reading))}: {reading} explains no statement: delete the block"
        for reading in sorted(reasons - read.keys())
    )
    none_of(
        f"{at(file, quad)}: a reason stands with its reading: <{quad[3]}> sti:reason …"
        for file, quad in graph.claims
        if quad[1] == REASON and quad[0] != quad[3]
    )


def test_what_a_passage_states_is_not_also_read(graph: Graph) -> None:
    stated = {quad for _, quad in graph.claims if not is_reading(quad[3])}
    none_of(
        f"{at(file, quad)}: {show(quad)} is stated by {name(passage_of(quad[3]))} itself: delete "
        "it from the reading, or from the passage"
        for file, quad in graph.claims
        if is_reading(quad[3]) and (*quad[:3], passage_of(quad[3])) in stated
    )
