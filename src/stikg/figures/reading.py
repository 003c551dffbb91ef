"""What a chart reads from a table: which columns are names, which are numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from stikg.errors import InputError
from stikg.results import PythonValue, Table
from stikg.terms import XSD, Literal

Record = dict[str, PythonValue]

_YEARS: Final = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_MINUS: Final = "\u2212"


@dataclass(frozen=True)
class Options:
    """What may be asked of a chart; each chart reads those that concern it.

    ``layout`` is bipartite, layered or force; ``value`` the column of a ranking's numbers;
    ``by`` the column in the middle of an alluvial chart; ``top`` how many rows at most.
    """

    layout: str | None = None
    value: str | None = None
    by: str | None = None
    top: int | None = None


@dataclass(frozen=True)
class Content:
    """What a chart has drawn: words for those who cannot see it, its data, notes below it."""

    alt: str
    data: Table
    notes: tuple[str, ...] = ()


def require(table: Table, names: Sequence[str], kind: str) -> None:
    """Check that a table has the columns that a chart needs, and a row.

    :raises InputError: if one is missing, or there are no rows.
    """
    missing = [name for name in names if name not in table.columns]
    if missing:
        raise InputError(
            f"{kind} needs the columns {', '.join(names)}; {', '.join(missing)} is missing",
            remedy=f"the table has {', '.join(table.columns) or 'no columns'}; "
            "draw it as another kind",
        )
    if not table.rows:
        raise nothing_to_draw()


def nothing_to_draw() -> InputError:
    """Return the error to raise when a table or network is empty."""
    return InputError(
        "there is nothing to draw: the answer is empty",
        remedy="widen the filter; stikg query NAME or stikg network NAME shows what there is",
    )


def names(table: Table) -> list[str]:
    """Return the columns whose values have a label column.

    >>> names(Table(("a", "aLabel", "n"), ()))
    ['a']
    """
    return [name for name in table.columns if f"{name}Label" in table.columns]


def name_of(record: Record, column: str) -> str:
    """Return what people read in a column of a row: its label, else its value."""
    label = record.get(f"{column}Label")
    value = record.get(column) if label in (None, "") else label
    return "" if value is None else str(value)


def numbers(table: Table) -> list[str]:
    """Return the columns that hold numbers, and nothing else where they hold something."""
    return [name for name in table.columns if _is_number(table, name)]


def _is_number(table: Table, name: str) -> bool:
    values = [value for value in map(_python, table.column(name)) if value is not None]
    return bool(values) and all(isinstance(value, (int, Decimal)) for value in values)


def _python(term: object) -> PythonValue | bool:
    value = term.to_python() if isinstance(term, Literal) else None if term is None else "text"
    return "text" if isinstance(value, bool) else value


def years(period: PythonValue) -> tuple[int, int] | None:
    """Return the first and last year that a period names.

    >>> years("2016/2021"), years("FY2019"), years("AY2004/2005"), years("spring")
    ((2016, 2021), (2019, 2019), (2004, 2005), None)
    """
    found = [int(year) for year in _YEARS.findall("" if period is None else str(period))]
    return (min(found), max(found)) if found else None


def shown(value: Decimal | int | float) -> str:
    """Return a number as it is printed: groups of three, four digits after the point at most.

    >>> shown(Decimal("1234567.50")), shown(-3), shown(0.1 + 0.2), shown(Decimal("0.0000123456"))
    ('1,234,567.5', '−3', '0.3', '0.0000123')
    """
    number = Decimal(str(value))
    places = 4 if not number or abs(number) >= Decimal("0.001") else 2 - number.adjusted()
    text = f"{round(number, places):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", _MINUS)


def counted(words: Iterable[str]) -> list[tuple[str, int]]:
    """Return words with their counts, the commonest first, ties by word."""
    return sorted(Counter(words).items(), key=lambda item: (-item[1], item[0]))


def listed(words: Sequence[str], most: int = 5) -> str:
    """Return words as a part of a sentence; the number of those above a limit.

    >>> listed(["a", "b", "c"]), listed(["a", "b", "c"], 2)
    ('a, b and c', 'a, b and 1 more')
    """
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def many(count: int, word: str, words: str = "") -> str:
    """Return a count with its noun.

    >>> many(1, "row"), many(2, "row"), many(0, "country", "countries")
    ('1 row', '2 rows', '0 countries')
    """
    return f"{shown(count)} {word if count == 1 else words or f'{word}s'}"


def table_of(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """Return a table of the values that a picture shows; None stays unbound."""
    return Table(tuple(columns), tuple(tuple(map(_term, row)) for row in rows))


def _term(value: object) -> Literal | None:
    if value is None or value == "":
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return Literal(str(value), XSD + "integer")
    if isinstance(value, Decimal):
        return Literal(format(value, "f"), XSD + "decimal")
    return Literal(str(value))
