"""The words of a passage with their context, from the user's own copy."""

from __future__ import annotations

import pytest

from stikg.evidence import DescribedPassage, Excerpt, excerpt
from tests.evidence.lamps import TEXT, passages


def passage(name: str) -> DescribedPassage:
    return next(each for each in passages() if each.name == name)


def test_words_and_context() -> None:
    assert excerpt(passage("1-l2"), TEXT, context=20) == Excerpt(
        before="… one third.¹ -",
        words="Oil is bought once a year",
        after=". Table 1: Lamps …",
    )


def test_parts_are_joined() -> None:
    found = excerpt(passage("1-p1"), TEXT, context=0)
    assert found is not None
    assert "since grown into a union of more" in found.words
    assert "yearbook" not in found.words


def test_at_the_ends_of_the_text_nothing_is_cut() -> None:
    found = excerpt(passage("1-h"), "1. Why lamps", context=20)
    assert found == Excerpt("", "1. Why lamps", "")
    assert str(found) == "1. Why lamps"


def test_an_absent_passage_has_no_excerpt() -> None:
    assert excerpt(passage("1-l2"), "Oil is bought twice a year") is None


@pytest.mark.parametrize(("name", "before"), [("t1-r3", "120"), ("2-p1", "follows")])
def test_neighbours_tell_equal_passages_apart(name: str, before: str) -> None:
    found = excerpt(passage(name), TEXT, among=passages(), context=30)
    assert found is not None
    assert found.words == "Main partner"
    assert found.before.endswith(before)
