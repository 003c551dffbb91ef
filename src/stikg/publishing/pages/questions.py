"""The page of the questions: what can be asked, how, and what the graph answers."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Final

from stikg.library import Column, Parameter, Query
from stikg.publishing.pages.markdown import answer, code, heading, link, page, table, text
from stikg.publishing.pages.terms import class_link
from stikg.results import Table

ROWS: Final = 5

_INTRODUCTION: Final = """\
Each question is a file of `queries/questions`. A thing is given by any of its names or codes, as
CURIE or as IRI; a column `x` of things has its label in a column `xLabel`, which is shown here in
its place. From Python: `stikg.open().query("programmes", organisation="JSPS")`."""
_TYPES: Final = {"resource": "thing", "term": "thing or value", "choice": "one of"}


def examples(query: Query) -> dict[str, str]:
    """Return the documented example of a query: the value of each parameter that has one."""
    return {item.name: item.example for item in query.parameters if item.example}


def questions_page(answers: Sequence[tuple[Query, Table]]) -> str:
    """Return docs/questions.md from the questions and the answers to their examples."""
    rows = [(link(query.name, f"#{query.name}"), text(query.question)) for query, _ in answers]
    parts = [table(["name", "question"], rows)]
    parts += [_section(query, solutions) for query, solutions in answers]
    return page("Questions", _INTRODUCTION, parts)


def command_line(query: Query) -> str:
    """Return the command that asks a query with the values of its example.

    >>> command_line(Query("goals", "question", "Goals", "", parameters=(
    ...     Parameter("since_year", "year", example="2015"),
    ...     Parameter("of", "resource", example="Basic Plan"))))
    "stikg query goals --since-year 2015 --of 'Basic Plan'"
    """
    options = [
        f"--{name.replace('_', '-')} {shlex.quote(value)}"
        for name, value in examples(query).items()
    ]
    return " ".join(["stikg query", query.name, *options])


def _section(query: Query, solutions: Table) -> str:
    parts = [heading(2, query.name), f"**{text(query.question)}** {text(query.description)}\n"]
    if query.parameters:
        rows = [_parameter(item) for item in query.parameters]
        parts.append(table(["parameter", "type", "what", "example"], rows))
    parts.append(table(["column", "type", "what"], _columns(query)))
    parts.append(f"```console\n$ {command_line(query)}\n```\n")
    parts.append(f"{count(len(solutions), ROWS)}\n")
    if len(solutions):
        parts.append(answer(query, solutions, ROWS))
    return "\n".join(parts)


def _parameter(item: Parameter) -> tuple[str, ...]:
    notes = ["" if item.optional else "required", "may be repeated" if item.multiple else ""]
    what = "; ".join(filter(None, [item.title, item.description, *notes]))
    example = code(item.example) if item.example else ""
    return code(f"--{item.name.replace('_', '-')}"), _type(item), text(what), example


def _columns(query: Query) -> list[tuple[str, ...]]:
    """Return the rows of the table of columns, those of labels left out."""
    names = {column.name for column in query.columns}
    labels = {f"{name}Label" for name in names}
    return [
        (
            code(item.name),
            _type(item),
            text(": ".join(filter(None, [item.title, item.description]))),
        )
        for item in query.columns
        if item.name not in labels
    ]


def _type(item: Parameter | Column) -> str:
    kind = _TYPES.get(item.type, item.type)
    if item.cls:
        return class_link(item.cls)
    return f"{kind} {', '.join(map(code, item.values))}" if item.values else kind


def count(rows: int, shown: int) -> str:
    """Say how many rows there are and how many are shown.

    >>> count(0, 5), count(1, 5), count(65, 5)
    ('No rows.', '1 row:', '65 rows, of which the first 5:')
    """
    if not rows:
        return "No rows."
    number = f"{rows} row" if rows == 1 else f"{rows} rows"
    return f"{number}:" if rows <= shown else f"{number}, of which the first {shown}:"
