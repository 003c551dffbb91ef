"""Generated graphs have the shape of the real one, are valid, and are the same on every run."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from stikg.dataset import Dataset
from stikg.layout import find_layout
from stikg.store import LocalStore
from stikg.validation import Severity, validate_store

if TYPE_CHECKING:
    from pattern import Line

SMALL = 10_000
LARGE = 250_000
CLOSE = 0.15
"""Share of the classes, or of the properties, that may be elsewhere than in the real graph."""


@pytest.fixture(scope="module")
def asked(root: Path) -> Collection[str]:
    """Return the IRIs that queries and shapes name."""
    from generating import asked_iris

    return asked_iris(find_layout(root))


@pytest.fixture(scope="module")
def real(real_dataset: Dataset, root: Path) -> list[str]:
    """Return the lines of the real graph."""
    from pattern import dump_real

    return dump_real(root)


@pytest.fixture(scope="module")
def pattern(real: Sequence[str], asked: Collection[str]) -> list[Line]:
    """Return the lines of the real graph as a pattern."""
    from pattern import read_lines

    return read_lines(real, asked)


@pytest.fixture(scope="module")
def small(pattern: Sequence[Line], asked: Collection[str]) -> list[str]:
    """Return the lines of a small graph."""
    return _generated(SMALL, pattern, asked)


@pytest.fixture(scope="module")
def large(pattern: Sequence[Line], asked: Collection[str]) -> list[str]:
    """Return the lines of a graph of two documents or more for each real one."""
    return _generated(LARGE, pattern, asked)


def _generated(size: float, pattern: Sequence[Line], asked: Collection[str]) -> list[str]:
    from generating import generate

    blocks = generate(size, pattern, asked)
    return "".join(blocks).splitlines()


def test_has_the_size_that_was_asked_for(small: list[str], large: list[str]) -> None:
    assert 0.9 * SMALL < len(small) <= SMALL
    assert 0.99 * LARGE < len(large) <= LARGE


def test_says_each_line_once(large: list[str]) -> None:
    assert len(set(large)) == len(large)


def test_gives_the_same_bytes_again(
    small: list[str], pattern: Sequence[Line], asked: Collection[str]
) -> None:
    assert _generated(SMALL, pattern, asked) == small


def test_the_default_graph_holds_what_named_graphs_say(large: list[str]) -> None:
    from pattern import split_line

    lines = [split_line(line) for line in large]
    named = {terms[:3] for terms in lines if len(terms) > 3 and "/measures/" not in terms[3]}
    default = {terms for terms in lines if len(terms) == 3}
    assert default == named


def test_has_the_shape_of_the_real_graph(real: list[str], large: list[str]) -> None:
    from shape import shape_of

    model, made = shape_of(real), shape_of(large)
    assert made.default == pytest.approx(model.default, abs=0.02)
    assert made.origins == pytest.approx(model.origins, abs=0.05)
    assert made.languages == pytest.approx(model.languages, abs=0.06)
    assert made.passages_per_document == pytest.approx(model.passages_per_document, rel=0.3)
    assert made.statements_per_passage == pytest.approx(model.statements_per_passage, rel=0.3)
    assert made.properties.keys() == model.properties.keys()
    assert made.classes.keys() == model.classes.keys()
    assert _elsewhere(made.classes, model.classes) < CLOSE
    assert _elsewhere(made.properties, model.properties) < CLOSE
    for kind, (_, mean, busiest) in model.degrees.items():
        assert made.degrees[kind][1] == pytest.approx(mean, rel=0.6)
        assert made.degrees[kind][2] == pytest.approx(busiest, abs=0.15)


def _elsewhere(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(abs(one.get(key, 0) - other.get(key, 0)) for key in {*one, *other}) / 2


def test_a_small_graph_is_valid(small: list[str], root: Path) -> None:
    from stikg.serialisation.engine import quads_from_engine

    quads = pyoxigraph.parse("\n".join(small).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    store = LocalStore.in_memory(quads_from_engine(quads))
    report = validate_store(store, queries=(), shapes=root / "ontology" / "shapes")
    assert [found for found in report.findings if found.severity is Severity.ERROR] == []
