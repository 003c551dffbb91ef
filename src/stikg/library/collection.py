"""All queries of a folder, found by name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from stikg.errors import InputError, SyntaxProblem, UnknownQuery
from stikg.library.model import Query

_OPENING: Final = '{"name": "'
"""How the JSON of a query begins: its name can be read without the rest."""


class Library:
    """The queries of a folder, sorted by kind and name.

    Of a library in JSON only the queries that are asked for are parsed.
    """

    def __init__(self, queries: Iterable[Query]) -> None:
        self._by_name: dict[str, Query | str] = {query.name: query for query in queries}

    @property
    def queries(self) -> tuple[Query, ...]:
        """All queries, in order."""
        return tuple(map(self.get, self._by_name))

    def __iter__(self) -> Iterator[Query]:
        return iter(self.queries)

    def __len__(self) -> int:
        return len(self._by_name)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __eq__(self, other: object) -> bool:
        return self.queries == other.queries if isinstance(other, Library) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self._by_name))

    def get(self, name: str) -> Query:
        """Return the query of a name.

        :raises UnknownQuery: if there is none; it says the nearest names.

        >>> Library(()).get("goals")
        Traceback (most recent call last):
        ...
        stikg.errors.UnknownQuery: no query is called 'goals'
          remedy: see the names listed by: stikg queries
        """
        query = self._by_name.get(name)
        if query is None:
            raise self._unknown(name)
        if isinstance(query, str):
            query = self._by_name[name] = Query.from_dict(json.loads(query))
        return query

    def get_network(self, name: str) -> Query:
        """Return the network query of a name.

        :raises UnknownQuery: if there is no query of that name.
        :raises InputError: if the query is no network; it says the networks.
        """
        query = self.get(name)
        if query.kind != "network":
            listed = ", ".join(item.name for item in self.of_kind("network"))
            raise InputError(
                f"{name} is no network", remedy=f"the networks are: {listed or 'none'}"
            )
        return query

    def of_kind(self, kind: str) -> tuple[Query, ...]:
        """Return the queries of a kind: question, check, network or rule."""
        return tuple(query for query in self.queries if query.kind == kind)

    def to_json(self) -> str:
        """Write the library as JSON, one query a line, read again without a YAML parser."""
        queries = (json.dumps(query.to_dict(), ensure_ascii=False) for query in self)
        return "[\n" + ",\n".join(queries) + "\n]\n"

    @classmethod
    def from_json(cls, text: str) -> Library:
        """Return the library that ``to_json`` wrote, or a list of queries in other JSON.

        :raises ValueError: if the text is cut, or is something else.
        """
        first, *lines = text.removesuffix("\n").split("\n")
        last = lines.pop() if lines else ""
        if (first, last) != ("[", "]") or not all(line.startswith(_OPENING) for line in lines):
            return cls(Query.from_dict(item) for item in json.loads(text))
        library = cls(())
        for line in lines:
            name = line[len(_OPENING) : line.index('"', len(_OPENING))]
            library._by_name[name] = line.removesuffix(",")
        return library

    def _unknown(self, name: str) -> UnknownQuery:
        from difflib import get_close_matches

        near = get_close_matches(name, self._by_name, n=3, cutoff=0.5)
        return UnknownQuery(
            f"no query is called {name!r}",
            candidates=near,
            remedy=f"did you mean {' or '.join(near)}?"
            if near
            else "see the names listed by: stikg queries",
        )


def load_library(folder: Path) -> Library:
    """Read the query files below a folder (questions, checks, networks, rules).

    :raises SyntaxProblem: if a header is not valid or two files have one name.
    """
    from stikg.library.loading import read_queries

    try:
        return Library(read_queries(folder))
    except SyntaxProblem as problem:
        raise SyntaxProblem(
            problem.problem, where=f"{folder.name}/{problem.where}", remedy=problem.remedy
        ) from problem
