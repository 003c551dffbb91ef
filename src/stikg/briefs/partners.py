"""Who was considered for the same technologies: counted, with the passages of both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from stikg.briefs.grouping import Record, cell
from stikg.briefs.model import Row, Section
from stikg.terms import IRI

MOST: Final = 5


Passages = dict[tuple[str, str], set[str]]
"""Territory and technology → the passages that link them."""


def possible_partners(links: Iterable[Record], thing: IRI) -> Section:
    """Return the territories that share most technologies with one, of any stage.

    What a territory has through a group alone does not count, as in ``shared-technologies``.

    ``links`` are all rows of ``country-technology-links``.
    """
    passages, names = _read(links)
    mine = {field for partner, field in passages if partner == thing.value}
    shared: dict[str, set[str]] = {}
    for partner, field in passages:
        if partner != thing.value and field in mine:
            shared.setdefault(partner, set()).add(field)
    ranked = sorted(shared, key=lambda partner: (-len(shared[partner]), names[partner], partner))
    rows = [_row(thing.value, partner, shared[partner], passages, names) for partner in ranked]
    return Section(
        heading="Possible partners: considered for the same technologies",
        heads=("Territory", "Shared", "Technologies"),
        rows=tuple(rows[:MOST]),
        omitted=max(0, len(rows) - MOST),
        note="Counted from the lists; no document says that they are partners.",
    )


def _read(links: Iterable[Record]) -> tuple[Passages, dict[str, str]]:
    """Return the passages of each link, and the names of territories and technologies."""
    passages: Passages = {}
    names: dict[str, str] = {}
    for link in links:
        territory, technology = link["territory"], link["technology"]
        through_group = link["viaGroup"] is not None
        if through_group or not isinstance(territory, IRI) or not isinstance(technology, IRI):
            continue
        names[territory.value] = cell(link, "territory")
        names[technology.value] = cell(link, "technology")
        found = passages.setdefault((territory.value, technology.value), set())
        if isinstance(passage := link["passage"], IRI):
            found.add(passage.value)
    return passages, names


def _row(
    thing: str, partner: str, shared: set[str], passages: Passages, names: dict[str, str]
) -> Row:
    cited = {
        value
        for technology in shared
        for territory in (thing, partner)
        for value in passages[territory, technology]
    }
    return Row(
        cells=(names[partner], str(len(shared)), "; ".join(sorted(names[item] for item in shared))),
        passages=tuple(IRI(value) for value in sorted(cited)),
        origins=("counted",),
    )
