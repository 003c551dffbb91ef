"""Pages of an answer: how many rows, from which on, and what leads to the next.

What leads to the next page belongs to one dataset and one question: with another of either it is
refused, so that no page ever repeats or leaves out rows.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
from collections.abc import Iterable
from typing import Final, NamedTuple

from stikg.errors import ParameterError

LIMIT: Final = "limit"
NEXT: Final = "next"
"""Parameters of a request that are none of its query."""

MOST: Final = 10_000
"""Rows of a page at most."""

_PLACE: Final = struct.Struct(">I12s")


class Slice(NamedTuple):
    """The rows that are asked for: the first, and how many; None for all that follow."""

    first: int = 0
    size: int | None = None

    def next_of(self, total: int) -> int | None:
        """Return the first row of the next page, or None if there is none.

        >>> Slice(0, 2).next_of(3), Slice(2, 2).next_of(4), Slice(2, 2).next_of(3)
        (2, None, None)
        """
        if self.size is None or self.first + self.size >= total:
            return None
        return self.first + self.size


def read_slice(
    pairs: Iterable[tuple[str, str]], key: str, *, usual: int | None, most: int = MOST
) -> Slice:
    """Return the rows that the parameters of a request ask for.

    ``key`` tells dataset and question; ``usual`` is the number if none is given, ``most`` the
    largest.

    :raises ParameterError: if a parameter does not fit.
    """
    given: dict[str, str] = {}
    for name, value in pairs:
        if name in given:
            raise ParameterError(f"{name}: given more than once", parameter=name)
        given[name] = value
    size = _read_limit(given[LIMIT], most) if given.get(LIMIT) else usual
    return Slice(_read_mark(given[NEXT], key) if given.get(NEXT) else 0, size)


def write_mark(first: int, key: str) -> str:
    """Return what leads to the page that begins with a row.

    >>> read_slice([("next", write_mark(100, "k")), ("limit", "5")], "k", usual=None)
    Slice(first=100, size=5)
    """
    return base64.urlsafe_b64encode(_PLACE.pack(first, _digest(key))).decode().rstrip("=")


def _read_mark(text: str, key: str) -> int:
    try:
        place = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        first, digest = _PLACE.unpack(place)
    except (binascii.Error, struct.error, ValueError) as error:
        raise _unknown_mark("is none that this server gave") from error
    if digest != _digest(key):
        raise _unknown_mark("belongs to another question, or to an earlier dataset")
    return int(first)


def _unknown_mark(problem: str) -> ParameterError:
    return ParameterError(
        f"{NEXT}: the value {problem}", parameter=NEXT, remedy=f"begin again without {NEXT}"
    )


def _read_limit(text: str, most: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 9 and 0 < int(text) <= most):
        raise ParameterError(
            f"{LIMIT}: {text[:20]!r} is not a whole number from 1 to {most}", parameter=LIMIT
        )
    return int(text)


def _digest(key: str) -> bytes:
    return hashlib.blake2b(key.encode(), digest_size=12).digest()
