"""A matrix of two sides: which row is linked to which column, and by which relation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Final, NamedTuple

from stikg.errors import InputError
from stikg.figures.canvas import Canvas, Entry
from stikg.figures.grid import Grid, cell_width, draw_grid, ordered
from stikg.figures.reading import (
    Content,
    Options,
    counted,
    listed,
    many,
    name_of,
    require,
    table_of,
)
from stikg.figures.style import COLOURS, Look
from stikg.results import Table

SIGNS: Final = (
    (Look(COLOURS[0], "o", "", "solid"), True, 0.55),
    (Look(COLOURS[5], "s", "", "solid"), False, 0.86),
    (Look("#000000", "x", "", "solid"), True, 0.5),
    (Look(COLOURS[2], "D", "", "solid"), False, 0.5),
)
"""Signs of the relations, the commonest first, that are told apart where they lie together."""
LINKS: Final = ("territory", "technology", "stage")
EDGES: Final = ("source", "target", "relation")


class Link(NamedTuple):
    """A filled cell: keys and names of row and column, and the relation."""

    row: tuple[str, str]
    column: tuple[str, str]
    relation: str


def draw(table: Table, canvas: Canvas, options: Options) -> Content:
    """Draw rows and columns by how many links they have, and a sign for each link.

    The columns are those of an edge, or territory, technology and stage. What is wider than the
    sheet is turned round.

    :raises InputError: if columns are missing, there are more than four relations, or there is
        no room.
    """
    links, through = _links(table)
    relations = [name for name, _ in counted(link.relation for link in links)]
    if len(relations) > len(SIGNS):
        raise InputError(
            f"a matrix tells {len(SIGNS)} relations apart; there are {len(relations)}",
            remedy="filter the relations, or draw it as a network",
        )
    links, turned = _turned(canvas, links)
    cells = sorted({(link.row, link.column) for link in links})
    rows = ordered(row for row, _ in cells)
    columns = ordered(column for _, column in cells)
    canvas.head(f"{len(rows)} × {len(columns)}, {many(len(links), 'link')} "
                f"in {many(len(cells), 'cell')}")  # fmt: skip
    grid = draw_grid(canvas, rows, columns)
    _draw_links(canvas, grid, links, relations)
    counts = Counter(link.relation for link in links)
    canvas.legend("Links", [
        Entry("marker", SIGNS[place][0], f"{name} ({counts[name]})", filled=SIGNS[place][1])
        for place, name in enumerate(relations)
    ])  # fmt: skip
    notes = ["Numbers beside rows and columns count the filled cells; both are ordered by them."]
    if through:
        notes.append(f"{many(through, 'link')} through a group not drawn: the group has them.")
    first = f"{rows[0].label} ({rows[0].total})"
    alt = (
        f"Matrix of {many(len(rows), 'row')} and {many(len(columns), 'column')} with "
        f"{many(len(cells), 'filled cell')}. "
        f"Links: {listed([f'{counts[name]} {name}' for name in relations])}. "
        f"The fullest row is {first}, the fullest column {columns[0].label} ({columns[0].total})."
    )
    data = _data(links, turned, table)
    return Content(alt, data, tuple(notes))


def _links(table: Table) -> tuple[list[Link], int]:
    """Return the distinct links of a table, and how many are through a group."""
    names = EDGES if "source" in table.columns else LINKS
    require(table, names, "a matrix")
    own: set[Link] = set()
    through: set[Link] = set()
    for record in table.records():
        row, column, relation = (name_of(record, name) for name in names)
        keys = (str(record[names[0]] or ""), str(record[names[1]] or ""))
        link = Link((keys[0], row), (keys[1], column), relation)
        (through if record.get("viaGroup") else own).add(link)
    if not own:
        own, through = through, set()
    return sorted(own), len(through - own)


def _turned(canvas: Canvas, links: Sequence[Link]) -> tuple[list[Link], bool]:
    """Return the links with rows for columns if the columns are many and have no room else."""
    rows = ordered({link.row for link in links})
    columns = ordered({link.column for link in links})
    enough = canvas.size * 1.3 / 72
    if len(columns) <= len(rows) or cell_width(canvas, rows, columns) >= enough:
        return list(links), False
    return [Link(link.column, link.row, link.relation) for link in links], True


def _draw_links(
    canvas: Canvas, grid: Grid, links: Sequence[Link], relations: Sequence[str]
) -> None:
    across = min(grid.wide, grid.high)
    for link in links:
        seen, filled, share = SIGNS[relations.index(link.relation)]
        x, y = grid.across[_key(link.column)], grid.down[_key(link.row)]
        canvas.marker(x, y, seen.shape, colour=seen.colour, across=share * across, filled=filled,
                      edge=seen.colour, weight=0.9)  # fmt: skip


def _key(pair: tuple[str, str]) -> Hashable:
    return pair[0]


def _data(links: Sequence[Link], turned: bool, table: Table) -> Table:
    names = EDGES if "source" in table.columns else LINKS
    rows = sorted(
        (link.column[1], link.row[1], link.relation) if turned
        else (link.row[1], link.column[1], link.relation)
        for link in links
    )  # fmt: skip
    return table_of(names, rows)
