"""The solutions of a query as a table of terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from stikg.errors import MissingDependency
from stikg.terms import Literal, Term

if TYPE_CHECKING:
    import pandas

Row = tuple[Term | None, ...]
PythonValue = str | int | bool | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows of terms; an unbound variable is None.

    ``types`` names the declared type of columns, where a query declares them.

    >>> table = Table(("n",), ((Literal("2", "http://www.w3.org/2001/XMLSchema#integer"),),))
    >>> table.records()
    [{'n': 2}]
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    types: Mapping[str, str] = field(default_factory=dict, compare=False, hash=False)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def column(self, name: str) -> tuple[Term | None, ...]:
        """Return the terms of one column.

        :raises KeyError: if there is no such column.
        """
        if name not in self.columns:
            raise KeyError(name)
        index = self.columns.index(name)
        return tuple(row[index] for row in self.rows)

    def records(self) -> list[dict[str, PythonValue]]:
        """Return the rows as dictionaries of Python values: IRIs as text, numbers as numbers."""
        return [dict(zip(self.columns, map(python_value, row), strict=True)) for row in self.rows]

    def first(self, count: int | None) -> Table:
        """Return the first rows, or all if there is no count."""
        return Table(self.columns, self.rows[:count], self.types)

    def with_types(self, types: Mapping[str, str]) -> Table:
        """Return the same solutions with declared column types."""
        return Table(self.columns, self.rows, types)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the table as a data frame; decimals and integers become numbers.

        :raises MissingDependency: if pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise MissingDependency(
                "pandas is not installed", remedy="pip install 'stikg[pandas]'"
            ) from error
        values = [[_number(python_value(term)) for term in row] for row in self.rows]
        return pandas.DataFrame(values, columns=list(self.columns))


@dataclass(frozen=True, slots=True)
class Stream:
    """Solutions as they come: columns, and rows that can be read once.

    They are read in the thread that asked for them. What is not read is not fetched: let go of the
    rows to end the query.

    >>> Stream(("n",), iter([(None,)])).table().rows
    ((None,),)
    """

    columns: tuple[str, ...]
    rows: Iterator[Row]

    def __iter__(self) -> Iterator[Row]:
        return self.rows

    def table(self) -> Table:
        """Return the rows that were not read yet, all in memory."""
        return Table(self.columns, tuple(self.rows))


def python_value(term: Term | None) -> PythonValue:
    """Return the Python value of a term: None, the text of an IRI, the value of a literal."""
    if term is None:
        return None
    return term.to_python() if isinstance(term, Literal) else str(term)


def _number(value: PythonValue) -> PythonValue | float:
    return float(value) if isinstance(value, Decimal) else value
