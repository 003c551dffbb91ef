"""Tokens: what counts as a word, and the digest of a run of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stikg.passages import Token, digest, located_tokens, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Agency's plan", ["the", "agency", "s", "plan"]),
        ("R&D at 2.4% of GDP", ["r", "d", "at", "2", "4", "of", "gdp"]),
        ("page_break __init__", ["page", "break", "init"]),
        ("funded since 2001.¹² It", ["funded", "since", "2001", "it"]),
        ("in FY ³²2020", ["in", "fy", "2020"]),
        ("grant$^{12}$ holders", ["grant", "holders"]),
        (r"$^{^{\rm 61}}$ Survey of 2019", ["survey", "of", "2019"]),
        ("costs $5 and $6", ["costs", "5", "and", "6"]),
        ("<u>Energy</u> <b>f</b>und", ["energy", "fund"]),
        ('<a href="https://example.org/x">Report</a>', ["report"]),
        ("if a < b and c > d", ["if", "a", "b", "and", "c", "d"]),
        ("inno\u00advation and manu\u00ad\n  facture", ["innovation", "and", "manufacture"]),
        (r"Hydrogen \checkmark \mathbf{x}", ["hydrogen", "x"]),
        ("ﬁrst ｆｕｌｌ width CO₂", ["first", "full", "width", "co2"]),
        ("Cafe\u0301 ＪＳＴ 科学技術", ["café", "jst", "科学技術"]),
        ("well-known co- author", ["well", "known", "co", "author"]),
        ("• – ~ ** \u00a0", []),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_digest_is_sha256_of_tokens_joined_by_spaces() -> None:
    # printf 'open science' | sha256sum
    expected = "880b0f805561dec799848a35461c9e124779b409ef350ae44c71d1fe124a56c5"
    assert digest(tokens("<u>Open</u> Science!¹")) == expected


def test_digest_of_nothing() -> None:
    # printf '' | sha256sum
    expected = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digest(tokens("• –")) == expected


def test_digest_of_words_apart_differs_from_words_together() -> None:
    assert digest(["on", "line"]) != digest(["online"])


def test_offsets_point_at_the_words() -> None:
    assert located_tokens("A  plan,\nof 2¹ <u>aims</u>") == [
        Token("a", 0, 1),
        Token("plan", 3, 7),
        Token("of", 9, 11),
        Token("2", 12, 13),
        Token("aims", 15, 26),
    ]


@given(st.text())
def test_offsets_lie_in_order_inside_the_text(text: str) -> None:
    found = located_tokens(text)
    assert all(0 <= token.start < token.end <= len(text) for token in found)
    assert [token.start for token in found] == sorted(token.start for token in found)


_UNMARKED = st.text(st.characters(exclude_characters="<>$\u00ad"))


@given(_UNMARKED, _UNMARKED)
def test_a_line_break_parts_words(left: str, right: str) -> None:
    assert tokens(f"{left} \n {right}") == tokens(left) + tokens(right)
