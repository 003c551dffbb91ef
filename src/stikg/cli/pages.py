"""Every file of the checkout that is made from others.

``python -m stikg.cli.pages`` builds the dataset and writes them; a test fails when one is stale.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from stikg.cli.application import Problem
from stikg.cli.output import emit, tell
from stikg.cli.reference import reference
from stikg.errors import StikgError

if TYPE_CHECKING:
    from stikg.dataset import Dataset
    from stikg.layout import Layout
    from stikg.library import Query
    from stikg.publishing.pages import Network
    from stikg.results import Table


def pages(dataset: Dataset) -> dict[str, str]:
    """Return the pages of docs/ that describe a dataset, by the name of their file."""
    from stikg.publishing.pages import (
        checks_page,
        documents_page,
        networks_page,
        ontology_page,
        questions_page,
        read_facts,
    )

    facts = read_facts(dataset.store.quads())
    return {
        "ontology.md": ontology_page(facts, dataset.queries.queries),
        "questions.md": questions_page(_answers(dataset, "question")),
        "checks.md": checks_page(_answers(dataset, "check")),
        "documents.md": documents_page(
            facts, dataset.query("documents"), dataset.query("coverage")
        ),
        "networks.md": networks_page(_networks(dataset)),
    }


def _answers(dataset: Dataset, kind: str) -> list[tuple[Query, Table]]:
    from stikg.publishing.pages import examples

    queries = dataset.queries.of_kind(kind)
    return [(query, dataset.query(query.name, **examples(query))) for query in queries]


def _networks(dataset: Dataset) -> list[Network]:
    from stikg.networks import measure, summarise
    from stikg.publishing.pages import Network

    graphs = [
        (query, dataset.to_networkx(query.name)) for query in dataset.queries.of_kind("network")
    ]
    return [Network(query, summarise(graph), measure(graph)) for query, graph in graphs]


def write_pages(layout: Layout) -> None:
    """Build the dataset and write every file that is made from others.

    :raises StikgError: if the dataset cannot be built or a file cannot be written.
    """
    from stikg.building import build
    from stikg.dataset import open as open_dataset
    from stikg.publishing import CONTEXT_FILE, make_context
    from stikg.serialisation import parse_file

    tell(build(layout).summary)
    made = {"commands.md": reference(), **pages(open_dataset(layout.root))}
    for name, page in made.items():
        emit(page, layout.root / "docs" / name)
    context = make_context(parse_file(layout.ontology / "stikg.ttl"))
    emit(context, layout.ontology / CONTEXT_FILE)


@click.command()
def _main() -> None:
    from stikg.layout import find_layout

    try:
        write_pages(find_layout())
    except StikgError as error:
        raise Problem(error) from error


if __name__ == "__main__":
    _main()
