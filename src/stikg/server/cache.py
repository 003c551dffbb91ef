"""Answers that were given before: the dataset never changes, so an answer stays right."""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import Final

from stikg.server.jobs import Answer, Job

_CHANGING: Final = re.compile(
    r"\b(?:now|rand|uuid|struuid|bnode)\s*\(|\bservice\s*(?:#|<|silent\b|[\w.-]*:)", re.IGNORECASE
)
_LARGEST: Final = 16
"""No answer takes more than this part of the cache."""


def is_lasting(query: str) -> bool:
    """Tell whether a query has the same answer each time it is asked.

    >>> is_lasting("SELECT (NOW() AS ?n) {}"), is_lasting("ASK { ?s ?p ?now }")
    (False, True)
    >>> is_lasting("ASK { SERVICE <http://e.org/> {} }"), is_lasting("ASK { ?service ?p ?o }")
    (False, True)
    """
    return not _CHANGING.search(query)


class AnswerCache:
    """The answers asked for last, up to a number of bytes."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._used = 0
        self._answers: OrderedDict[Job, Answer] = OrderedDict()

    def find(self, job: Job) -> Answer | None:
        """Return the answer of a job, or None if it is not known."""
        answer = self._answers.get(job)
        if answer is not None:
            self._answers.move_to_end(job)
        return answer

    def keep(self, job: Job, answer: Answer) -> None:
        """Keep an answer if it lasts and is not too large; those not asked for longest go."""
        if not is_lasting(job.query) or _weight(job, answer) > self._size // _LARGEST:
            return
        if job not in self._answers:
            self._answers[job] = answer
            self._used += _weight(job, answer)
        while self._used > self._size:
            self._used -= _weight(*self._answers.popitem(last=False))


def _weight(job: Job, answer: Answer) -> int:
    return len(answer.body) + 4 * len(job.query) + 500
