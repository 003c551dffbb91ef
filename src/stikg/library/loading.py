"""From query files to queries: every header key is known, typed and complete."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, TypeVar

from stikg.errors import SyntaxProblem
from stikg.library.header import Entry, split_source
from stikg.library.literals import check_bounds
from stikg.library.model import (
    CHARTS,
    COLUMN_TYPES,
    COUNTED,
    EDGE,
    KINDS,
    LABELLED,
    NUMBERS,
    PARAMETER_TYPES,
    SEVERITIES,
    WEIGHT,
    Column,
    Parameter,
    Query,
)
from stikg.library.templates import template

_KEBAB: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_VARIABLE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
_COMMON: Final = ("title", "question", "description", "tags", "parameters", "columns")
_KEYS: Final = {
    "question": (*_COMMON, "chart"),
    "check": (*_COMMON, "severity", "explanation"),
    "network": (*_COMMON, "chart", *EDGE, "weight", "directed"),
    "rule": ("title", "question", "description", "tags"),
}
_REQUIRED: Final = {
    "question": ("title", "question", "columns"),
    "check": ("title", "severity", "explanation", "columns"),
    "network": ("title", "columns"),
    "rule": ("title", "description"),
}
_PARAMETER_KEYS: Final = (
    "type", "class", "title", "description", "example", "optional", "multiple", "values",
    "minimum", "maximum", "pattern",
)  # fmt: skip
_COLUMN_KEYS: Final = ("type", "class", "title", "description", "values")
_Part = TypeVar("_Part")


def parse_query(source: str, *, path: str, kind: str) -> Query:
    """Return the query of a file's text; ``path`` names the file in messages.

    :raises SyntaxProblem: if the header misses a key, has an unknown one, or a value of it is
        of the wrong kind; the message names file and line.
    """
    name = Path(path).stem
    reader = _Reader(path)
    if not _KEBAB.match(name):
        reader.fail(1, f"the file name {name!r} is not kebab-case", "rename it, as in: goals.rq")
    parts = split_source(source, where=path)
    entries = parts.entries
    reader.keys(entries, _KEYS[kind], 1)
    for key in _REQUIRED[kind]:
        if key not in entries or entries[key].value in ("", (), {}):
            reader.fail(1, f"the header has no {key}", f"add the line: #+ {key}: …")
    columns = reader.each(entries, "columns", reader.column)
    parameters = reader.each(entries, "parameters", reader.parameter)
    edge = reader.edge(entries, columns) if kind == "network" else {}
    weight = reader.weight(entries, columns) if kind == "network" else ""
    return Query(
        name=name,
        kind=kind,
        title=reader.text(entries, "title"),
        text=parts.text,
        question=reader.text(entries, "question"),
        description=reader.text(entries, "description"),
        tags=reader.texts(entries, "tags"),
        parameters=parameters,
        columns=_with_labels(columns),
        path=path,
        line=parts.line,
        severity=reader.choice(entries, "severity", SEVERITIES),
        explanation=reader.text(entries, "explanation"),
        **edge,
        weight=weight,
        directed=reader.flag(entries, "directed", default=True),
        chart=reader.choice(entries, "chart", CHARTS),
        template=template(parts.text, frozenset(parameter.name for parameter in parameters)),
    )


def read_query(path: Path, *, folder: Path, kind: str) -> Query:
    """Read one query file below the folder of the queries.

    :raises SyntaxProblem: if it is not UTF-8 or its header is not valid.
    """
    relative = path.relative_to(folder).as_posix()
    try:
        source = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SyntaxProblem(
            "the file is not UTF-8",
            where=f"{relative}:{error.object.count(10, 0, error.start) + 1}",
            remedy="save it in the UTF-8 encoding",
        ) from error
    return parse_query(source, path=relative, kind=kind)


def read_queries(folder: Path) -> tuple[Query, ...]:
    """Read all query files of a folder, sorted by kind and name.

    :raises SyntaxProblem: if a header is not valid or two files have one name.
    """
    queries: dict[str, Query] = {}
    for kind, subfolder in KINDS.items():
        for path in sorted((folder / subfolder).glob("*.rq")):
            query = read_query(path, folder=folder, kind=kind)
            if query.name in queries:
                raise SyntaxProblem(
                    f"a query of this name is in {queries[query.name].path}",
                    where=query.path,
                    remedy="rename one of them",
                )
            queries[query.name] = query
    return tuple(queries.values())


def _with_labels(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    declared = {column.name for column in columns}
    result: list[Column] = []
    for column in columns:
        result.append(column)
        label = f"{column.name}Label"
        if column.type in LABELLED and label not in declared:
            result.append(Column(label, "string", f"{column.title or column.name} (label)"))
    return tuple(result)


class _Reader:
    """Takes typed values out of header entries; knows the file for its messages."""

    def __init__(self, path: str) -> None:
        self.path = path

    def fail(self, line: int, problem: str, remedy: str = "mend it there") -> None:
        raise SyntaxProblem(problem, where=f"{self.path}:{line}", remedy=remedy)

    def keys(self, entries: dict[str, Entry], known: Iterable[str], line: int) -> None:
        known = tuple(known)
        for key, entry in entries.items():
            if key not in known:
                self.fail(
                    entry.line or line,
                    f"the header key {key!r} is not known here",
                    f"use one of: {', '.join(known)}",
                )

    def text(self, entries: dict[str, Entry], key: str) -> str:
        entry = entries.get(key)
        if entry is None:
            return ""
        if not isinstance(entry.value, str):
            self.fail(entry.line, f"{key} is not a text", f"write it as: {key}: some words")
        return str(entry.value)

    def texts(self, entries: dict[str, Entry], key: str) -> tuple[str, ...]:
        entry = entries.get(key)
        if entry is None:
            return ()
        items = entry.value if isinstance(entry.value, tuple) else ()
        texts = tuple(item.value for item in items if isinstance(item.value, str) and item.value)
        if not texts or len(texts) != len(items):
            self.fail(entry.line, f"{key} is not a list of texts", f"write it as: {key}: [a, b]")
        if len(set(texts)) != len(texts):
            self.fail(entry.line, f"{key} names something twice")
        return texts

    def choice(self, entries: dict[str, Entry], key: str, known: tuple[str, ...]) -> str:
        value = self.text(entries, key)
        if value and value not in known:
            self.fail(entries[key].line, f"{key} is {value!r}", f"use one of: {', '.join(known)}")
        return value

    def flag(self, entries: dict[str, Entry], key: str, *, default: bool) -> bool:
        value = self.choice(entries, key, ("true", "false"))
        return value == "true" if value else default

    def each(
        self,
        entries: dict[str, Entry],
        key: str,
        read: Callable[[str, dict[str, Entry], int], _Part],
    ) -> tuple[_Part, ...]:
        entry = entries.get(key)
        if entry is None or entry.value == "":
            return ()
        if not isinstance(entry.value, dict):
            self.fail(
                entry.line, f"{key} is not a mapping", f"write below it: name: {{type: {key}}}"
            )
            return ()
        parts: list[_Part] = []
        for name, item in entry.value.items():
            if not _VARIABLE.match(name):
                self.fail(item.line, f"{name!r} is not a variable name", "use letters and digits")
            if not isinstance(item.value, dict):
                self.fail(
                    item.line, f"{name} has no type", f"write it as: {name}: {{type: string}}"
                )
                continue
            parts.append(read(name, item.value, item.line))
        return tuple(parts)

    def parameter(self, name: str, entries: dict[str, Entry], line: int) -> Parameter:
        self.keys(entries, _PARAMETER_KEYS, line)
        parameter = Parameter(
            name=name,
            type=self.type(name, entries, PARAMETER_TYPES, line),
            title=self.text(entries, "title"),
            description=self.text(entries, "description"),
            example=self.text(entries, "example"),
            cls=self.text(entries, "class"),
            optional=self.flag(entries, "optional", default=True),
            multiple=self.flag(entries, "multiple", default=False),
            values=self.texts(entries, "values"),
            minimum=self.text(entries, "minimum"),
            maximum=self.text(entries, "maximum"),
            pattern=self.text(entries, "pattern"),
        )
        if problem := check_bounds(parameter):
            self.fail(line, f"parameter {name}: {problem}")
        return parameter

    def column(self, name: str, entries: dict[str, Entry], line: int) -> Column:
        self.keys(entries, _COLUMN_KEYS, line)
        return Column(
            name=name,
            type=self.type(name, entries, COLUMN_TYPES, line),
            title=self.text(entries, "title"),
            description=self.text(entries, "description"),
            cls=self.text(entries, "class"),
            values=self.texts(entries, "values"),
        )

    def type(self, name: str, entries: dict[str, Entry], known: tuple[str, ...], line: int) -> str:
        value = self.choice(entries, "type", known)
        if not value:
            self.fail(line, f"{name} has no type", f"add type: one of {', '.join(known)}")
        return value

    def edge(self, entries: dict[str, Entry], columns: tuple[Column, ...]) -> dict[str, str]:
        named = {key: self.text(entries, key) or usual for key, usual in EDGE.items()}
        for key, name in named.items():
            if name not in {column.name for column in columns}:
                line = entries[key if key in entries else "columns"].line
                self.fail(line, f"no column {name} for the {key}", f"declare it, or say {key}: …")
        return named

    def weight(self, entries: dict[str, Entry], columns: tuple[Column, ...]) -> str:
        """Return the column whose number, or count of things, weighs an edge, if any."""
        name = self.text(entries, "weight") or WEIGHT
        column = next((column for column in columns if column.name == name), None)
        if column is None and "weight" not in entries:
            return ""
        line = entries["weight" if "weight" in entries else "columns"].line
        if column is None:
            self.fail(line, f"no column {name} for the weight", "declare it, with a title")
        elif column.type not in (*NUMBERS, *COUNTED):
            self.fail(
                line,
                f"the weight {name} is neither a number nor what can be counted",
                f"use {', '.join((*NUMBERS, *COUNTED))}",
            )
        elif not column.title:
            self.fail(
                line, f"the weight {name} has no title", "say what it counts: title: Programmes"
            )
        return name
