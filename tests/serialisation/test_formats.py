"""The table of formats, and the one door to the writers."""

from __future__ import annotations

from pathlib import Path

import pytest

from stikg.errors import InputError
from stikg.serialisation import FORMATS, format_of, get_format, parse, write
from stikg.terms import IRI, Quad

STATEMENT: Quad = (IRI("urn:a"), IRI("urn:b"), IRI("urn:c"), None)
IN_GRAPH: Quad = (IRI("urn:a"), IRI("urn:b"), IRI("urn:c"), IRI("urn:g"))


@pytest.mark.parametrize("name", [entry.name for entry in FORMATS])
def test_every_format_is_written_and_read(name: str) -> None:
    rdf_format = get_format(name)
    assert parse(write([STATEMENT], rdf_format), rdf_format) == [STATEMENT]
    if rdf_format.graphs:
        assert parse(write([IN_GRAPH], rdf_format), rdf_format) == [IN_GRAPH]
    else:
        with pytest.raises(InputError, match="named graphs"):
            write([IN_GRAPH], rdf_format)


def test_suffix_media_type_and_name_mean_the_same() -> None:
    assert get_format("TriG") is get_format(".trig") is get_format("application/trig")
    assert format_of(Path("a/b.TRIG")) is get_format("trig")


@pytest.mark.parametrize("row", ["name", "suffix", "media_type"])
def test_no_two_formats_share_a_property(row: str) -> None:
    values = [getattr(entry, row) for entry in FORMATS]
    assert sorted(values) == sorted(set(values))


def test_an_unknown_suffix_is_named() -> None:
    with pytest.raises(InputError, match=r"a\.doc: the suffix '\.doc'"):
        format_of(Path("a.doc"))
