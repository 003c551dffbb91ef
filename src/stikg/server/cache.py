"""Answers that were given before: the dataset never changes, so an answer stays right."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Hashable
from typing import Final, Generic, TypeVar

from stikg.server.jobs import Answer, Job

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")

_CHANGING: Final = re.compile(
    r"\b(?:now|rand|uuid|struuid|bnode)\s*\(|\bservice\s*(?:#|<|silent\b|[\w.-]*:)", re.IGNORECASE
)
_LARGEST: Final = 16
"""No value takes more than this part of a cache."""


def is_lasting(query: str) -> bool:
    """Tell whether a query has the same answer each time it is asked.

    >>> is_lasting("SELECT (NOW() AS ?n) {}"), is_lasting("ASK { ?s ?p ?now }")
    (False, True)
    >>> is_lasting("ASK { SERVICE <http://e.org/> {} }"), is_lasting("ASK { ?service ?p ?o }")
    (False, True)
    """
    return not _CHANGING.search(query)


class Remembered(Generic[_Key, _Value]):
    """The values asked for last, up to a number of bytes.

    >>> known: Remembered[str, str] = Remembered(64)
    >>> known.keep("a", "b", weight=2)
    >>> known.find("a"), known.find("c") is None
    ('b', True)
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._used = 0
        self._values: OrderedDict[_Key, tuple[_Value, int]] = OrderedDict()

    def find(self, key: _Key) -> _Value | None:
        """Return the value of a key, or None if it is not known."""
        found = self._values.get(key)
        if found is None:
            return None
        self._values.move_to_end(key)
        return found[0]

    def keep(self, key: _Key, value: _Value, *, weight: int) -> None:
        """Keep a value of so many bytes if it is not too large; those not asked for longest go."""
        if weight > self._size // _LARGEST:
            return
        if key not in self._values:
            self._values[key] = value, weight
            self._used += weight
        while self._used > self._size:
            self._used -= self._values.popitem(last=False)[1][1]


class AnswerCache:
    """The answers of workers that last, up to a number of bytes."""

    def __init__(self, size: int) -> None:
        self._answers: Remembered[Job, Answer] = Remembered(size)

    def find(self, job: Job) -> Answer | None:
        """Return the answer of a job, or None if it is not known."""
        return self._answers.find(job)

    def keep(self, job: Job, answer: Answer) -> None:
        """Keep an answer if it lasts and is not too large."""
        if is_lasting(job.query):
            weight = len(answer.body) + 4 * len(job.query) + 500
            self._answers.keep(job, answer, weight=weight)
