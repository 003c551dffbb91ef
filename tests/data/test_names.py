"""Names: each is printed somewhere in a document."""

from __future__ import annotations

from stikg.evidence.wording import Wording
from stikg.terms import Literal, Term, expand
from tests.data.support import Graph, at, name, none_of

OTHER_NAMES = {expand("skos:altLabel"), expand("sti:acronym")}


def even(text: str) -> str:
    return " ".join(text.split()).casefold()


def test_every_other_name_is_printed_in_a_document(graph: Graph, texts: dict[str, str]) -> None:
    printed = [even(text) for text in texts.values()]
    wordings = [Wording.of(text) for text in texts.values()]

    def is_printed(text: str) -> bool:
        if any(even(text) in passage for passage in printed):
            return True
        return any(wording.has(text) for wording in wordings)

    found = {
        (name(quad[0]), str(quad[2])): at(file, quad)
        for file in graph.sources
        for quad in file.quads
        if quad[1] in OTHER_NAMES and isinstance(quad[2], Literal) and not is_printed(str(quad[2]))
    }
    none_of(
        f"{place}: no document calls {thing} {text!r}: delete the name, or write it as it is "
        "printed"
        for (thing, text), place in found.items()
    )


def test_a_name_belongs_to_one_thing_of_a_kind(graph: Graph) -> None:
    things: dict[tuple[str, str], set[Term]] = {}
    for subject, predicate, value, _ in graph.quads:
        if predicate in OTHER_NAMES | {expand("skos:prefLabel")}:
            prefix = name(subject).partition(":")[0]
            things.setdefault((prefix, even(str(value))), set()).add(subject)

    none_of(
        f"{', '.join(sorted(graph.place(thing) for thing in own))}: "
        f"{' and '.join(sorted(map(name, own)))} are both called {text!r}: make them one thing, or "
        "put into the names of each what tells them apart"
        for (_, text), own in things.items()
        if len(own) > 1
    )
