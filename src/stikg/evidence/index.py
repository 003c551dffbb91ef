"""The tokens of a copy, and the windows of them that have a given digest."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Collection, Iterator

from stikg.passages import Span, located_tokens


class TokenIndex:
    """Answers where in a text a run of tokens with a count and a digest stands.

    All tokens are joined once, so that a window is a slice of bytes and one SHA-256.
    """

    def __init__(self, text: str) -> None:
        self._tokens = located_tokens(text)
        pieces = [token.word.encode() for token in self._tokens]
        self._joined = memoryview(b" ".join(pieces))
        self._offsets = [0]
        for piece in pieces:
            self._offsets.append(self._offsets[-1] + len(piece) + 1)
        self._starts = [token.start for token in self._tokens]
        self._claimed = bytearray(len(pieces))

    def __len__(self) -> int:
        return len(self._tokens)

    def windows(
        self, count: int, wanted: Collection[str], first: int = 0, last: int | None = None
    ) -> Iterator[tuple[int, str]]:
        """Yield position and digest of each window between two positions that is wanted."""
        end = len(self) if last is None else min(last, len(self))
        joined, offsets = self._joined, self._offsets
        hashes = {bytes.fromhex(digest): digest for digest in wanted}
        for position in range(max(0, first), end - count + 1):
            window = joined[offsets[position] : offsets[position + count] - 1]
            hashed = hashlib.sha256(window).digest()
            if hashed in hashes:
                yield position, hashes[hashed]

    def is_free(self, position: int, count: int) -> bool:
        """Tell whether no token of a window is claimed by a passage that was found."""
        return self._claimed.find(1, position, position + count) < 0

    def claim(self, position: int, count: int) -> None:
        """Mark the tokens of a window as belonging to a passage."""
        self._claimed[position : position + count] = b"\x01" * count

    def span(self, position: int, count: int) -> Span:
        """Return the characters of a window."""
        return self._tokens[position].start, self._tokens[position + count - 1].end

    def window_of(self, span: Span) -> tuple[int, int]:
        """Return position and count of the tokens that begin inside a span of characters."""
        first = bisect_left(self._starts, span[0])
        return first, bisect_left(self._starts, span[1]) - first
