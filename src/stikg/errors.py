"""The errors of stikg, all on one screen.

    StikgError                  anything stikg tells its user to mend
    ├── InputError              a file, term or value that cannot be used
    │   ├── SyntaxProblem       Turtle, TriG, SPARQL or YAML that does not parse
    │   ├── UnknownName         no thing of that name
    │   ├── AmbiguousName       several things of that name
    │   ├── UnknownQuery        no query file of that name
    │   ├── ParameterError      a query parameter that is missing or of the wrong type
    │   ├── MissingDependency   an optional package that is not installed
    │   └── OutputError         a place that cannot be written
    ├── DatasetError            no compiled dataset, or a damaged one
    ├── EndpointError           a remote store that does not answer
    ├── LimitExceeded           a query that takes more than it may
    │   └── Busy                a server that has more to do than it can
    └── ShapesViolated          the graph breaks its shapes

A message says what is wrong, where, and what to do next; each class names its heading in
docs/errors.md. A finding in the data is a result, not an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar


class StikgError(Exception):
    """Tell what is wrong, where, and what to do next.

    >>> print(StikgError("no such file", where="graph/a.ttl:3", remedy="create it"))
    graph/a.ttl:3: no such file
      remedy: create it
    >>> print(StikgError("no such file"))
    no such file
    """

    anchor: ClassVar[str] = "stikg-error"
    exit_code: ClassVar[int] = 2

    def __init__(
        self, problem: str, *, where: str | None = None, remedy: str | None = None
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        head = f"{self.where}: {self.problem}" if self.where else self.problem
        return f"{head}\n  remedy: {self.remedy}" if self.remedy else head


class InputError(StikgError):
    """A file, term or value that cannot be used."""

    anchor = "input-error"


class SyntaxProblem(InputError):
    """Turtle, TriG, SPARQL or YAML that does not parse."""

    anchor = "syntax-problem"


class NameProblem(InputError):
    """A name that does not lead to exactly one thing; ``candidates`` are the likely ones."""

    anchor = "unknown-name"

    def __init__(
        self,
        problem: str,
        *,
        candidates: Sequence[str] = (),
        where: str | None = None,
        remedy: str | None = None,
    ) -> None:
        super().__init__(problem, where=where, remedy=remedy)
        self.candidates = tuple(candidates)


class UnknownName(NameProblem):
    """No thing of that name."""


class AmbiguousName(NameProblem):
    """Several things of that name."""

    anchor = "ambiguous-name"


class UnknownQuery(NameProblem):
    """No query file of that name."""

    anchor = "unknown-query"


class ParameterError(InputError):
    """A query parameter that is missing, unknown or of the wrong type."""

    anchor = "parameter-error"

    def __init__(
        self, problem: str, *, parameter: str, where: str | None = None, remedy: str | None = None
    ) -> None:
        super().__init__(problem, where=where, remedy=remedy)
        self.parameter = parameter


class MissingDependency(InputError):
    """An optional package that is not installed."""

    anchor = "missing-dependency"


class OutputError(InputError):
    """A place that cannot be written."""

    anchor = "output-error"


class DatasetError(StikgError):
    """No compiled dataset, or one that is damaged or of another version."""

    anchor = "dataset-error"


class EndpointError(StikgError):
    """A remote store that cannot be reached or refuses, in its own words."""

    anchor = "endpoint-error"
    exit_code = 3


class LimitExceeded(StikgError):
    """A query that takes more time, memory or room than it may have."""

    anchor = "limit-exceeded"


class Busy(LimitExceeded):
    """A server that has more to do than it can; ``seconds`` later there may be room."""

    anchor = "busy"

    def __init__(self, problem: str, *, seconds: int, remedy: str | None = None) -> None:
        super().__init__(problem, remedy=remedy)
        self.seconds = seconds


class ShapesViolated(StikgError):
    """The graph breaks its shapes, so no dataset was built."""

    anchor = "shapes-violated"
    exit_code = 1
