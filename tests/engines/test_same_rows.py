"""Every question, network and check has the same rows on every server as in the store here.

Numbers are compared by value: whether a sum is an integer or a decimal differs. The order of rows
is compared too: every query has a total one.
"""

from __future__ import annotations

import os
from decimal import Decimal, InvalidOperation
from typing import Final

import pytest

import stikg
from stikg.dataset import Dataset
from stikg.layout import find_layout
from stikg.library import Query, load_library
from stikg.results import Table
from stikg.store.profiles import Endpoint
from stikg.terms import XSD, Literal, Term
from tests.engines.servers import Server

LIBRARY: Final = load_library(find_layout(None).queries)
QUERIES: Final = [
    query for kind in ("question", "network", "check") for query in LIBRARY.of_kind(kind)
]
SERVERS: Final = ("virtuoso", "fuseki", "oxigraph_server", "own_endpoint")
ALL_PARAMETERS: Final = bool(os.environ.get("STIKG_ALL_PARAMETERS"))
"""Whether each is given alone too, and none."""


def parameter_sets(query: Query, server: str) -> list[dict[str, str]]:
    """Return the documented example of a query, and others for Virtuoso, or if all are wanted."""
    examples = {p.name: p.example for p in query.parameters if p.example}
    sets = [examples]
    if examples and all(parameter.optional for parameter in query.parameters):
        if ALL_PARAMETERS or server == "virtuoso":
            sets.append({})
        if ALL_PARAMETERS and len(examples) > 1:
            sets += [{name: value} for name, value in examples.items()]
    return sets


def normal(term: Term | None) -> Term | None:
    """Return a number by its value; all else as it is."""
    if isinstance(term, Literal) and term.datatype in {f"{XSD}integer", f"{XSD}decimal"}:
        try:
            return Literal(format(Decimal(term.value).normalize(), "f"), f"{XSD}decimal")
        except InvalidOperation:
            return term
    return term


def rows(table: Table) -> list[tuple[Term | None, ...]]:
    return [tuple(normal(term) for term in row) for row in table.rows]


@pytest.fixture(scope="session")
def expected(real_dataset: Dataset) -> dict[str, Table]:
    """Return the answers of the store in memory by the text of the query, as they are asked for."""
    real_dataset.store = stikg.store.LocalStore.open(real_dataset.store_folder).to_memory()  # type: ignore[arg-type]
    return {}


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
@pytest.mark.parametrize("name", SERVERS)
def test_a_server_has_the_rows_of_the_store_here(
    name: str,
    query: Query,
    real_dataset: Dataset,
    expected: dict[str, Table],
    request: pytest.FixtureRequest,
) -> None:
    server: Server = request.getfixturevalue(name)
    remote = Endpoint(server.query, timeout=250).open()
    for values in parameter_sets(query, name):
        text = real_dataset.bound(query, values)
        if text not in expected:
            expected[text] = real_dataset.store.select(text)
        found = remote.select(text)
        assert found.columns == expected[text].columns
        assert rows(found) == rows(expected[text]), values
