"""The page of the checks: what each looks for, and what it finds in the graph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stikg.library import Query
from stikg.library.model import SEVERITIES
from stikg.publishing.pages.markdown import answer, code, heading, link, page, table, text
from stikg.publishing.pages.questions import command_line, count
from stikg.results import Table

ROWS: Final = 20

_INTRODUCTION: Final = """\
Each check is a file of `queries/checks` whose rows are findings: statements that do not agree,
each with its passage. A finding does not say which of the two is right. The first value stands in
the first passage; the second in the second, or it is what the first should have been. All findings
of the documents are gathered by [contradictions](questions.md#contradictions)."""


def checks_page(findings: Sequence[tuple[Query, Table]]) -> str:
    """Return docs/checks.md from the checks and their rows, the gravest first."""
    ordered = sorted(findings, key=lambda item: (SEVERITIES.index(item[0].severity), item[0].name))
    rows = [
        (link(query.name, f"#{query.name}"), text(query.title), query.severity, str(len(found)))
        for query, found in ordered
    ]
    heads = ["check", "title", "severity", "findings"]
    parts = [table(heads, rows, numbers={"findings"})]
    parts += [_section(query, found) for query, found in ordered]
    return page("Checks", _INTRODUCTION, parts)


def _section(query: Query, found: Table) -> str:
    parts = [
        heading(2, query.name),
        f"**{text(query.title)}** ({query.severity}). {text(query.explanation)}\n",
    ]
    if not len(found):
        return "\n".join([*parts, "Nothing is found.\n"])
    parts.append(f"{count(len(found), ROWS)}\n")
    parts.append(answer(query, found, ROWS, without=_constant(query, found)))
    if len(found) > ROWS:
        parts.append(f"The rest is shown by {code(command_line(query))}.\n")
    return "\n".join(parts)


def _constant(query: Query, found: Table) -> set[str]:
    """Return the columns that need not be shown: empty ones, and the kind if it is always one."""
    empty = {name for name in found.columns if not any(_bound(found, name))}
    one_kind = "kind" in found.columns and len(set(found.column("kind"))) == 1
    return empty | ({"kind"} if one_kind else set())


def _bound(found: Table, name: str) -> list[str]:
    return [str(term) for term in found.column(name) if term is not None]
