"""JSON that is read while it comes: one value after the other, never the whole document.

Values are parsed by the decoder of the standard library, at the place in the text that has come.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

_DECODER: Final = json.JSONDecoder()
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_BEHIND: Final = frozenset(" \t\r\n,]}")
_LONGEST: Final = 1 << 26
"""Characters that one value may have."""

_LOOK_AHEAD: Final = 12
"""Characters that may miss where a value is cut: an escaped pair, as in ``\\ud83d\\ude00``."""


class Scanner:
    """A reader of the JSON text in pieces of UTF-8 bytes.

    >>> scanner = Scanner([b'{"a": [1', b'2, 3]}'])
    >>> [(key, list(scanner.items())) for key in scanner.keys()]
    [('a', [12, 3])]
    >>> list(Scanner([b"[1 2]"]).items())
    Traceback (most recent call last):
    ...
    ValueError: , or ] is missing
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._text = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """Return the character that comes next, white space left out; none at the end."""
        while True:
            match = _SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text) or not self._fill(1):
                return self._text[self._at : self._at + 1]

    def keys(self) -> Iterator[str]:
        """Yield the keys of the object that comes next; read the value of each in between.

        :raises ValueError: if it is no object, or cut.
        """
        for _ in self._members("{", "}"):
            key = self.value()
            if not isinstance(key, str):
                raise ValueError("a key of an object is no text")
            self._take(":")
            yield key

    def items(self) -> Iterator[Any]:
        """Yield the items of the array that comes next.

        :raises ValueError: if it is no array, or cut.
        """
        for _ in self._members("[", "]"):
            yield self.value()

    def value(self) -> Any:
        """Return the value that comes next.

        :raises ValueError: if it is none, is cut, or longer than a value may be.
        """
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except RecursionError as error:
                raise ValueError("it is nested too deeply") from error
            except ValueError as error:
                if self._is_final(error) or not self._fill(len(self._text) - self._at):
                    raise
                continue
            ended = self._text[end - 1] in '"}]' or self._text[end : end + 1] in _BEHIND
            if ended or not self._fill(1):  # else 12 may be the beginning of 12.5
                self._at = end
                return value

    def finish(self) -> None:
        """Read on to the end of the document.

        :raises ValueError: if anything follows but white space.
        """
        if rest := self.peek():
            raise ValueError(f"{rest!r} follows its end")

    def _members(self, first: str, last: str) -> Iterator[None]:
        self._take(first)
        if self.peek() == last:
            self._at += 1
            return
        while True:
            yield
            mark = self.peek()
            if mark not in {",", last}:
                raise ValueError(f", or {last} is missing" if mark else "it is cut")
            self._at += 1
            if mark == last:
                return

    def _take(self, mark: str) -> None:
        found = self.peek()
        if found != mark:
            raise ValueError(f"{mark} is missing" if found else "it is cut")
        self._at += 1

    def _is_final(self, error: ValueError) -> bool:
        """Tell whether a value is wrong, whatever may follow; else it may be cut."""
        return (
            isinstance(error, json.JSONDecodeError)
            and not error.msg.startswith("Unterminated string")
            and error.pos + _LOOK_AHEAD < len(self._text)
        )

    def _fill(self, least: int) -> bool:
        """Take more pieces, of so many characters if there are; tell whether there were any."""
        if self._ended:
            return False
        parts = [self._text[self._at :]]
        if len(parts[0]) > _LONGEST:
            raise ValueError(f"a value of it is longer than {_LONGEST:,} characters")
        wanted = len(parts[0]) + least
        size = len(parts[0])
        while size < wanted and not self._ended:
            piece = next(self._pieces, None)
            self._ended = piece is None
            parts.append(self._decode(piece or b"", self._ended))
            size += len(parts[-1])
        more = size > len(parts[0])
        self._text, self._at = "".join(parts), 0
        return more
