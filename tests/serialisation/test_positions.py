"""Lines of subjects, predicates and values."""

from __future__ import annotations

from pathlib import Path

import pytest

from stikg.serialisation import Positions, locate
from stikg.terms import IRI, XSD, Literal, Term

TEXT = r"""@prefix e: <urn:e:> . # not <urn:e:a>
PREFIX f: <urn:f#>
e:g {
  e:a e:b "x" , '''two
lines \" e:a e:q''' , "z"^^e:d ;
    e:c 2026, [ e:q (1 2) ],
      f:z , e:p\/q .
  [ e:h 1 ] e:i 2 .
  <urn:e:\u00e9> e:b .5 .
}
GRAPH <urn:g2> { e:a a e:T. }
e:a e:b true .
"""


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "graph", "line"),
    [
        ("urn:e:a", None, None, None, 4),
        ("urn:e:a", None, None, "urn:g2", 11),
        ("urn:e:a", None, None, "urn:none", None),
        ("urn:e:a", "urn:e:b", Literal('two\nlines " e:a e:q'), None, 4),
        ("urn:e:a", "urn:e:b", Literal("z", "urn:e:d"), None, 5),
        ("urn:e:a", "urn:e:b", Literal("true", XSD + "boolean"), None, 12),
        ("urn:e:a", "urn:e:c", None, None, 6),
        ("urn:e:a", "urn:e:c", IRI("urn:f#z"), None, 7),
        ("urn:e:a", "urn:e:c", IRI("urn:e:p/q"), "urn:e:g", 7),
        ("urn:e:a", "urn:e:c", IRI("urn:nowhere"), None, 6),
        ("urn:e:a", "urn:e:nowhere", None, None, 4),
        ("urn:e:é", "urn:e:b", Literal(".5", XSD + "decimal"), None, 9),
        ("urn:e:g", None, None, None, None),
        ("urn:e:T", None, None, None, None),
    ],
)
def test_line(
    subject: str, predicate: str | None, value: Term | None, graph: str | None, line: int | None
) -> None:
    found = Positions(TEXT).line(subject, predicate=predicate, value=value, graph=graph)
    assert found == line


def test_type_is_found_by_its_iri() -> None:
    rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    assert Positions("<urn:b> <urn:c> 1 ;\n a <urn:d> .").line("urn:b", predicate=rdf_type) == 2


def test_locate_reads_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.trig"
    path.write_text(TEXT, encoding="utf-8")
    assert locate(path, "urn:e:a") == 4
    assert locate(path, "urn:e:z") is None
