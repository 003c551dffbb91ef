"""The answer of a query: a table that knows what was asked, and can be drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from stikg.errors import InputError
from stikg.library import Query
from stikg.results import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from stikg.figures import Picture


class Source(NamedTuple):
    """What an answer is of: the query, what was given to it, and the dataset's manifest.

    The last two are asked for when they are needed, by a picture.
    """

    query: Query
    filters: Callable[[], Mapping[str, str]]
    manifest: Callable[[], Mapping[str, Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Answer(Table):
    """The rows that answer a query; equal to any table of the same columns and rows.

    A copy made by pickle is a plain table.

    >>> Answer(("a",), ()) == Table(("a",), ()) == Answer(("a",), ())
    True
    """

    source: Source | None = field(default=None, repr=False)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return (self.columns, self.rows) == (other.columns, other.rows)

    def __hash__(self) -> int:
        return hash((self.columns, self.rows))

    def __reduce__(self) -> tuple[Any, ...]:
        return Table, (self.columns, self.rows, dict(self.types))

    @overload
    def draw(self, path: None = None, **options: Any) -> Figure: ...

    @overload
    def draw(
        self, path: str | Path, *, dpi: int = ..., alone: bool = ..., **options: Any
    ) -> Path: ...  # fmt: skip

    def draw(
        self, path: str | Path | None = None, *, dpi: int = 300, alone: bool = False,
        **options: Any,
    ) -> Figure | Path:  # fmt: skip
        """Draw the answer into a file, .png, .svg or .pdf; without one return the figure.

        Beside ``x.png`` its data are written, ``x.data.csv``, and what is seen in words,
        ``x.alt.txt``; ``alone`` leaves them out. The other options are those of ``picture``.

        :raises InputError: if the suffix is another; else as ``picture`` does.
        :raises OutputError: if a file cannot be written.
        """
        if path is None:
            return self.picture(**options).figure
        from stikg.figures import form_of

        form_of(Path(path))
        return self.picture(**options).write(Path(path), dpi=dpi, alone=alone)

    def picture(
        self,
        kind: str | None = None,
        *,
        width: str | float = "page",
        title: str = "",
        **options: Any,
    ) -> Picture:
        """Return the picture of the answer, with its figure, its data and a text.

        ``kind`` is one of ``stikg.library.model.CHARTS``; without it that of the query's header,
        else the one that the columns are made for. ``width`` is column, page, slide or a length;
        the other options are those of ``stikg.figures.Options``.

        :raises InputError: if the answer is empty, or the kind or an option does not fit it.
        """
        from stikg import figures

        try:
            chosen = figures.Options(**options)
        except TypeError as error:
            known = ", ".join(("kind", "width", "title", *figures.Options.__dataclass_fields__))
            raise InputError(
                f"{', '.join(options)}: not all are options of a picture", remedy=f"use {known}"
            ) from error
        caption = figures.Caption(title or self._title(), self._subtitle())
        query = self.source.query if self.source else None
        if query is None or query.kind != "network":
            kind = kind or (query.chart if query else "") or None
            return figures.draw(self, caption, kind=kind, width=width, options=chosen)
        from stikg.networks import edges_of, network_of

        if (kind or query.chart or "network") == "network":
            graph = network_of(self, query)
            return figures.draw_graph(graph, caption, width=width, options=chosen)
        edges = edges_of(self, query)
        return figures.draw(edges, caption, kind=kind or query.chart, width=width, options=chosen)

    def _title(self) -> str:
        return self.source.query.title if self.source else "Answer"

    def _subtitle(self) -> str:
        """Return what was given, by the titles of the parameters, and the version of the data."""
        if self.source is None:
            return ""
        query, filters, manifest = self.source
        titles = {item.name: item.title or item.name for item in query.parameters}
        parts = [f"{titles.get(name, name)}: {value}" for name, value in filters().items()]
        version = manifest().get("version")
        return " · ".join([*parts, f"data {version}"] if version else parts)
