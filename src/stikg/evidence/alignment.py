"""Units of a document laid along the tokens of a copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from stikg.evidence.index import TokenIndex
from stikg.passages import Span

SURE: Final = 5
"""From this number of tokens on, a digest that is unique in the document tells the place."""

SHORT: Final = 3
"""Below this number of tokens a unit is found only next to its neighbours."""

_REACH: Final = 60
_SLACK: Final = 40
_MOST_LOST: Final = 1000
_MATCH: Final = 1_000_000


Window = tuple[int, int]
"""First token and the token after the last."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A run of tokens to be found: a passage, or a part of one."""

    passage: int
    start: int
    count: int
    digest: str


@dataclass(slots=True)
class Alignment:
    """Where units stand in a copy: windows of its tokens, by the unit's place in the list."""

    units: Sequence[Unit]
    index: TokenIndex
    placed: dict[int, Window] = field(default_factory=dict)

    def take_over(self, spans: Mapping[int, Span]) -> None:
        """Place the units that another reading of the copy has shown, by their characters."""
        for number, span in spans.items():
            position, count = self.index.window_of(span)
            self.placed[number] = (position, position + count)
            self.index.claim(position, count)

    def align(self) -> dict[int, Span]:
        """Place what can be placed and return where each unit stands, in characters.

        First a walk from unit to unit, as in a copy that reads like the document; then sure
        units wherever they are; then, between the neighbours found so far, whatever fits there in
        the order of the document; then what is left over, if it is not short, anywhere, and
        whatever fits between these.
        """
        self._walk()
        everywhere = self._everywhere()
        self._anchor(everywhere)
        self._fill_gaps(everywhere)
        self._scatter(everywhere)
        self._fill_gaps(everywhere)
        return {
            number: self.index.span(first, last - first)
            for number, (first, last) in self.placed.items()
        }

    def _place(self, number: int, position: int) -> None:
        count = self.units[number].count
        self.placed[number] = (position, position + count)
        self.index.claim(position, count)

    def _walk(self) -> None:
        repeated = Counter(unit.digest for unit in self.units)
        cursor = missed = 0
        for number, unit in enumerate(self.units):
            if number in self.placed:
                cursor, missed = self.placed[number][1], 0
                continue
            sure = unit.count >= SURE and repeated[unit.digest] == 1
            last = cursor + unit.count + (missed + _REACH if sure else 0)
            windows = self.index.windows(unit.count, {unit.digest}, cursor, last)
            position = next((at for at, _ in windows if self.index.is_free(at, unit.count)), None)
            if position is None:
                missed += unit.count
            else:
                self._place(number, position)
                cursor, missed = position + unit.count, 0

    def _anchor(self, everywhere: Mapping[int, Sequence[int]]) -> None:
        repeated = Counter(unit.digest for unit in self.units)
        for number, positions in everywhere.items():
            unit = self.units[number]
            sure = unit.count >= SURE and repeated[unit.digest] == 1 and len(positions) == 1
            if sure and self.index.is_free(positions[0], unit.count):
                self._place(number, positions[0])

    def _everywhere(self) -> dict[int, list[int]]:
        """Return all positions of the open units that are not short: a scan per token count."""
        wanted: dict[int, dict[str, list[int]]] = {}
        open_units = [number for number in range(len(self.units)) if number not in self.placed]
        sought = [number for number in open_units if self.units[number].count >= SHORT]
        for number in sought:
            unit = self.units[number]
            wanted.setdefault(unit.count, {}).setdefault(unit.digest, [])
        for count, positions in wanted.items():
            for position, digest in self.index.windows(count, positions):
                positions[digest].append(position)
        units = ((number, self.units[number]) for number in sought)
        return {number: wanted[unit.count][unit.digest] for number, unit in units}

    def _gaps(self) -> Iterator[list[int]]:
        """Yield runs of neighbouring units that are not placed."""
        run: list[int] = []
        for number in range(len(self.units)):
            if number in self.placed:
                if run:
                    yield run
                run = []
            else:
                run.append(number)
        if run:
            yield run

    def _fill_gaps(self, everywhere: Mapping[int, Sequence[int]]) -> None:
        before = -1
        while before < len(self.placed):
            before = len(self.placed)
            for numbers in list(self._gaps()):
                self._fill(numbers, everywhere)

    def _fill(self, numbers: Sequence[int], everywhere: Mapping[int, Sequence[int]]) -> None:
        before, after = numbers[0] - 1, numbers[-1] + 1
        first = self.placed[before][1] if before >= 0 else 0
        last = self.placed[after][0] if after < len(self.units) else len(self.index)
        lost = sum(self.units[number].count for number in numbers)
        if last < first:
            last = min(len(self.index), first + lost + _SLACK)
        neighbours = before >= 0 or after < len(self.units)
        bounded = neighbours and lost <= _MOST_LOST and last - first <= 3 * lost + _SLACK
        fits = self._candidates(numbers, (first, last), everywhere, bounded=bounded)
        for number, position in _best_chain(fits, self.units):
            self._place(number, position)

    def _candidates(
        self,
        numbers: Sequence[int],
        gap: Window,
        everywhere: Mapping[int, Sequence[int]],
        *,
        bounded: bool,
    ) -> list[tuple[int, int, int]]:
        """Return place in document, position, and expected position of all that fits in a gap."""
        found = []
        expected, last = gap
        for number in numbers:
            unit = self.units[number]
            positions: Sequence[int] = everywhere.get(number, ())
            if bounded and unit.count < SHORT:
                windows = self.index.windows(unit.count, {unit.digest}, *gap)
                positions = [position for position, _ in windows]
            for position in positions:
                inside = gap[0] <= position <= last - unit.count
                if inside and self.index.is_free(position, unit.count):
                    found.append((number, position, expected))
            expected += unit.count
        return found

    def _scatter(self, everywhere: Mapping[int, Sequence[int]]) -> None:
        for number, positions in everywhere.items():
            count = self.units[number].count
            free = (position for position in positions if self.index.is_free(position, count))
            position = next(free, None)
            if number not in self.placed and position is not None:
                self._place(number, position)


def _best_chain(
    candidates: Sequence[tuple[int, int, int]], units: Sequence[Unit]
) -> list[tuple[int, int]]:
    """Return the longest choice of (unit, position) in the order of both document and copy.

    Of equally long ones the one nearest to the positions that the document lets expect.
    """
    best: list[tuple[int, int]] = []
    for at, (number, position, expected) in enumerate(candidates):
        score, previous = 0, -1
        for other in range(at):
            other_number, other_position, _ = candidates[other]
            end = other_position + units[other_number].count
            if other_number < number and end <= position and best[other][0] > score:
                score, previous = best[other][0], other
        best.append((score + _MATCH - abs(position - expected), previous))
    at = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    chain = []
    while at >= 0:
        chain.append(candidates[at][:2])
        at = best[at][1]
    return chain[::-1]
