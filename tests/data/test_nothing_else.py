"""Nothing else: what a passage states is named, counted and quoted in its words."""

from __future__ import annotations

import pytest

from stikg.evidence import DescribedPassage
from stikg.evidence.grounding import Grounding, Ungrounded, ground, is_named, names_of
from stikg.evidence.wording import Wording
from stikg.terms import IRI
from tests.data.support import Exceptions, Graph, name, none_of

MOST = 0.03
"""Share of the statements that bind two things which may be exceptions."""


@pytest.fixture(scope="module")
def grounding(graph: Graph, passages: list[DescribedPassage], texts: dict[str, str]) -> Grounding:
    return ground(passages, graph.quads, texts)


@pytest.fixture(scope="module")
def coined() -> Exceptions:
    return Exceptions.read("coined-names.tsv")


@pytest.fixture(scope="module")
def excepted() -> Exceptions:
    return Exceptions.read("ungrounded.tsv")


def key(finding: Ungrounded) -> tuple[str, ...]:
    subject, predicate, value, passage = finding.statement
    return name(passage), name(subject), name(predicate), name(value)


def test_every_statement_of_a_passage_is_in_its_words(
    graph: Graph, grounding: Grounding, coined: Exceptions, excepted: Exceptions
) -> None:
    found = [item for item in grounding.ungrounded if not coined.has(name(item.term))]
    none_of(
        f"{graph.place(item.statement[0], name(item.statement[1]), item.statement[2])}: "
        f"{' '.join(key(item)[1:])}: {key(item)[0]} and what is said with it do not have "
        f"{' or '.join(map(repr, item.sought)) or name(item.term)}: move the statement to the "
        f"passage's reading with a sti:reason, add the name that is printed as skos:altLabel, or "
        f"say in {excepted.file} why it is stated all the same"
        for item in found
        if not excepted.has(*key(item))
    )
    none_of(excepted.unneeded(map(key, found)))


def test_exceptions_are_few(grounding: Grounding) -> None:
    relations = {
        item.statement for item in grounding.ungrounded if isinstance(item.statement[2], IRI)
    }
    assert grounding.relations > 3000
    assert len(relations) < MOST * grounding.relations, (
        f"{len(relations)} of {grounding.relations} relations are exceptions: move some to the "
        "readings of their passages, with a sti:reason"
    )


def test_names_that_the_encoder_coined_are_printed_nowhere(
    graph: Graph, texts: dict[str, str], grounding: Grounding, coined: Exceptions
) -> None:
    wordings = [Wording.of(text) for text in texts.values()]
    names = names_of(graph.quads)
    none_of(
        f"{coined.file}: {name(thing)} is printed as one of {sorted(forms)}: delete its row"
        for thing, forms in names.items()
        if is_named(thing)
        and coined.has(name(thing))
        and any(wording.has_any(forms) for wording in wordings)
    )
    none_of(coined.unneeded((name(item.term),) for item in grounding.ungrounded))
