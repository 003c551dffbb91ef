"""A query file to break."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stikg.library import Query
from stikg.library.loading import parse_query

MakeQuery = Callable[..., Query]

PARAMETERS = """\
#+   organisation: {type: resource, class: sti:Organisation, title: Organisation, example: JST}
#+   kind: {type: resource, multiple: true}
#+   since: {type: year, minimum: "1900", maximum: "2030"}
#+   text: {type: string}
#+   code: {type: string, pattern: "[A-Z]{2}"}
#+   amount: {type: decimal, minimum: "0"}
#+   count: {type: integer}
#+   day: {type: date, minimum: "2000-01-01"}
#+   active: {type: boolean}
#+   origin: {type: choice, values: [stated, read]}
"""


@pytest.fixture
def make() -> MakeQuery:
    """Return a maker of questions with every type of parameter."""

    def make_query(text: str, parameters: str = PARAMETERS) -> Query:
        header = "#+ title: T\n#+ question: Q?\n#+ columns:\n#+   x: {type: iri}\n"
        if parameters:
            header += f"#+ parameters:\n{parameters}"
        return parse_query(header + text, path="questions/tried.rq", kind="question")

    return make_query
