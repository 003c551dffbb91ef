"""Pieces of Markdown, as GitHub renders it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from stikg.library import Query
from stikg.results import Table
from stikg.results.display import show

NOTE: Final = "Made by `make docs`, not written by hand."
LONGEST: Final = 60
"""Characters of a cell or value that are shown at most."""

_SPECIAL: Final = re.compile(r"[\\|<>*_`\[\]]")
_NO_ANCHOR: Final = re.compile(r"[^a-z0-9]+")


def text(value: str) -> str:
    r"""Return plain text so that Markdown shows it as it is.

    >>> text("a_b | c")
    'a\\_b \\| c'
    """
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", value)


def clip(value: str, length: int = LONGEST) -> str:
    """Return text of no more than so many characters, cut between words where it can be.

    >>> clip("Strategic Innovation Promotion Program", 20)
    'Strategic…'
    >>> clip("ABCDEF", 4)
    'ABC…'
    """
    if len(value) <= length:
        return value
    words, space, _ = value[:length].rpartition(" ")
    return (words.rstrip(" ,;:") if space else value[: length - 1]) + "…"


def code(value: str) -> str:
    """Return text as code; CURIEs and names of files have no backtick."""
    return f"`{value}`"


def link(label: str, target: str) -> str:
    """Return a link; ``label`` is Markdown."""
    return f"[{label}]({target})"


def anchor(*parts: str) -> str:
    """Return the name of a place on a page.

    >>> anchor("class", "sti:FundingAgency")
    'class-sti-fundingagency'
    """
    return _NO_ANCHOR.sub("-", "-".join(parts).lower()).strip("-")


def heading(level: int, title: str, name: str = "") -> str:
    """Return a heading; with a name of its own where that of GitHub would not be found."""
    place = f'<a id="{name}"></a>' if name else ""
    return f"{'#' * level} {place}{title}\n"


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Collection[str] = ()
) -> str:
    """Return a table of Markdown cells; the columns of numbers to the right."""
    rule = ["---:" if head in numbers else "---" for head in heads]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (heads, rule, *rows))


def bullets(items: Iterable[tuple[str, str]]) -> str:
    """Return a list of named values; those without a value are left out."""
    return "".join(f"- {name}: {value}\n" for name, value in items if value)


def answer(query: Query, solutions: Table, limit: int, *, without: Collection[str] = ()) -> str:
    """Return the first rows of an answer: labels for IRIs, the titles of the columns as heads."""
    titles = {column.name: column.title or column.name for column in query.columns}
    shown = show(Table(solutions.columns, solutions.rows[:limit]))
    kept = [index for index, name in enumerate(shown.columns) if name not in without]
    heads = [text(titles.get(shown.columns[index], shown.columns[index])) for index in kept]
    rows = [[text(clip(cells[index])) for index in kept] for cells in shown.cells]
    numbers = {head for head, index in zip(heads, kept, strict=True) if shown.numeric[index]}
    return table(heads, rows, numbers=numbers)


def page(title: str, introduction: str, parts: Iterable[str]) -> str:
    """Return a page: title, where it comes from, what it is, and its parts."""
    return "\n".join([heading(1, title), f"{introduction}\n{NOTE}\n", *parts])
