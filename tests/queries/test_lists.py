"""The pages on complexity and suggestions have the figures of the lists as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stikg.building.compilation import Compilation
from stikg.cli.suggest import through_groups
from stikg.dataset import Dataset
from stikg.library import Library
from stikg.networks.matrix import (
    NULL_MODELS,
    complexity_table,
    incidence,
    nestedness_table,
    nestedness_test,
)
from stikg.networks.suggesting import backtest, backtest_table, criteria_of
from stikg.results import render
from stikg.terms import PREFIXES

SHORT, LONG = (PREFIXES["stage"] + name for name in ("shortlisted", "longlisted"))
PAGES = {
    "complexity.md": "stikg complexity, stikg nestedness",
    "suggestions.md": "stikg suggest --backtest",
}


@pytest.fixture(scope="module")
def dataset(real: Compilation, library: Library) -> Dataset:
    """Return the graph as it is."""
    return Dataset.from_quads(real.quads(), library)


def tables(root: Path, page: str) -> list[str]:
    text = (root / "docs" / page).read_text(encoding="utf-8")
    return re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)


@pytest.mark.parametrize("stages", [[SHORT], [LONG], [SHORT, LONG]])
def test_nestedness_on_the_page_is_that_of_the_lists(
    root: Path, dataset: Dataset, stages: list[str]
) -> None:
    matrix = incidence(dataset.to_networkx("country-technology", stage=stages))
    tests = [nestedness_test(matrix, model=model) for model in NULL_MODELS]
    table = render(nestedness_table(matrix, tests), "markdown")
    assert table in tables(root, "complexity.md"), f"print it with {PAGES['complexity.md']}"


def test_fitness_on_the_page_is_that_of_the_shortlist(root: Path, dataset: Dataset) -> None:
    matrix = incidence(dataset.to_networkx("country-technology", stage=SHORT))
    table = render(complexity_table(matrix, top=5), "markdown")
    assert table in tables(root, "complexity.md"), f"print it with {PAGES['complexity.md']}"


def test_the_backtest_on_the_page_is_that_of_the_lists(root: Path, dataset: Dataset) -> None:
    criteria, _ = criteria_of(dataset.query("selection-criteria"))
    reached = through_groups(dataset, SHORT)
    found = backtest(
        dataset.to_networkx("country-technology"), criteria, stage=SHORT, reached=reached
    )
    table = render(backtest_table(found), "markdown")
    assert table in tables(root, "suggestions.md"), f"print it with {PAGES['suggestions.md']}"
