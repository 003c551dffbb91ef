"""Numbers that passages print, against those that the graph has for them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from stikg.evidence import DescribedPassage, Extent, count_numbers
from stikg.evidence.numerals import numerals_in
from stikg.terms import IRI, XSD, Literal, Quad, expand

NOWHERE = Extent(0, 0, 0, "")
PASSAGE = expand("uuki:2-p1")


def left(
    text: str, *claims: Quad, kind: str = "paragraph", name: str = "uuki:2-p1"
) -> dict[str, str]:
    """Return the numbers of a passage that the claims do not have, with the reasons."""
    iri = expand(name).value
    passage = DescribedPassage(iri, "2", "", kind, 1, NOWHERE)
    count = count_numbers([passage], claims, {iri: text})
    assert count.printed == count.stated + len(count.others)
    return {item.number: item.reason for item in count.others}


def claim(predicate: str, value: str, graph: str = "uuki:2-p1", datatype: str = "decimal") -> Quad:
    return (
        expand("observation:lamps"),
        expand(predicate),
        Literal(value, XSD + datatype),
        expand(graph),
    )


def test_a_value_is_known_by_its_magnitude() -> None:
    text = "They lit 1.2 million lamps, not 3."
    assert left(text, claim("sdmx-measure:obsValue", "1200000")) == {"3": ""}


def test_a_value_of_another_passage_does_not_count() -> None:
    assert left("They lit 7 lamps.", claim("sdmx-measure:obsValue", "7", "uuki:2-p2")) == {"7": ""}


def test_a_reading_counts() -> None:
    quad = (*claim("sti:statedSize", "7")[:3], IRI(f"{PASSAGE.value}/reading"))
    assert left("They lit seven lamps.", quad) == {}


def test_the_other_year_of_a_short_form_is_a_year() -> None:
    years = (claim("sti:startYear", "2016"), claim("sti:endYear", "2021"))
    assert left("from 2016–21", *years) == {}
    assert left("from 2016–21", years[0]) == {"21": ""}


def test_numbers_of_names_count_where_the_thing_is_spoken_of() -> None:
    lamp = expand("programme:lamps-2020")
    named = (lamp, expand("skos:prefLabel"), Literal("Lamps 2020"), None)
    said = (lamp, expand("sti:locatedIn"), expand("territory:jp"), PASSAGE)
    assert left("Lamps 2020 is Japanese.", named, said) == {}
    assert left("Lamps 2020 is Japanese.", named) == {"2020": ""}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("as Figure 5 and Tables 6 and 7 show (p. 12)", {"5", "6", "7", "12"}),
        ("see Section 2.3", {"2.3"}),
    ],
)
def test_a_reference_counts_nothing(text: str, numbers: set[str]) -> None:
    assert left(text) == dict.fromkeys(numbers, "reference")


def test_each_place_has_its_reason() -> None:
    assert left("- 1. Equity for 3 lamps") == {"1": "mark of a list", "3": ""}
    assert left("https://lamps.example/2021/04.pdf of 2020") == {
        "2021": "web address", "04": "web address", "2020": "",
    }  # fmt: skip
    assert left("Lamps. 10.1002/lamp.2011", kind="endnote", name="uuki:en7") == {
        "10.1002": "identifier", "2011": "identifier",
    }  # fmt: skip
    assert left("7. Lamps of 1999", kind="endnote", name="uuki:en7") == {
        "7": "mark of a note", "1999": "",
    }  # fmt: skip
    assert left("2. Lamps of 1999", kind="heading") == {"2": "number of a section", "1999": ""}
    assert left("Lamps of 1999", kind="heading") == {"1999": ""}
    assert left("Lamps 12", kind="contents") == {"12": "table of contents"}
    assert left("call +44 20 7419") == dict.fromkeys(("44", "20", "7419"), "telephone")


def test_one_and_first_count_nothing() -> None:
    assert [n.text for n in numerals_in("one of the first two, zero of twenty-one")] == [
        "two", "twenty-one",
    ]  # fmt: skip
    assert numerals_in("twenty-one")[0].values == {Decimal(21)}
