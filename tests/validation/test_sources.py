"""Which file fills which graph, and what a broken file says."""

from __future__ import annotations

import pytest

from stikg.errors import InputError, SyntaxProblem
from stikg.terms import IRI, PREFIXES
from stikg.validation import read_sources
from tests.fixtures.folders import CLAIMS, THINGS, Folder

MAPPINGS = "graph/mappings/organisations.sssom.tsv"
GRAPH = "https://w3id.org/stikg/graph/"


def test_each_file_fills_its_graph(tiny: Folder) -> None:
    graphs = {
        source.file: {str(quad[3]) for quad in source.quads} for source in read_sources(tiny.layout)
    }
    document = "https://w3id.org/stikg/document/tiny-2020/"
    assert graphs == {
        "ontology/stikg.ttl": {f"{GRAPH}ontology/stikg"},
        "ontology/schemes/stages.ttl": {f"{GRAPH}ontology/stages"},
        THINGS: {f"{GRAPH}reference/things"},
        MAPPINGS: {f"{GRAPH}mappings/organisations"},
        "graph/documents/tiny-2020/document.ttl": {f"{GRAPH}document/tiny-2020/document"},
        "graph/documents/tiny-2020/passages.ttl": {f"{GRAPH}document/tiny-2020/passages"},
        CLAIMS: {f"{document}1-p1", f"{document}1-p2", f"{document}1-p2/reading"},
    }


def test_a_mapping_is_a_statement(tiny: Folder) -> None:
    source = next(source for source in read_sources(tiny.layout) if source.file == MAPPINGS)
    assert source.quads == (
        (
            IRI("https://w3id.org/stikg/agency/acme"),
            IRI(PREFIXES["skos"] + "exactMatch"),
            IRI("https://ror.org/00097mb19"),
            IRI(f"{GRAPH}mappings/organisations"),
        ),
    )


def test_broken_trig_names_file_line_and_column(tiny: Folder) -> None:
    line = tiny.replace(CLAIMS, "sti:startYear 1999 .", "sti:startYear 1999 ; ; , .")
    with pytest.raises(SyntaxProblem) as caught:
        read_sources(tiny.layout)
    assert str(caught.value).startswith(f"{CLAIMS}:{line}:")


def test_missing_prefix_is_said_with_the_line_to_add(tiny: Folder) -> None:
    tiny.replace(CLAIMS, "PREFIX stage: <https://w3id.org/stikg/stage/>\n", "")
    with pytest.raises(SyntaxProblem) as caught:
        read_sources(tiny.layout)
    assert caught.value.where is not None
    assert caught.value.where.startswith(f"{CLAIMS}:20:")
    assert caught.value.remedy == "add at the top: PREFIX stage: <https://w3id.org/stikg/stage/>"


def test_blank_node_in_the_graph_is_refused(tiny: Folder) -> None:
    line = tiny.replace(CLAIMS, "territory:jp ;", "[] ;")
    with pytest.raises(SyntaxProblem) as caught:
        read_sources(tiny.layout)
    assert str(caught.value).startswith(f"{CLAIMS}:{line}:")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("object_id", "target_id", f"{MAPPINGS}:3: the table lacks the column object_id"),
        ("\tROR:00097mb19", "\t", f"{MAPPINGS}:4: the row has no object_id"),
        ("ROR:00097mb19", "NIX:00097mb19", f"{MAPPINGS}:4: 'NIX:00097mb19' is neither"),
        ("#curie_map:", "#curie_map: [", f"{MAPPINGS}:1: the comment above"),
    ],
)
def test_broken_mappings_name_their_line(tiny: Folder, old: str, new: str, message: str) -> None:
    tiny.replace(MAPPINGS, old, new)
    with pytest.raises(InputError) as caught:
        read_sources(tiny.layout)
    assert str(caught.value).startswith(message)


def test_place_prefers_the_statement_that_agrees_most(tiny: Folder) -> None:
    sources = read_sources(tiny.layout)
    rockets = IRI("https://w3id.org/stikg/programme/rockets")
    year = IRI("https://w3id.org/stikg/ontology/startYear")
    assert sources.place(rockets) == (THINGS, 13)
    assert sources.place(rockets, year) == (CLAIMS, 13)
    assert sources.place(rockets, IRI(PREFIXES["skos"] + "prefLabel")) == (THINGS, 14)
    assert sources.place(IRI("urn:nowhere")) == ("", None)
