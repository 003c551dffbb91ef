"""Forms from the headers of query files, and what was filled in, read field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from starlette.datastructures import QueryParams

from stikg.errors import InputError, NameProblem, StikgError
from stikg.library import Parameter, Query, read_values
from stikg.names import Names
from stikg.server.pages.links import short
from stikg.terms import Term

MOST_OPTIONS: Final = 120
"""Things of a class that a list offers; of more, one writes the name."""

_DIGITS: Final = frozenset({"year", "integer"})


@dataclass(frozen=True)
class Field:
    """A field of a form; ``inputs`` are the values to show, one for each control."""

    name: str
    title: str
    hint: str
    control: str
    options: tuple[tuple[str, str], ...]
    inputs: tuple[str, ...]
    required: bool
    error: str = ""
    candidates: tuple[str, ...] = ()
    digits: bool = False
    cls: str = ""


@dataclass(frozen=True)
class Form:
    """A form with what was filled in: ``given`` by name, ``pairs`` as a URL has them."""

    fields: list[Field]
    given: Mapping[str, tuple[Term, ...]]
    pairs: list[tuple[str, str]] = field(default_factory=list)

    @property
    def errors(self) -> list[Field]:
        """The fields that do not fit."""
        return [item for item in self.fields if item.error]

    @property
    def missing(self) -> list[Field]:
        """The fields that must be filled in and are not."""
        return [item for item in self.fields if item.required and not self.given.get(item.name)]


def read_form(query: Query, params: QueryParams, names: Names) -> Form:
    """Return the form of a query with the values of a URL in it; a wrong one names its field."""
    fields: list[Field] = []
    given: dict[str, tuple[Term, ...]] = {}
    pairs: list[tuple[str, str]] = []
    for parameter in query.parameters:
        texts = tuple(text for text in params.getlist(parameter.name) if text.strip())
        error: StikgError | None = None
        try:
            terms = _terms(query, parameter, texts, names)
        except InputError as problem:
            terms, error = (), problem
        if terms:
            given[parameter.name] = terms
            texts = tuple(map(short, terms)) if parameter.type == "resource" else texts
        pairs += [(parameter.name, text) for text in texts]
        fields.append(_field(parameter, texts, error, names))
    return Form(fields, given, pairs)


def _terms(
    query: Query, parameter: Parameter, texts: Sequence[str], names: Names
) -> tuple[Term, ...]:
    alone = query._replace(parameters=(parameter._replace(optional=True),))
    values = read_values(
        alone, [(parameter.name, text) for text in texts], resolve=names.resolve
    )
    found = values.get(parameter.name, ())
    return found if isinstance(found, tuple) else (found,)


def _field(
    parameter: Parameter, texts: tuple[str, ...], error: StikgError | None, names: Names
) -> Field:
    options = options_of(parameter, names)
    hint = parameter.description
    if not options and parameter.type == "resource":
        hint = hint or "Any name, code or abbreviation"
    if parameter.example and not options:
        hint = f"{hint}, for example {parameter.example}" if hint else f"For example {parameter.example}"
    inputs = texts or ("",)
    if parameter.multiple and texts:
        inputs = (*texts, "")
    return Field(
        name=parameter.name,
        title=parameter.title or parameter.name,
        hint=hint,
        control="select" if options else "date" if parameter.type == "date" else "text",
        options=options,
        inputs=inputs,
        required=not parameter.optional,
        error=_words(parameter, error) if error else "",
        candidates=error.candidates if isinstance(error, NameProblem) else (),
        digits=parameter.type in _DIGITS,
        cls=parameter.cls,
    )


def options_of(parameter: Parameter, names: Names) -> tuple[tuple[str, str], ...]:
    """Return value and label of each choice of a parameter; nothing if there are too many."""
    if parameter.type == "choice":
        return tuple((value, value) for value in parameter.values)
    if parameter.type == "boolean":
        return (("true", "Yes"), ("false", "No"))
    if parameter.type != "resource" or not parameter.cls:
        return ()
    hits = names.complete("", parameter.cls, limit=MOST_OPTIONS + 1)
    if len(hits) > MOST_OPTIONS:
        return ()
    labelled = ((short(hit.iri), hit.label) for hit in hits)
    return tuple(sorted(labelled, key=lambda option: option[1].casefold()))


def _words(parameter: Parameter, error: StikgError) -> str:
    problem = error.problem.removeprefix(f"{parameter.name}: ")
    return problem[:1].upper() + problem[1:]
