"""Terms, CURIEs, slugs: the cases that are easy to get wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from rdflib.util import from_n3

from stikg.errors import InputError
from stikg.terms import (
    BASE,
    IRI,
    KINDS,
    PREFIXES,
    XSD,
    BlankNode,
    Literal,
    check_iri,
    compress,
    expand,
    mint,
    slug,
)
from tests.serialisation.comparison import lexical_forms_kept
from tests.serialisation.strategies import iris, literals


def test_no_two_prefixes_share_a_namespace() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert all(namespace.endswith(("/", "#")) for namespace in PREFIXES.values())


def test_every_kind_has_a_prefix() -> None:
    assert {kind: PREFIXES[kind] for kind in KINDS} == {kind: f"{BASE}{kind}/" for kind in KINDS}


@pytest.mark.parametrize(
    ("iri", "curie"),
    [
        (BASE + "document/uuki-2022", "document:uuki-2022"),
        (BASE + "document/uuki-2022/2.4-p1", "uuki:2.4-p1"),
        (BASE + "document/uuki-2022/2.4-p1/reading", f"<{BASE}document/uuki-2022/2.4-p1/reading>"),
        (BASE + "technology-group/ai", "technology-group:ai"),
        (BASE + "territory/a.", f"<{BASE}territory/a.>"),
        (BASE + "territory/", f"<{BASE}territory/>"),
        ("https://schema.org/Country", "schema:Country"),
    ],
)
def test_compress(iri: str, curie: str) -> None:
    assert compress(iri) == curie


@given(iris())
def test_expand_undoes_compress(iri: IRI) -> None:
    curie = compress(iri.value)
    assert (IRI(curie[1:-1]) if curie[0] == "<" else expand(curie)) == iri


@pytest.mark.parametrize("curie", ["jp", ":jp", "nosuch:jp", "https://w3id.org/"])
def test_expand_refuses_what_is_no_curie(curie: str) -> None:
    with pytest.raises(InputError, match="is not a prefix of stikg"):
        expand(curie)


@given(literals())
def test_n3_is_read_back(literal: Literal) -> None:
    with lexical_forms_kept():
        assert str(from_n3(literal.n3())) == literal.value


def test_n3_of_every_kind() -> None:
    assert IRI("urn:a").n3() == "<urn:a>"
    assert BlankNode("a").n3() == str(BlankNode("a")) == "_:a"
    assert Literal('"\\\n\x01').n3() == '"\\"\\\\\\n\\u0001"'
    assert Literal("x", language="en").n3() == '"x"@en'
    assert Literal("1", "urn:d").n3() == '"1"^^<urn:d>'


@pytest.mark.parametrize(
    ("value", "datatype", "python"),
    [
        ("007", "integer", 7),
        ("1.50", "decimal", Decimal("1.50")),
        ("1E3", "double", Decimal(1000)),
        ("true", "boolean", True),
        ("0", "boolean", False),
        ("2021-04-01", "date", date(2021, 4, 1)),
        ("2021-02-30", "date", "2021-02-30"),
        ("x", "integer", "x"),
        ("yes", "boolean", "yes"),
        ("12", "string", "12"),
    ],
)
def test_to_python(value: str, datatype: str, python: object) -> None:
    found = Literal(value, XSD + datatype).to_python()
    assert (found, type(found)) == (python, type(python))


@pytest.mark.parametrize("text", ["http://a b", "ftp://a", "jp", "urn:a>b", 'http://a"', ""])
def test_check_iri_refuses(text: str) -> None:
    with pytest.raises(InputError):
        check_iri(text)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("L'Oréal–UNESCO", "loreal-unesco"),
        ("Japan’s co\u00adoperation…fund", "japans-cooperation-fund"),
        ("ＪＳＴ", "jst"),
        ("Horizon 2020", "horizon-2020"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_mint_refuses_unknown_kinds() -> None:
    with pytest.raises(InputError, match="'thing' is not a kind of thing"):
        mint("thing", "x")
