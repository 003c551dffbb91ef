"""What a worker is asked, what it answers, and how both travel over a pipe.

A question is a line of JSON behind its length; an answer is a line of JSON and a body behind
their lengths. Nothing is unpickled: the server believes a worker no more than it must.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, NamedTuple

from stikg import errors
from stikg.errors import InputError, LimitExceeded, StikgError
from stikg.store import Graphs, Wanted

QUESTION: Final = struct.Struct(">I")
ANSWER: Final = struct.Struct(">II")
"""What goes before a question and an answer: the lengths of its parts."""


_TOLD: Final = frozenset(
    {InputError, LimitExceeded, errors.SyntaxProblem, errors.DatasetError, errors.EndpointError}
)
"""What a worker may say that went wrong."""


@dataclass(frozen=True, slots=True)
class Job:
    """A query to evaluate, the formats its answer may have, and the dataset if one is named."""

    query: str
    wanted: Wanted
    graphs: Graphs | None = None


class Answer(NamedTuple):
    """What a worker found: solutions, boolean or triples, in a format.

    The format is empty if none was wanted for an answer of that kind.
    """

    kind: str
    format: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Task:
    """All that a worker must know before it starts: its store and its limits.

    It keeps the network only if there are ``services`` that queries may ask.
    """

    store: str
    memory: int
    seconds: float
    rows: int
    size: int
    nesting: int
    base: str
    services: tuple[str, ...] = ()


def pack_question(content: Job | Task | None) -> bytes:
    """Return the bytes of a question; None asks a worker to copy its store into memory."""
    if isinstance(content, Job):
        text = json.dumps([content.query, content.wanted, content.graphs]).encode()
    else:
        text = json.dumps(None if content is None else asdict(content)).encode()
    return QUESTION.pack(len(text)) + text


def read_job(content: Sequence[Any]) -> Job:
    """Return the job that was packed."""
    query, wanted, graphs = content
    return Job(query, Wanted(*wanted), None if graphs is None else Graphs(*map(tuple, graphs)))


def pack_answer(answer: Answer) -> bytes:
    """Return the bytes of an answer."""
    head = json.dumps([answer.kind, answer.format]).encode()
    return ANSWER.pack(len(head), len(answer.body)) + head + answer.body


def pack_error(error: StikgError) -> bytes:
    """Return the bytes of an error."""
    text = {
        "class": type(error).__name__,
        "problem": error.problem,
        "where": error.where,
        "remedy": error.remedy,
    }
    head = json.dumps(text).encode()
    return ANSWER.pack(len(head), 0) + head


def read_answer(head: bytes, body: bytes) -> Answer:
    """Return the answer that was packed.

    :raises StikgError: if an error was packed, that error.
    """
    content = json.loads(head)
    if isinstance(content, list):
        return Answer(content[0], content[1], body)
    raise _error(content)


def _error(content: Mapping[str, Any]) -> StikgError:
    kind = getattr(errors, content["class"], None)
    if kind not in _TOLD:
        kind = InputError
    error: StikgError = kind(content["problem"], where=content["where"], remedy=content["remedy"])
    return error
