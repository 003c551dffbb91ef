"""Suggestions as tables: one row each with the reasons in short, or one row for each reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from stikg.results import Row, Table
from stikg.terms import IRI, XSD, Literal, Term, compress

if TYPE_CHECKING:
    from stikg.networks.suggesting.suggestions import Suggestion

SUGGESTED: Final = (
    "rank", "territory", "territoryLabel", "technology", "technologyLabel", "combined", "density",
    "pagerank", "attachment", "listed", "because", "passages",
)  # fmt: skip
REASONS: Final = (
    "rank", "territory", "territoryLabel", "technology", "technologyLabel", "reason", "thing",
    "thingLabel", "proximity", "shared", "passage",
)  # fmt: skip

Labels = Mapping[str, str]
Criteria = Mapping[str, Mapping[str, Sequence[str]]]
"""Passages of each criterion that a territory meets, by territory and criterion."""


def criteria_of(table: Table) -> tuple[Criteria, Labels]:
    """Return who meets which criterion where, from the answer of ``selection-criteria``.

    :raises KeyError: if the table has not the columns of that question.
    """
    found: dict[str, dict[str, list[str]]] = {}
    labels: dict[str, str] = {}
    names = ("territory", "criterion", "criterionLabel", "passage")
    for row in zip(*(table.column(name) for name in names), strict=True):
        territory, criterion, label, passage = ("" if cell is None else str(cell) for cell in row)
        passages = found.setdefault(territory, {}).setdefault(criterion, [])
        if passage and passage not in passages:
            passages.append(passage)
        labels[criterion] = label
    return found, labels


def suggestions_table(
    suggestions: Iterable[Suggestion], labels: Labels, criteria: Criteria | None = None
) -> Table:
    """Return one row for each suggestion.

    ``listed`` are the lists that have the pair; ``because`` says in short what it is computed
    from: the technologies of the territory that are nearest to it, with their proximity, and the
    number of territories that have it on any list; ``passages`` state what the territory has
    and the lists that have the pair, as CURIEs.
    """
    rows = tuple(
        (
            _integer(item.rank),
            *_named(item.territory, labels),
            *_named(item.technology, labels),
            _decimal(item.scores["combined"]),
            _decimal(item.scores["density"]),
            _decimal(item.scores["pagerank"]),
            _integer(round(item.scores["attachment"])),
            Literal(", ".join(item.stages)),
            Literal(because(item, labels, len((criteria or {}).get(item.territory, ())))),
            Literal(" ".join(map(compress, _passages(item)))),
        )
        for item in suggestions
    )
    return Table(SUGGESTED, rows)


def because(item: Suggestion, labels: Labels, criteria: int = 0) -> str:
    """Say in short what a suggestion is computed from."""
    near = [f"{labels[other.technology]} ({other.proximity:.2f})" for other in item.related]
    has = f"listed for {', '.join(near)}, which go with it" if near else "nothing goes with it"
    number = _count(item.territories, "territory is", "territories are")
    parts = [has, f"{number} listed for it"]
    if criteria:
        parts.append(f"meets {_count(criteria, 'criterion', 'criteria')}")
    return "; ".join(parts)


def reasons_table(
    suggestions: Iterable[Suggestion],
    labels: Labels,
    criteria: Criteria | None = None,
) -> Table:
    """Return one row for each reason of a suggestion and passage that states it.

    A reason is "is listed for a related technology" (with its proximity, and the number of other
    territories that have both), "is on another list" or "meets a criterion", which stands once
    for each territory, after its first suggestion and without a technology. ``labels`` names
    criteria, too.
    """
    rows: list[Row] = []
    told: set[str] = set()
    for item in suggestions:
        head = (
            _integer(item.rank),
            *_named(item.territory, labels),
            *_named(item.technology, labels),
        )
        rows.extend((*head, *row) for row in _list_reasons(item, labels))
        if item.territory not in told:
            told.add(item.territory)
            about = (head[0], *head[1:3], None, None)
            met = (criteria or {}).get(item.territory, {})
            rows.extend((*about, *row) for row in _criteria_met(met, labels))
    return Table(REASONS, tuple(rows))


def _list_reasons(item: Suggestion, labels: Labels) -> Iterator[Row]:
    for other in item.related:
        thing = _named(other.technology, labels)
        figures = (_decimal(other.proximity), _integer(other.shared))
        for passage in other.passages or ("",):
            yield (Literal("is listed for a related technology"), *thing, *figures, _iri(passage))
    for stage in item.stages:
        for passage in item.passages or ("",):
            yield (Literal("is on another list"), None, Literal(stage), None, None, _iri(passage))


def _criteria_met(met: Mapping[str, Sequence[str]], labels: Labels) -> Iterator[Row]:
    for criterion, passages in met.items():
        thing = _named(criterion, labels)
        for passage in passages or [""]:
            yield (Literal("meets a criterion"), *thing, None, None, _iri(passage))


def _passages(item: Suggestion) -> list[str]:
    found = [*item.passages, *(p for other in item.related for p in other.passages)]
    return list(dict.fromkeys(found))


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _named(iri: str, labels: Labels) -> tuple[Term, Term]:
    return IRI(iri), Literal(labels.get(iri) or compress(iri))


def _iri(text: str) -> IRI | None:
    return IRI(text) if text else None


def _integer(number: int) -> Literal:
    return Literal(str(number), XSD + "integer")


def _decimal(number: float) -> Literal:
    return Literal(f"{number:.4f}", XSD + "decimal")
