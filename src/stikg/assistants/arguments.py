"""The arguments of a call, read one by one; what nobody asked for is an error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stikg.assistants.settings import Settings
from stikg.errors import ParameterError


class Arguments:
    """The arguments of a call of a tool; ``null`` and an empty text count as not given.

    :raises ParameterError: if one has a name that the tool does not know; it says the nearest.
    """

    def __init__(self, tool: str, given: Mapping[str, Any] | None, known: Sequence[str]) -> None:
        self._tool = tool
        self._given = {k: v for k, v in (given or {}).items() if v is not None and v != ""}
        for name in self._given:
            if name not in known:
                raise _unknown(tool, name, known)

    def required(self, name: str) -> str:
        """Return a text that must be given.

        :raises ParameterError: if it is not, or is no text.
        """
        text = self.text(name)
        if text is None:
            raise ParameterError(f"{self._tool} needs the argument {name}", parameter=name)
        return text

    def text(self, name: str) -> str | None:
        """Return a text, or None.

        :raises ParameterError: if it is no text.
        """
        value = self._given.get(name)
        if value is None or isinstance(value, str):
            return value
        raise ParameterError(f"{name}: {value!r} is not a text", parameter=name)

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """Return a whole number within its bounds.

        :raises ParameterError: if it is none.
        """
        value = whole(self._given.get(name, default))
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ParameterError(
                f"{name}: {value!r} is not a whole number from {least} to {most}", parameter=name
            )
        return value

    def page(self, settings: Settings) -> tuple[int, int]:
        """Return the first row and the number of rows that are asked for.

        :raises ParameterError: if one is not a number within its bounds.
        """
        first = self.number("offset", 0, 0, settings.results)
        return first, self.number("limit", settings.rows, 1, settings.most_rows)

    def rest(self, names: Sequence[str]) -> dict[str, Any]:
        """Return the values of some arguments as the library reads them.

        :raises ParameterError: if one is an object, or a list of lists or objects.
        """
        return {name: _value(name, self._given[name]) for name in names if name in self._given}


def whole(value: Any) -> Any:
    """Return a number without a fraction as a whole number; JSON has but one kind."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _value(name: str, value: Any) -> Any:
    if isinstance(value, (str, bool, int, float)):
        return whole(value)
    if isinstance(value, list) and all(isinstance(v, (str, bool, int, float)) for v in value):
        return [whole(item) for item in value]
    raise ParameterError(f"{name}: takes a text, a number or a list of them", parameter=name)


def _unknown(tool: str, name: str, known: Sequence[str]) -> ParameterError:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1, cutoff=0.5)
    listed = f"its arguments are: {', '.join(known)}" if known else "it has none"
    return ParameterError(
        f"{tool} has no argument {name!r}",
        parameter=name,
        remedy=f"did you mean {near[0]!r}? {listed}" if near else listed,
    )
