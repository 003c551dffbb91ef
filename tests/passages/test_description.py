"""Passages in RDF: what is said of them, and that none of their words is."""

from __future__ import annotations

from stikg.passages import passage_tokens, passage_triples, segment
from stikg.terms import IRI, XSD, Literal, Term, Triple, expand

LAMPS = "https://w3id.org/stikg/document/lamps-2020"
TEXT = (
    "2.1 Lamps\n\nThe Lamp Society lights\n\n¹ See page 3.\n\nevery street.\n\n"
    "Table 4: Lamps\n\nJapan\t12\n"
)


def integer(value: int) -> Literal:
    return Literal(str(value), XSD + "integer")


def about(triples: list[Triple], local_name: str) -> dict[str, list[Term]]:
    subject = IRI(f"{LAMPS}/{local_name}")
    found: dict[str, list[Term]] = {}
    for node, predicate, value in triples:
        if node == subject:
            found.setdefault(str(predicate), []).append(value)
    return found


def test_a_passage_and_its_selector() -> None:
    triples = passage_triples("lamps-2020", TEXT)
    assert about(triples, "2.1-h") == {
        str(expand("rdf:type")): [expand("sti:Passage")],
        str(expand("dcterms:isPartOf")): [IRI(LAMPS)],
        str(expand("oa:hasSource")): [IRI(LAMPS)],
        str(expand("oa:hasSelector")): [IRI(f"{LAMPS}/2.1-h/selector")],
        str(expand("sti:section")): [Literal("2.1")],
        str(expand("sti:sectionTitle")): [Literal("Lamps")],
        str(expand("sti:passageKind")): [expand("kind:heading")],
        str(expand("sti:order")): [integer(1)],
        str(expand("sti:tokenCount")): [integer(3)],
        # printf '2 1 lamps' | sha256sum
        str(expand("sti:tokenDigest")): [
            Literal("24884d18fa0d1314c9e9f0d1b9c5cf23357a4348bb0753b8c363eece177254b6")
        ],
    }
    assert about(triples, "2.1-h/selector") == {
        str(expand("rdf:type")): [expand("oa:TextPositionSelector")],
        str(expand("oa:start")): [integer(0)],
        str(expand("oa:end")): [integer(9)],
    }


def test_a_broken_passage_has_its_parts_and_one_digest_over_all() -> None:
    triples = passage_triples("lamps-2020", TEXT)
    passage = about(triples, "2.1-p1")
    assert passage[str(expand("sti:part"))] == [
        IRI(f"{LAMPS}/2.1-p1/part-1"),
        IRI(f"{LAMPS}/2.1-p1/part-2"),
    ]
    assert passage[str(expand("sti:tokenCount"))] == [integer(6)]
    # printf 'the lamp society lights every street' | sha256sum
    assert passage[str(expand("sti:tokenDigest"))] == [
        Literal("1548586f913692106d83d339f513bafd52eabf59a192795c0c9af80aa9decd6b")
    ]
    whole = about(triples, "2.1-p1/selector")
    assert (whole[str(expand("oa:start"))], whole[str(expand("oa:end"))]) == (
        [integer(11)],
        [integer(64)],
    )
    assert about(triples, "2.1-p1/part-2") == {
        str(expand("rdf:type")): [expand("oa:TextPositionSelector")],
        str(expand("oa:start")): [integer(51)],
        str(expand("oa:end")): [integer(64)],
        str(expand("sti:tokenCount")): [integer(2)],
        # printf 'every street' | sha256sum
        str(expand("sti:tokenDigest")): [
            Literal("50c640df0e62bff71945540f84c9b15fa61bed8d3c3b9bcb40ed5aeddae64ce2")
        ],
    }


def test_a_row_knows_its_table() -> None:
    triples = passage_triples("lamps-2020", TEXT)
    assert about(triples, "t4-r1")[str(expand("sti:ofTable"))] == [IRI(f"{LAMPS}/t4")]
    assert str(expand("sti:ofTable")) not in about(triples, "2.1-p1")


def test_a_page_is_given_where_the_text_tells_it() -> None:
    triples = passage_triples("lamps-2020", "One.\n\fTwo.\n")
    assert about(triples, "front-p2")[str(expand("sti:page"))] == [integer(2)]
    assert str(expand("sti:page")) not in about(passage_triples("lamps-2020", "One."), "front-p1")


def test_the_printed_number_of_an_endnote_is_not_among_its_tokens() -> None:
    text = "Endnotes\n\n- A book. 1.\n- 2. A pen.\n- A lamp of 3. brass.\n"
    assert [passage_tokens(passage, text) for passage in segment(text)][1:] == [
        ["a", "book"],
        ["a", "pen"],
        ["a", "lamp", "of", "brass"],
    ]
    triples = passage_triples("lamps-2020", text)
    assert len(about(triples, "en3")[str(expand("sti:part"))]) == 2
    assert str(expand("sti:part")) not in about(triples, "en1")


def test_no_words_but_those_of_headings() -> None:
    values = {str(value) for _, _, value in passage_triples("lamps-2020", TEXT)}
    assert not any(word in value for value in values for word in ("street", "Society", "Japan"))
