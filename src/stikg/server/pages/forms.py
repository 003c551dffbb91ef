"""Forms from the headers of query files, and what was filled in, read field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from starlette.datastructures import QueryParams

from stikg.errors import AmbiguousName, InputError, NameProblem, StikgError, UnknownName
from stikg.library import Parameter, Query, read_values
from stikg.names import Names
from stikg.server.pages.links import short
from stikg.terms import Term, expand

MOST_OPTIONS: Final = 120
"""Things of a class that a list offers; of more, one writes the name."""

Options = Mapping[str, tuple[tuple[str, str], ...]]
"""Value and label of each choice, by parameter."""

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
    candidates: tuple[tuple[str, str], ...] = ()
    digits: bool = False
    named: bool = False
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


def read_form(
    query: Query, params: QueryParams, names: Names, *, offered: Options | None = None
) -> Form:
    """Return the form of a query with the values of a URL in it; a wrong one names its field.

    ``offered`` are choices, by parameter, of things that the index of names does not know.
    """
    fields: list[Field] = []
    given: dict[str, tuple[Term, ...]] = {}
    pairs: list[tuple[str, str]] = []
    for parameter in query.parameters:
        texts = tuple(text for text in params.getlist(parameter.name) if text.strip())
        error: StikgError | None = None
        try:
            terms = _terms(query, parameter, texts, names, offered or {})
        except InputError as problem:
            terms, error = (), problem
        if terms:
            given[parameter.name] = terms
            texts = tuple(map(short, terms)) if parameter.type == "resource" else texts
        pairs += [(parameter.name, text) for text in texts]
        fields.append(_field(parameter, texts, error, names, offered or {}))
    return Form(fields, given, pairs)


def _terms(
    query: Query, parameter: Parameter, texts: Sequence[str], names: Names, offered: Options
) -> tuple[Term, ...]:
    known = dict(offered.get(parameter.name, ()))
    alone = query._replace(parameters=(parameter._replace(optional=True),))
    pairs = [(parameter.name, expand(text) if text in known else text) for text in texts]
    found = read_values(alone, pairs, resolve=names.resolve).get(parameter.name, ())
    return found if isinstance(found, tuple) else (found,)


def _field(
    parameter: Parameter,
    texts: tuple[str, ...],
    error: StikgError | None,
    names: Names,
    offered: Options,
) -> Field:
    options = offered.get(parameter.name) or options_of(parameter, names)
    if parameter.type == "resource" and not options and not error:
        texts = tuple(_named(text, parameter.cls or None, names) for text in texts)
    return Field(
        name=parameter.name,
        title=parameter.title or parameter.name,
        hint="" if options else _hint(parameter),
        control="select" if options else "date" if parameter.type == "date" else "text",
        options=options,
        inputs=(*texts, "") if parameter.multiple or not texts else texts,
        required=not parameter.optional,
        error=_words(parameter, texts, error) if error else "",
        candidates=_candidates(error, names) if isinstance(error, NameProblem) else (),
        digits=parameter.type in _DIGITS,
        named=parameter.type == "resource",
        cls=parameter.cls,
    )


def _hint(parameter: Parameter) -> str:
    words = parameter.description
    if parameter.type == "resource":
        words = words or "Any name, code or abbreviation"
    if not parameter.example:
        return words
    return (
        f"{words}, for example {parameter.example}" if words else f"For example {parameter.example}"
    )


def _named(text: str, cls: str | None, names: Names) -> str:
    """Return the name of a thing given by its short form, if the name leads back to it."""
    return names.designation(names.resolve(text, cls), cls)


def _candidates(error: NameProblem, names: Names) -> tuple[tuple[str, str], ...]:
    """Return value and words of each thing that may be meant: short forms get their names."""
    if isinstance(error, AmbiguousName):
        return tuple((text, f"{names.label(expand(text))} ({text})") for text in error.candidates)
    return tuple((text, text) for text in error.candidates)


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


def _words(parameter: Parameter, texts: Sequence[str], error: StikgError) -> str:
    if isinstance(error, UnknownName):
        return f"Nothing that fits here is called “{', '.join(texts)}”"
    if isinstance(error, AmbiguousName):
        return f"“{', '.join(texts)}” can mean several things"
    problem = error.problem.removeprefix(f"{parameter.name}: ")
    return problem[:1].upper() + problem[1:]
