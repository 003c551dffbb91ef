"""Statistics in panels: one for each indicator and unit, each figure with period and source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from stikg.errors import InputError
from stikg.figures.axis import scale_of
from stikg.figures.reading import Record, listed, name_of, require, shown, table_of, years
from stikg.results import Table

NEEDED: Final = ("indicator", "indicatorLabel", "period", "value", "unit")
UNITS: Final = {
    "NUM": "number", "PERCENT": "per cent", "PERSON": "persons", "RATIO": "ratio", "RANK": "rank",
    "FTE": "full-time equivalents", "YEAR": "years",
}  # fmt: skip
"""Codes of units as people say them; currencies stay codes."""
_TWO_YEARS: Final = re.compile(r"\d{4}/\d{4}\Z")
MOST_PANELS: Final = 12
MOST_FIGURES: Final = 90
COLUMNS: Final = (
    "indicator", "subject", "area", "period", "value", "unit", "qualifier", "source",
)  # fmt: skip


class Figure(NamedTuple):
    """A figure: what of, where, when, how much, and who says so."""

    indicator: str
    subject: str
    area: str
    period: str
    value: Decimal
    unit: str
    qualifier: str
    source: str

    @property
    def who(self) -> str:
        """Return subject and area as one name."""
        return ", ".join(part for part in (self.subject, self.area) if part)


@dataclass(frozen=True)
class Panel:
    """The figures of one indicator in one unit; ``shared`` is what is the same for all."""

    title: str
    unit: str
    figures: tuple[Figure, ...]
    shared: tuple[str, ...]

    def label(self, figure: Figure) -> str:
        """Return what tells a figure from the others of its panel."""
        parts = (figure.subject, figure.area, figure.period)
        return ", ".join(part for part in parts if part and part not in self.shared) or figure.area


def read_figures(table: Table, kind: str) -> list[Figure]:
    """Return the distinct figures of a table; passages that say the same count once.

    :raises InputError: if columns are missing, or there are more than can be drawn.
    """
    require(table, NEEDED, kind)
    found = {
        Figure(
            name_of(record, "indicator"), name_of(record, "subject"), name_of(record, "area"),
            _period(_text(record, "period")), value, _text(record, "unit"),
            _text(record, "qualifier"), _text(record, "source"),
        )
        for record in table.records()
        if (value := _value(record)) is not None
    }  # fmt: skip
    figures = sorted(found, key=lambda item: (item.indicator, item.unit, _moment(item), *item[1:]))
    if not figures:
        raise InputError("no row has a value", remedy="widen the filter")
    panels = {(item.indicator, item.unit) for item in figures}
    if len(panels) > MOST_PANELS or len(figures) > MOST_FIGURES:
        raise InputError(
            f"{len(figures)} figures of {len(panels)} indicators and units are more than can be "
            f"drawn ({MOST_FIGURES} of {MOST_PANELS})",
            remedy="narrow the filter, as in: --indicator 'R&D intensity'",
        )
    return figures


def panels_of(figures: Iterable[Figure]) -> list[Panel]:
    """Return the figures by indicator and unit."""
    groups: dict[tuple[str, str], list[Figure]] = {}
    for item in figures:
        groups.setdefault((item.indicator, item.unit), []).append(item)
    return [_panel(title, unit, members) for (title, unit), members in groups.items()]


def _panel(title: str, unit: str, figures: Sequence[Figure]) -> Panel:
    kept = []
    for part in ("subject", "area", "period"):
        values = {getattr(item, part) for item in figures}
        if len(values) == 1 and (len(figures) > 1 or part != "area"):
            kept.append(values.pop())
    return Panel(title, unit, tuple(figures), tuple(part for part in kept if part))


def unit_text(unit: str, word: str = "") -> str:
    """Return a unit as people say it, with the word for its power of ten.

    >>> unit_text("PERCENT"), unit_text("JPY", "trillion"), unit_text("NUM", "million")
    ('per cent', 'JPY trillion', 'million')
    """
    if unit == "NUM" and word:
        return word
    return " ".join(part for part in (UNITS.get(unit, unit), word) if part)


def amount(value: Decimal, unit: str) -> str:
    """Return a figure with its unit in words.

    >>> amount(Decimal(122_000_000_000), "GBP"), amount(Decimal("6.4"), "PERCENT")
    ('GBP 122 billion', '6.4 per cent')
    >>> amount(Decimal(3), "RANK"), amount(Decimal(5981), "NUM")
    ('rank 3', '5,981')
    """
    divisor, word = scale_of([value])
    number = " ".join(part for part in (shown(value / divisor), word) if part)
    if unit in ("NUM", "RATIO"):
        return number
    before = unit == "RANK" or unit not in UNITS
    name = UNITS.get(unit, unit)
    return f"{name} {number}" if before else f"{number} {name}"


def sources_of(figures: Iterable[Figure]) -> dict[str, int]:
    """Return the sources with their numbers, in the order in which they come."""
    numbers: dict[str, int] = {}
    for item in figures:
        if item.source:
            numbers.setdefault(item.source, len(numbers) + 1)
    return numbers


def source_notes(numbers: dict[str, int]) -> tuple[str, ...]:
    """Return the sources as notes below a picture."""
    if not numbers:
        return ()
    first, *rest = (f"[{number}] {source}" for source, number in numbers.items())
    return (f"Sources: {first}", *rest)


def data_of(figures: Iterable[Figure]) -> Table:
    """Return figures as a table."""
    return table_of(COLUMNS, figures)


def qualifiers_of(figures: Iterable[Figure]) -> list[str]:
    """Return the words by which figures are bounds or rounded, such as "over"."""
    return sorted({item.qualifier for item in figures if item.qualifier})


def panel_words(panels: Sequence[Panel]) -> str:
    """Return the indicators of panels as a part of a sentence."""
    return listed([f"{panel.title} ({unit_text(panel.unit)})" for panel in panels], 4)


def _text(record: Record, column: str) -> str:
    value = record.get(column)
    return "" if value is None else str(value)


def _period(text: str) -> str:
    """Return a period as it is printed: years with a dash between them."""
    return text.replace("/", "–") if _TWO_YEARS.match(text) else text


def _value(record: Record) -> Decimal | None:
    value = record["value"]
    return Decimal(value) if isinstance(value, (int, Decimal)) else None


def _moment(figure: Figure) -> tuple[int, int]:
    return years(figure.period) or (0, 0)
