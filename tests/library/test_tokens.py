"""Tokens of SPARQL: what parameters may hide in, and that nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stikg.library.tokens import closing, nesting, place, significant, tokenise

PIECES = st.sampled_from(
    ["?x", "$x", "<http://e/a#b>", "<", ">", "'", '"', "'''", '"""', "\\", "\\'", "#", "\n", " ",
     "ex:a", "ex:a\\'b", "ex:", ":", ".", "@en", "_:b", "1.5e3", "SELECT", "{", "}", "(", ")", "é",
     "\\u0041", "\\U00000041", "日本", "$", "?", "%41", "||", "\t", "\r", "\x00"]
)  # fmt: skip


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in significant(tokenise(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("?a $b ?9é", [("variable", "?a"), ("variable", "$b"), ("variable", "?9é")]),
        ("<http://e/#$p>$p", [("iri", "<http://e/#$p>"), ("variable", "$p")]),
        ("?a < ?b", [("variable", "?a"), ("mark", "<"), ("variable", "?b")]),
        (r'"a\"$p" $p', [("string", r'"a\"$p"'), ("variable", "$p")]),
        (r"'a\\'$p", [("string", r"'a\\'"), ("variable", "$p")]),
        ('"""a"b""$p"""$q', [("string", '"""a"b""$p"""'), ("variable", "$q")]),
        ("'''a'\n''$p'''", [("string", "'''a'\n''$p'''")]),
        ("''''a'''", [("string", "''''a'''")]),
        ("'' ''", [("string", "''"), ("string", "''")]),
        ("'open\n$p'", [("stray", "'"), ("word", "open"), ("variable", "$p"), ("stray", "'")]),
        (r"ex:a\$p $p", [("name", r"ex:a\$p"), ("variable", "$p")]),
        (r"ex:a\'b 'c'", [("name", r"ex:a\'b"), ("string", "'c'")]),
        ("ex:a.b. ex:c", [("name", "ex:a.b"), ("mark", "."), ("name", "ex:c")]),
        (":a ex: ex-y.z:1", [("name", ":a"), ("name", "ex:"), ("name", "ex-y.z:1")]),
        ("_:b1. ", [("blank", "_:b1"), ("mark", ".")]),
        ('"x"@en-GB', [("string", '"x"'), ("language", "@en-GB")]),
        ("1 1.5 .5 2.e1 3E-2 5.", [
            ("number", "1"), ("number", "1.5"), ("number", ".5"), ("number", "2.e1"),
            ("number", "3E-2"), ("number", "5"), ("mark", "."),
        ]),
        ("?a^^?b||!?c", [
            ("variable", "?a"), ("mark", "^^"), ("variable", "?b"), ("mark", "||"), ("mark", "!"),
            ("variable", "?c"),
        ]),
        ("a#b $p\nc", [("word", "a"), ("word", "c")]),
        ("ex:a#b $p", [("name", "ex:a#b".partition("#")[0])]),
        ("$ ?", [("stray", "$"), ("mark", "?")]),
    ],
)  # fmt: skip
def test_tokens(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


@given(st.lists(PIECES).map("".join) | st.text())
def test_tokens_joined_are_the_text(text: str) -> None:
    tokens = tokenise(text)
    assert "".join(token.text for token in tokens) == text
    assert all(text[token.start : token.end] == token.text for token in tokens)


def test_a_long_unclosed_string_takes_no_time() -> None:
    text = '"' + "\\a" * 50_000 + '""' * 10_000 + "'''" + "''a" * 20_000
    assert "".join(token.text for token in tokenise(text)) == text


def test_closing_bracket() -> None:
    tokens = significant(tokenise("VALUES ?x { ( ')' ) } }"))
    assert closing(tokens, 2) == 6
    assert closing(significant(tokenise("{ ( ")), 0) is None


def test_nesting_and_place() -> None:
    assert nesting(tokenise("{ '{{{' [ ] ( << >> ) } # (((((")) == 3
    assert place("ab\ncd\n", 0) == (1, 1)
    assert place("ab\ncd\n", 5) == (2, 3)
