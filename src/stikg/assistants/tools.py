"""The tools: what they are called, what they are given, and how they answer.

Nothing here knows the protocol: a tool is a name, a schema and a function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from stikg.assistants.answers import Answer, Page, make_page
from stikg.assistants.arguments import Arguments
from stikg.assistants.passages import Passage, cited, describe, mentioning, things
from stikg.assistants.schemas import query_arguments
from stikg.assistants.settings import Settings
from stikg.dataset import Dataset
from stikg.errors import UnknownQuery
from stikg.library import Query
from stikg.results import Table

PREFIX: Final = "query_"
"""What the names of canned queries begin with among the tools."""

MENTIONING: Final = (
    "The rows count or compare many statements and cite none: the passages are some of those that "
    "mention the things. Ask the tool evidence for what is said of one."
)
UNCITED: Final = "The rows cite no passage."


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool; ``schema`` is that of its arguments, ``run`` answers a call."""

    name: str
    title: str
    description: str
    schema: Mapping[str, Any]
    run: Callable[[Arguments], Answer]

    def call(self, given: Mapping[str, Any] | None) -> Answer:
        """Answer a call.

        :raises StikgError: if an argument does not fit, or the answer cannot be had.
        """
        return self.run(Arguments(self.name, given, list(self.schema["properties"])))


class Asked:
    """A dataset that is asked through tools, with the limits of an answer."""

    def __init__(self, dataset: Dataset, settings: Settings) -> None:
        self.dataset = dataset
        self.settings = settings

    def page(self, table: Table, given: Arguments) -> Page:
        """Return the page of a table that a call asks for."""
        first, rows = given.page(self.settings)
        return self.page_from(table, first, rows)

    def page_from(self, table: Table, first: int, rows: int) -> Page:
        """Return the page of a table that begins at a row."""
        label = self.dataset.names.label
        return make_page(table, label, self.settings, first=first, rows=rows)

    def passages(self, table: Table) -> tuple[list[Passage], list[str]]:
        """Return the passages that rows cite, or else some that mention their things; and notes."""
        found = describe(self.dataset.store, cited(table.rows))
        if found or not table.rows:
            return found, []
        found = mentioning(self.dataset.store, things(table.rows))
        return found, [MENTIONING if found else UNCITED]


def canned(asked: Asked, kinds: Sequence[str]) -> list[Tool]:
    """Return a tool for each canned query of some kinds."""
    library = asked.dataset.queries
    return [_tool(asked, query) for kind in kinds for query in library.of_kind(kind)]


def tool_name(query: str) -> str:
    """Return the name of the tool of a canned query.

    >>> tool_name("territory-ranking")
    'query_territory_ranking'
    """
    return PREFIX + query.replace("-", "_")


def find_tool(tools: Mapping[str, Tool], name: str) -> Tool:
    """Return the tool of a name.

    :raises UnknownQuery: if there is none; it says the nearest.
    """
    if name in tools:
        return tools[name]
    from difflib import get_close_matches

    near = get_close_matches(name, [*tools, *(n.removeprefix(PREFIX) for n in tools)], n=3)
    names = list(dict.fromkeys(n if n in tools else PREFIX + n for n in near))
    raise UnknownQuery(
        f"no tool is called {name!r}",
        candidates=names,
        remedy=f"did you mean {' or '.join(names)}?" if names else "list the tools",
    )


def _tool(asked: Asked, query: Query) -> Tool:
    def run(given: Arguments) -> Answer:
        return _answer(asked, query, given)

    columns = ", ".join(c.name for c in query.columns if not c.name.endswith("Label"))
    parts = (query.question or query.title, query.description, f"Columns: {columns}.")
    return Tool(
        name=tool_name(query.name),
        title=query.title,
        description="\n".join(part for part in parts if part),
        schema=query_arguments(query, asked.settings),
        run=run,
    )


def _answer(asked: Asked, query: Query, given: Arguments) -> Answer:
    own = [parameter.name for parameter in query.parameters]
    values = given.rest(own)
    table = asked.dataset.query(query.name, **values)
    first = 0 if "offset" in own else given.page(asked.settings)[0]
    rows = asked.settings.rows if "limit" in own else given.page(asked.settings)[1]
    page = asked.page_from(table, first, rows)
    passages, notes = asked.passages(page.table)
    if not table.rows:
        notes = [nothing_stated(asked.dataset)]
    return Answer(query.title, page, passages, notes, {"query": query.name, "asked": values})


def nothing_stated(dataset: Dataset) -> str:
    """Return what an answer without rows says: it is an answer."""
    documents = dataset.manifest.get("documents")
    which = "one document" if documents == 1 else f"{documents} documents"
    return f"No passage of the {which} states it." if documents else "No rows."
