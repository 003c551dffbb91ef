"""Measures of networks are in the dataset, but never among what is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from stikg.building.compilation import Compilation
from stikg.building.measurements import measure_networks
from stikg.library import Library, load_library
from stikg.networks.observing import MEASURES_GRAPH
from stikg.terms import ONTOLOGY
from stikg.validation import Sources
from tests.queries.cases import ROOT, compile_layout, fixture_layout

PREFIX = f"PREFIX sti: <{ONTOLOGY}>"


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(ROOT / "queries")


@pytest.fixture(scope="module")
def compiled(
    tmp_path_factory: pytest.TempPathFactory, library: Library
) -> tuple[Sources, Compilation]:
    folder: Path = tmp_path_factory.mktemp("measured")
    return compile_layout(fixture_layout(folder), library)


def test_measurements_are_in_graphs_of_their_own(compiled: tuple[Sources, Compilation]) -> None:
    compilation = compiled[1]
    measured = {quad for quad in compilation.named if str(quad[3]).startswith(MEASURES_GRAPH)}
    assert {str(quad[3]).removeprefix(MEASURES_GRAPH) for quad in measured} >= {
        "agency-programme", "country-technology",
    }  # fmt: skip
    assert not {quad[:3] for quad in measured} & compilation.default
    subjects = {quad[0] for quad in measured}
    assert not [quad for quad in compilation.named if quad not in measured and quad[0] in subjects]
    assert not [triple for triple in compilation.default if subjects & set(triple)]


def test_their_graphs_have_no_origin(compiled: tuple[Sources, Compilation]) -> None:
    store = compiled[1].store
    assert store.ask(f"{PREFIX} ASK {{ GRAPH ?g {{ ?m sti:measureName ?name }} }}")
    assert not store.ask(
        f"{PREFIX} ASK {{ GRAPH ?g {{ ?m sti:measureName ?n }} ?g sti:origin ?o }}"
    )
    assert not store.ask(f"{PREFIX} ASK {{ ?m sti:measureName ?name }}")


def test_networks_that_cannot_be_measured_as_they_are_are_left_out(
    compiled: tuple[Sources, Compilation], library: Library
) -> None:
    store = compiled[1].store
    [query] = [item for item in library if item.name == "agency-programme"]
    assert measure_networks(store, [query])
    needing = query.parameters[0]._replace(optional=False)
    assert measure_networks(store, [query._replace(parameters=(needing,))]) == []
    assert measure_networks(store, [query._replace(kind="question")]) == []
