"""Statements that the words of a passage bear out, and planted ones that they do not."""

from __future__ import annotations

import pytest

from stikg.evidence import DescribedPassage, Extent, ground
from stikg.evidence.grounding import Grounding
from stikg.terms import IRI, XSD, Literal, Quad, Term, Triple, expand

NOWHERE = Extent(0, 0, 0, "")
TEXTS = {
    "2-h": ("2", "heading", "2. Lamps in Japan"),
    "2-p1": ("2", "paragraph", "The Lamp Agency (LA) lit 1.2 million lamps in FY2018–19."),
    "2-p2": (
        "2",
        "paragraph",
        "It is up to us: two-thirds of the <u>Bright Fibres</u>\nProgramme’s £19 billion\u2009",
    ),
    "2-l1": ("2", "list-item", "- Wind and solar lamps, from April"),
    "3-p1": ("3", "paragraph", "Elsewhere the USA burns oil."),
    "t1": ("3", "caption", "TABLE 1: LAMPS, IN THOUSANDS, 2020"),
    "t1-r1": ("3", "table-row", "Country\tLamps"),
    "t1-r2": ("3", "table-row", "Norway\t5.5"),
    "fn1": ("3", "footnote", "¹ <u>https://lamps.example/atlas.pdf</u>"),
}
PASSAGES = [
    DescribedPassage(expand(f"uuki:{name}").value, section, "", kind, order, NOWHERE)
    for order, (name, (section, kind, _)) in enumerate(TEXTS.items())
]
WORDS = {expand(f"uuki:{name}").value: text for name, (_, _, text) in TEXTS.items()}
NAMES = {
    "agency:la": ("Lamp Agency", "LA"),
    "territory:jp": ("Japan",),
    "territory:us": ("United States", "US", "USA"),
    "territory:no": ("Norway",),
    "programme:bright": ("Bright Fiber Program (BFP)",),
    "technology:wind-lamps": ("Wind lamps",),
    "organisation:wind-lamps": ("Wind lamps",),
    "report:atlas": ("Atlas of lamps",),
    "sector:oil": ("Oils",),
}
GENERAL: list[Quad] = [
    *(
        (expand(thing), expand("skos:prefLabel"), Literal(name, language="en"), None)
        for thing, names in NAMES.items()
        for name in names
    ),
    (expand("territory:jp"), expand("skos:prefLabel"), Literal("日本", language="ja"), None),
    (expand("uuki:t1-r1"), expand("sti:ofTable"), expand("uuki:t1"), None),
    (expand("uuki:t1-r2"), expand("sti:ofTable"), expand("uuki:t1"), None),
]


def check(passage: str, *triples: Triple) -> Grounding:
    claims: list[Quad] = [(*triple, expand(f"uuki:{passage}")) for triple in triples]
    return ground(PASSAGES, [*GENERAL, *claims], WORDS)


def triple(subject: str, predicate: str, value: str | int | Term) -> Triple:
    if isinstance(value, int):
        return expand(subject), expand(predicate), Literal(str(value), XSD + "integer")
    return expand(subject), expand(predicate), expand(value) if isinstance(value, str) else value


@pytest.mark.parametrize(
    ("passage", "subject", "predicate", "value"),
    [
        ("2-p1", "agency:la", "sti:locatedIn", "territory:jp"),
        ("2-p1", "agency:la", "sti:startYear", 2018),
        ("2-p1", "agency:la", "sti:endYear", 2019),
        ("2-p1", "observation:lamps", "sdmx-measure:obsValue", 1_200_000),
        ("2-p2", "agency:la", "sti:administers", "programme:bright"),
        ("2-p2", "amount:bright", "schema:value", 19_000_000_000),
        ("2-p2", "programme:bright", "sti:printed", Literal("£19 billion")),
        ("2-l1", "goal:light", "dcterms:subject", "technology:wind-lamps"),
        ("2-l1", "goal:light", "sti:startMonth", 4),
        ("3-p1", "territory:us", "sti:hasStrength", "sector:oil"),
        ("t1-r2", "observation:lamps", "sdmx-dimension:refArea", "territory:no"),
        ("t1-r2", "observation:lamps", "sti:period", Literal("2020")),
        ("t1-r2", "observation:lamps", "sdmx-measure:obsValue", 5_500),
        ("fn1", "goal:light", "dcterms:source", "report:atlas"),
    ],
)
def test_what_is_said_is_grounded(
    passage: str, subject: str, predicate: str, value: str | int | Term
) -> None:
    found = check(passage, triple(subject, predicate, value))
    assert (found.checked, found.ungrounded) == (1, ())


@pytest.mark.parametrize(
    ("passage", "subject", "predicate", "value", "lacking"),
    [
        ("2-p1", "agency:la", "sti:locatedIn", "territory:no", "territory:no"),
        ("2-p2", "agency:la", "sti:partnerTerritory", "territory:us", "territory:us"),
        ("3-p1", "agency:la", "sti:locatedIn", "territory:us", "agency:la"),
        ("2-l1", "organisation:wind-lamps", "sti:issued", "goal:x", "organisation:wind-lamps"),
        ("2-p1", "agency:la", "sti:startYear", 2020, "2020"),
        ("2-p1", "observation:lamps", "sdmx-measure:obsValue", 1_300_000, "1300000"),
        ("2-p1", "observation:lamps", "sti:printed", Literal("1.3 million"), "1.3 million"),
        ("2-p1", "agency:la", "skos:altLabel", Literal("Lamp Bureau"), "Lamp Bureau"),
        ("2-l1", "goal:light", "sti:startMonth", 5, "5"),
        ("3-p1", "goal:light", "dcterms:source", "report:atlas", "report:atlas"),
    ],
)
def test_what_is_not_said_is_found(
    passage: str, subject: str, predicate: str, value: str | int | Term, lacking: str
) -> None:
    [found] = check(passage, triple(subject, predicate, value)).ungrounded
    term = expand(lacking) if ":" in lacking else lacking
    assert (str(found.term), found.passage) == (str(term), expand(f"uuki:{passage}").value)


def test_a_printed_figure_must_be_the_value() -> None:
    figure = triple("observation:lamps", "sti:printed", Literal("FY2018–19"))
    value = triple("observation:lamps", "sdmx-measure:obsValue", 1_200_000)
    [found] = check("2-p1", figure, value).ungrounded
    assert str(found.term) == "1200000"


def test_both_ends_can_be_missing_and_sums_are_kept() -> None:
    found = check(
        "3-p1",
        triple("agency:la", "sti:administers", "programme:bright"),
        triple("agency:la", "sti:hasGoal", "goal:light"),
        triple("goal:light", "sti:qualifier", Literal("about")),
    )
    assert [str(item.term) for item in found.ungrounded] == [
        expand("agency:la").value,
        expand("programme:bright").value,
        expand("agency:la").value,
    ]
    assert (found.statements, found.checked, found.relations) == (3, 2, 2)


def test_readings_and_passages_without_text_are_not_asked() -> None:
    claim = triple("agency:la", "sti:locatedIn", "territory:no")
    reading = IRI(expand("uuki:2-p1").value + "/reading")
    found = ground(PASSAGES, [*GENERAL, (*claim, reading), (*claim, expand("ifm:9-p9"))], WORDS)
    assert found == Grounding(0, 0, 0, ())
