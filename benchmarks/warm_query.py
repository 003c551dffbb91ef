"""Every canned query on an open dataset, against rdflib on the same statements.

Both engines answer the example of each question. stikg is asked as people ask it, by names, from
``Dataset.query`` to a table of terms; rdflib's evaluator is given a prepared query.
"""

from __future__ import annotations

import statistics
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from measuring import Times, time_calls
from rdflib.plugins.sparql import prepareQuery

import stikg
from stikg.library import Query

if TYPE_CHECKING:
    from rdflib import Dataset

CLAIM = ("country-technology-links", {"territory": "Japan"})
ENOUGH = 5.0
"""Milliseconds below which a question is asked more often, for a steadier median."""


class Answer(NamedTuple):
    """What was measured of a question."""

    name: str
    rows: int
    ours: Times
    peer: Times

    @property
    def ratio(self) -> float:
        """Return how many times as long rdflib takes."""
        return self.peer.elapsed / self.ours.elapsed

    def __str__(self) -> str:
        return (
            f"{self.name:<28} {self.rows:5} {self.ours.elapsed:7.2f} ms "
            f"{self.ours.processor:7.2f} ms {self.peer.elapsed:8.1f} ms {self.ratio:5.0f} ×"
        )


def main() -> None:
    """Print the medians of each question on both engines, the median of all, and the claim."""
    dataset = stikg.open()
    foreign = dataset.to_rdflib()
    questions = dataset.queries.of_kind("question")
    for query in questions:  # a dataset that is asked much is in memory
        dataset.query(query.name, **_examples(query))
    print(f"{'question':<29} rows      stikg  processor      rdflib   ratio")
    answers = []
    for query in questions:
        answers.append(_ask(dataset, foreign, query, _examples(query)))
        print(answers[-1])
    median = statistics.median(answer.ours.elapsed for answer in answers)
    ratio = statistics.median(answer.ratio for answer in answers)
    print(f"{'median':<34} {median:7.2f} ms {ratio:30.0f} ×")
    name, parameters = CLAIM
    print(f"{name} of {parameters}:")
    print(_ask(dataset, foreign, dataset.queries.get(name), parameters))


def _ask(
    dataset: stikg.Dataset, foreign: Dataset, query: Query, parameters: dict[str, str]
) -> Answer:
    ask = partial(dataset.query, query.name, **parameters)
    prepared = prepareQuery(dataset.bound(query, parameters))
    peer = time_calls({"": lambda: list(foreign.query(prepared))}, repetitions=3)[""]
    ours = time_calls({"": ask}, repetitions=5)[""]
    if ours.elapsed < ENOUGH:
        ours = time_calls({"": ask}, repetitions=300)[""]
    return Answer(query.name, len(ask()), ours, peer)


def _examples(query: Query) -> dict[str, str]:
    return {item.name: item.example for item in query.parameters if item.example}


if __name__ == "__main__":
    main()
