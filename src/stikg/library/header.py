"""The ``#+`` header of a query file: YAML in comments, read with its line numbers.

Scalars stay the text that was written: ``NO`` is a country and ``1.50`` keeps its zero.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from stikg.errors import SyntaxProblem

if TYPE_CHECKING:
    from yaml import SafeLoader
    from yaml.nodes import Node

MARK: Final = "#+"


@dataclass(frozen=True, slots=True)
class Entry:
    """A YAML value and the line of the file that holds it.

    ``value`` is the text of a scalar, a tuple of entries, or a dictionary of entries.
    """

    value: str | tuple[Entry, ...] | dict[str, Entry]
    line: int


@dataclass(frozen=True, slots=True)
class Source:
    """A query file taken apart: the entries of its header and its SPARQL text."""

    entries: dict[str, Entry]
    text: str
    line: int


def split_source(source: str, *, where: str) -> Source:
    r"""Separate the header of a query file from its SPARQL text.

    :raises SyntaxProblem: if there is no header, or one that is no YAML mapping.

    >>> split_source("#+ title: All\nASK {}\n", where="a.rq").text
    'ASK {}\n'
    >>> split_source("ASK {}", where="a.rq")
    Traceback (most recent call last):
    ...
    stikg.errors.SyntaxProblem: a.rq:1: no header
      remedy: begin the file with lines such as: #+ title: Programmes
    """
    lines = list(io.StringIO(source, newline="\n"))
    count = next((i for i, line in enumerate(lines) if not line.startswith(MARK)), len(lines))
    if not count:
        raise SyntaxProblem(
            "no header",
            where=f"{where}:1",
            remedy=f"begin the file with lines such as: {MARK} title: Programmes",
        )
    for number, line in enumerate(lines[count:], count + 1):
        if line.startswith(MARK):
            raise SyntaxProblem(
                "a header line below the header",
                where=f"{where}:{number}",
                remedy=f"keep all lines that begin with {MARK} together at the top of the file",
            )
    entries = _parse("".join(_content(line) for line in lines[:count]), where)
    return Source(entries, "".join(lines[count:]), count + 1)


def read_plain(text: str) -> Any:
    """Return what a YAML text without aliases holds.

    :raises yaml.YAMLError: if it is none.
    """
    import yaml

    return yaml.load(text, Loader=_plain_loader())  # noqa: S506 - a safe one


def _plain_loader() -> type[SafeLoader]:
    """Return a loader of YAML that refuses aliases: a few lines of them are a billion values."""
    import yaml

    class PlainLoader(yaml.SafeLoader):
        def compose_node(self, parent: Node | None, index: int) -> Node | None:
            if self.check_event(yaml.AliasEvent):
                mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
                raise yaml.MarkedYAMLError(None, None, "it refers to another value by *", mark)
            return super().compose_node(parent, index)

    return PlainLoader


def _content(line: str) -> str:
    content = line[len(MARK) :]
    return content.removeprefix(" ")


def _parse(text: str, where: str) -> dict[str, Entry]:
    import yaml

    try:
        node = yaml.compose(text, Loader=_plain_loader())
        entry = _entry(node, where) if node is not None else Entry("", 1)
    except RecursionError as error:
        raise SyntaxProblem(
            "the header is nested too deeply", where=f"{where}:1", remedy="write it flatter"
        ) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _no_yaml(error.problem or str(error), f"{where}:{line}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        reason = f"{error.reason}: {chr(error.character)!a}"
        raise _no_yaml(reason, f"{where}:{line}") from error
    if not isinstance(entry.value, dict):
        raise SyntaxProblem(
            "the header is not a list of keys and values",
            where=f"{where}:{entry.line}",
            remedy=f"write it as: {MARK} title: …",
        )
    return entry.value


def _no_yaml(reason: str, where: str) -> SyntaxProblem:
    return SyntaxProblem(
        f"the header is not YAML: {reason}",
        where=where,
        remedy="look there for a missing quote, comma, bracket or space after a colon",
    )


def _entry(node: Node, where: str) -> Entry:
    import yaml

    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        empty = node.style is None and node.value in {"", "~", "null"}
        return Entry("" if empty else str(node.value).strip(), line)
    if isinstance(node, yaml.SequenceNode):
        return Entry(tuple(_entry(item, where) for item in node.value), line)
    values: dict[str, Entry] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        key_line = key_node.start_mark.line + 1
        if key in values:
            raise SyntaxProblem(
                f"the key {key!r} is written twice",
                where=f"{where}:{key_line}",
                remedy="remove one of them",
            )
        entry = _entry(value_node, where)
        values[key] = Entry(entry.value, key_line)
    return Entry(values, line)
