"""Nothing left out: the graph has each number that a passage prints, or says why not."""

from __future__ import annotations

from stikg.evidence import DescribedPassage, count_numbers
from stikg.terms import IRI
from tests.data.support import Exceptions, Graph, name, none_of


def test_every_number_is_stated_or_counts_nothing(
    graph: Graph, passages: list[DescribedPassage], texts: dict[str, str]
) -> None:
    excepted = Exceptions.read("uncounted.tsv")
    count = count_numbers(passages, graph.quads, texts)
    found = [item for item in count.others if not item.reason]
    none_of(
        f"{name(IRI(item.passage))} prints {item.number} (…{item.around}…), and the graph does not "
        "have it: write it down as an observation, amount, date or size, or say in "
        f"{excepted.file} why it counts nothing"
        for item in found
        if not excepted.has(name(IRI(item.passage)), item.number)
    )
    none_of(excepted.unneeded((name(IRI(item.passage)), item.number) for item in found))
    assert count.stated > 700
