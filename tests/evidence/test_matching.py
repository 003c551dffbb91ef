"""Passages found again in copies that read otherwise, and never where they are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stikg.evidence import DescribedPassage, Extent, Found, Missing, find_passages
from stikg.evidence.matching import without_running_lines
from stikg.passages import located_tokens, segment
from tests.evidence.lamps import TEXT, passages

NAMES = [passage.name for passage in passages()]


def missing(copy: str, of: str = TEXT) -> list[str]:
    results = find_passages(passages(of), copy)
    return [result.passage.name for result in results if isinstance(result, Missing)]


def places(copy: str, of: str = TEXT) -> dict[str, list[str]]:
    results = find_passages(passages(of), copy)
    return {
        result.passage.name: [copy[start:end] for start, end in result.places]
        for result in results
        if isinstance(result, Found)
    }


def test_the_document_itself_is_found_where_its_selectors_say() -> None:
    results = find_passages(passages(), TEXT)
    assert [result.passage.name for result in results] == NAMES
    for result in results:
        assert isinstance(result, Found)
        # markers, quotation marks and full stops are no tokens: a place begins and ends with words
        assert 0 <= result.places[0][0] - result.passage.whole.start <= 2
        assert 0 <= result.passage.whole.end - result.places[-1][1] <= 2


def test_other_page_breaks_offsets_and_marks() -> None:
    copy = "A cover page.\n\n" + TEXT.replace("\n\n", "\n \n\n").replace(" ", "  ")
    copy = copy.replace("third.¹", "<b>third</b>.").replace("well-lit", "well–lit")
    assert missing(copy) == []


def test_a_broken_passage_is_found_whole() -> None:
    whole = TEXT.replace("¹ See the yearbook of the society.\n\n", "").replace(
        "into a\n\n", "into a "
    )
    assert missing(whole + "\nSee the yearbook of the society.\n") == []
    [place] = places(whole)["1-p1"]
    assert place.startswith("The Society") and place.endswith("tend the flames")


def test_a_broken_passage_is_found_by_its_parts() -> None:
    copy = TEXT.replace("into a\n", "into a\n\nLamp News 7\n")
    first, second = places(copy)["1-p1"]
    assert first.endswith("grown into a")
    assert second.startswith("union of more")


def test_a_broken_passage_needs_all_its_parts() -> None:
    assert missing(TEXT.replace("tend the flames", "tend the flame")) == ["1-p1"]


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("harbour", "harbor", "1-p1"),
        ("by about one third", "by one third", "1-l1"),
        ("Oil is bought once", "Oil is bought at once", "1-l2"),
        ("Lamps by town", "Lamps by towns", "t1"),
        ("Aldmouth\t120", "Aldmouth\t121", "t1-r2"),
        ("whole union", "whole onion", "t1-r4"),
        ("2. What follows", "3. What follows", "2-h"),
    ],
)
def test_one_word_changed_loses_exactly_that_passage(old: str, new: str, name: str) -> None:
    assert missing(f"Printed anew.\n\n{TEXT.replace(old, new)}\n\nThe end.") == [name]


ROWS = (
    "Town\tLamps\nMain partner\t\nLeading town\tx\nMain partner\t\nMain partner\t\nOther town\ty\n"
)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_of_equal_passages_exactly_the_changed_one_is_lost(number: int) -> None:
    pieces = ROWS.split("Main partner")
    for at in range(3):
        pieces[at] += "Main part" if at == number else "Main partner"
    assert missing("".join(pieces), ROWS) == [["front-t-r2", "front-t-r4", "front-t-r5"][number]]


def test_equal_passages_are_assigned_in_the_order_of_the_document() -> None:
    results = find_passages(passages(ROWS), f"Cover.\n\n{ROWS}")
    starts = [result.places[0][0] for result in results if isinstance(result, Found)]
    assert len(starts) == 6
    assert starts == sorted(set(starts))


def test_moved_passages_are_found_and_short_ones_not_guessed() -> None:
    text = "1. Aims\n\nJapan\n\nThe fund pays for lamps in towns without light.\n"
    moved = "The fund pays for lamps in towns without light.\n\nWe like Japan.\n\n1. Aims\n"
    assert missing(moved, text) == ["1-h", "1-japan-h"]


def test_nothing_is_found_in_another_document() -> None:
    other = "Our aims: a town, a lamp and a main partner; what follows is oil. " * 20
    assert set(NAMES) - set(missing(other)) <= {"t1-r3", "t1-r5", "2-p1"}
    assert missing("") == NAMES


def test_wordless_passages_are_left_out() -> None:
    assert find_passages(passages("***\n"), "***") == []
    assert find_passages([], "words") == []


class TestHyphens:
    PLAIN = "1. Aims\n\nManufacturing of well-known lamps needs oil from Aldmouth.\n"

    @pytest.mark.parametrize(
        "line",
        [
            "Manu-\nfacturing of well-known lamps needs oil from Ald-\r\nmouth.",
            "Manufacturing of well-\nknown lamps needs oil from Aldmouth.",
            "Manu\u00ad\nfacturing of well-known lamps needs oil from Aldmouth.",
            "Manu-\n  facturing of well-\n  known lamps needs oil from Aldmouth.",
        ],
    )
    def test_words_broken_at_the_end_of_a_line(self, line: str) -> None:
        copy = f"1. Aims\n\n{line}\n"
        assert missing(copy, self.PLAIN) == []
        [place] = places(copy, self.PLAIN)["1-p1"]
        assert place.removesuffix(".") == line.removesuffix(".")

    def test_a_hyphen_inside_a_line_is_no_broken_word(self) -> None:
        assert missing("1. Aims\n\nManu-facturing of well-known lamps needs oil from Aldmouth.",
                       self.PLAIN) == ["1-p1"]  # fmt: skip


class TestAddresses:
    NOTE = "¹ See https://lamps.example.org/plans/lamps-of-2020.html for more.\n"

    def test_an_address_broken_by_the_end_of_a_line(self) -> None:
        copy = "1 See https://lamps.example.org/pla\nns/lamps-of-20\n20.html for\nmore.\n"
        [place] = places(copy, self.NOTE)["fn1"]
        assert place.startswith("See https://lamps.example.org/pla\nns/") and place.endswith("more")

    def test_another_address_is_not_taken_for_it(self) -> None:
        copy = "See https://lamps.example.org/pla\ns/lamps-of-2020.html for more.\n"
        assert missing(copy, self.NOTE) == ["fn1"]


class TestPages:
    PAGES = (
        "Lamp News 2020\nThe fund was set up for all\n1\n\f\n"
        "Lamp News 2020\ntowns without light and\n2\n\f\n"
        "Lamp News 2020\noil, and ended in spring.\n3\n"
    )

    def test_running_lines_inside_a_paragraph_are_passed_over(self) -> None:
        sentence = "The fund was set up for all towns without light and oil, and ended in spring."
        text = f"1. Aims\n\n{sentence}\n"
        assert missing(self.PAGES, text) == ["1-h"]

    def test_running_lines_are_blanked_and_offsets_stay(self) -> None:
        blanked = without_running_lines(self.PAGES)
        assert len(blanked) == len(self.PAGES)
        assert blanked.split("\n") == [
            " " * 14, "The fund was set up for all", " ", "\f", " " * 14, "towns without light and",
            " ", "\f", " " * 14, "oil, and ended in spring.", " ", "",
        ]  # fmt: skip

    def test_a_line_on_one_page_only_stays(self) -> None:
        assert without_running_lines("Aims\none\n\f\nMeans\ntwo\n").split() == [
            "Aims", "one", "Means", "two",
        ]  # fmt: skip

    def test_a_line_on_both_of_two_pages_goes(self) -> None:
        assert without_running_lines("News 1\none\n\f\nNews 2\ntwo\n").split() == ["one", "two"]

    def test_a_text_without_pages_is_left_alone(self) -> None:
        assert without_running_lines("7\nA\n7\n") == "7\nA\n7\n"


def test_given_descriptions_are_all_that_is_used() -> None:
    # printf 'open science' | sha256sum
    digest = "880b0f805561dec799848a35461c9e124779b409ef350ae44c71d1fe124a56c5"
    passage = DescribedPassage(
        "https://w3id.org/stikg/document/x/p", "1", "Aims", "paragraph", 1, Extent(0, 0, 2, digest)
    )
    [result] = find_passages([passage], "Open Science!")
    assert result == Found(passage, ((0, 12),))


@given(st.integers(0, len(located_tokens(TEXT)) - 1))
def test_a_changed_word_loses_exactly_the_passage_it_stands_in(number: int) -> None:
    token = located_tokens(TEXT)[number]
    holders = [
        passage.name
        for passage in segment(TEXT)
        if any(start <= token.start < end for start, end in passage.parts)
    ]
    changed = f"{TEXT[: token.start]}zz{TEXT[token.start :]}"
    assert missing(f"Cover {changed}") == holders


@given(st.permutations(range(8)))
def test_sure_passages_are_found_in_any_order(order: list[int]) -> None:
    sentences = [f"Town number {n} lights its {n} lamps with {n} barrels of oil." for n in range(8)]
    copy = "\n\n".join(sentences[n] for n in order)
    assert missing(copy, "\n\n".join(sentences)) == []
