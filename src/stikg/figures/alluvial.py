"""An alluvial chart: what of the longlist came on the shortlist, what was dropped and added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from stikg.errors import InputError
from stikg.figures.canvas import Canvas, Entry
from stikg.figures.reading import (
    Content,
    Options,
    counted,
    listed,
    many,
    name_of,
    require,
    table_of,
)
from stikg.figures.style import COLOURS, INK, Look
from stikg.figures.text import line_height
from stikg.results import Table


class State(NamedTuple):
    """What became of a pair: whether it is on the longlist and on the shortlist, and its look."""

    on: tuple[bool, bool]
    look: Look


OUTCOMES: Final = {
    "kept": State((True, True), Look(COLOURS[0], "o", "", "solid")),
    "dropped": State((True, False), Look(COLOURS[5], "X", "////", "solid")),
    "added": State((False, True), Look(COLOURS[2], "^", "....", "solid")),
}
LISTS: Final = ("longlisted", "shortlisted")
STAGES: Final = ("territory", "technology", "stage", "stageLabel")
PAPER: Final = "#FFFFFFCC"
BAR: Final = 0.1
"""Inches across the bars between which the streams flow."""


class Pair(NamedTuple):
    """A pair of territory and technology, the name it is grouped by, and what became of it."""

    group: str
    territory: str
    technology: str
    outcome: str


def draw(table: Table, canvas: Canvas, options: Options) -> Content:
    """Draw the pairs of territory and technology as streams from longlist to shortlist.

    They flow through the territories, or through the things of the column ``by``, such as theme
    or technology. The table is that of country-technology-links or of list-differences.

    :raises InputError: if columns are missing, or no pair is on one of the two lists.
    """
    by = options.by or "territory"
    pairs = _pairs(table, by)
    groups = [name for name, _ in counted(pair.group for pair in pairs)]
    outcomes = Counter(pair.outcome for pair in pairs)
    canvas.head(f"{many(len(pairs), 'pair')} of territory and technology")
    _draw_streams(canvas, pairs, groups)
    canvas.legend("Pairs", [Entry("stream", state.look, f"{name} ({outcomes[name]})")
                            for name, state in OUTCOMES.items() if outcomes[name]])  # fmt: skip
    largest = counted(pair.group for pair in pairs)[:3]
    on_long = sum(OUTCOMES[pair.outcome].on[0] for pair in pairs)
    on_short = sum(OUTCOMES[pair.outcome].on[1] for pair in pairs)
    alt = (
        f"Alluvial chart from longlist ({on_long}) to shortlist ({on_short}) through "
        f"{many(len(groups), 'group')}. Of {many(len(pairs), 'pair')} "
        f"{outcomes['kept']} are kept, {outcomes['dropped']} dropped and "
        f"{outcomes['added']} added. "
        f"The largest: {listed([f'{name} ({count})' for name, count in largest])}."
    )
    notes = () if outcomes["kept"] else ("Pairs that are on both lists are not in the data drawn.",)
    return Content(alt, table_of(("territory", "technology", "outcome"),
                                 sorted(pair[1:] for pair in pairs)), notes)  # fmt: skip


def _pairs(table: Table, by: str) -> list[Pair]:
    lists: dict[tuple[str, str], set[str]] = {}
    group: dict[tuple[str, str], str] = {}
    if LISTS[0] in table.columns:
        require(table, ("territory", "technology", *LISTS), "an alluvial chart")
    else:
        require(table, STAGES, "an alluvial chart")
    if f"{by}Label" not in table.columns and by not in table.columns:
        raise InputError(f"no column {by} to group by",
                         remedy=f"the table has {', '.join(table.columns)}")  # fmt: skip
    for record in table.records():
        if record.get("viaGroup"):
            continue
        key = (name_of(record, "territory"), name_of(record, "technology"))
        if "stageLabel" in record:
            on = {name_of(record, "stage")}
        else:
            on = {name for name in LISTS if record[name] is True}
        lists.setdefault(key, set()).update(on)
        group.setdefault(key, name_of(record, by) or "none")
    whole = {state.on: name for name, state in OUTCOMES.items()}
    pairs = [
        Pair(group[key], *key, whole[LISTS[0] in on, LISTS[1] in on])
        for key, on in sorted(lists.items())
        if on & set(LISTS)
    ]
    if not pairs:
        raise InputError("no pair is longlisted or shortlisted here", remedy="widen the filter")
    return pairs


def _draw_streams(canvas: Canvas, pairs: Sequence[Pair], groups: Sequence[str]) -> None:
    counts = Counter((pair.group, pair.outcome) for pair in pairs)
    sizes = Counter(pair.group for pair in pairs)
    names = {True: LISTS, False: ("not longlisted", "not shortlisted")}
    gap = line_height(canvas.small) * 0.55
    unit = max(0.018, line_height(canvas.small) * 0.8 / 2.2)
    unit = min(unit, 6.2 / len(pairs))
    high = [max(sizes[name] * unit, line_height(canvas.small)) for name in groups]
    total = sum(high) + gap * (len(groups) - 1)
    total = max(total, unit * len(pairs) + line_height(canvas.size) + 0.06)
    top = canvas.y + line_height(canvas.size) + 0.04
    middle = (canvas.left + canvas.right) / 2 - BAR / 2
    places: dict[str, float] = {}
    y = top
    for name, tall in zip(groups, high, strict=True):
        places[name] = y + (tall - sizes[name] * unit) / 2
        y += tall + gap
    for side, x in ((0, canvas.left), (1, canvas.right - BAR)):
        ends = Counter(OUTCOMES[pair.outcome].on[side] for pair in pairs)
        titles = {on: words[side] for on, words in names.items()}
        start = _draw_ends(canvas, x, (top, total), ends, titles, unit)
        edge, inner = (x + BAR, middle) if side == 0 else (middle + BAR, x)
        _draw_flows(canvas, counts, groups, (places, start), (edge, inner), (side, unit))
    _draw_groups(canvas, groups, sizes, places, middle, unit)
    canvas.y = top + total + 0.15


def _draw_ends(
    canvas: Canvas, x: float, down: tuple[float, float], ends: Mapping[bool, int],
    titles: Mapping[bool, str], unit: float,
) -> dict[bool, float]:  # fmt: skip
    """Draw the bars of one list, those on it above those that are not; return where they begin."""
    top, total = down
    side = "left" if x == canvas.left else "right"
    apart = max(total - unit * sum(ends.values()), 0) if ends[False] else 0.0
    starts, y = {}, top
    for on in (True, False):
        starts[on] = y
        if ends[on]:
            canvas.box(x, y, BAR, ends[on] * unit, colour="#555555" if on else "#CCCCCC", order=3)
            text = f"{titles[on]}: {ends[on]}"
            # what is beside a bar in the middle of the picture must not reach the names there
            room = (1.0 if on else 0.25) * (canvas.right - canvas.left)
            lines = canvas.lines(text[:1].upper() + text[1:], room, size=canvas.size, lines=2)
            canvas.text(x if side == "left" else x + BAR,
                        y - len(lines) * line_height(canvas.size) - 0.02,
                        lines, side=side, bold=on, paper=PAPER)  # type: ignore[arg-type]  # fmt: skip
            y += ends[on] * unit + apart
    return starts


def _draw_flows(
    canvas: Canvas, counts: Mapping[tuple[str, str], int], groups: Sequence[str],
    starts: tuple[Mapping[str, float], Mapping[bool, float]], across: tuple[float, float],
    where: tuple[int, float],
) -> None:  # fmt: skip
    """Draw the streams between the bars of a list and those of the groups."""
    side, unit = where
    at_list, at_group = dict(starts[1]), dict(starts[0])
    order = ("kept", "dropped", "added") if side == 0 else ("kept", "added", "dropped")
    offsets = _offsets(counts, groups, order, side, at_list, unit)
    for name in groups:
        for outcome in OUTCOMES:
            number = counts.get((name, outcome), 0)
            if number:
                tall = number * unit
                there, here = offsets[name, outcome], at_group[name]
                ends = (there, here) if side == 0 else (here, there)
                canvas.stream(across, ends, tall, OUTCOMES[outcome].look)
                at_group[name] += tall


def _offsets(
    counts: Mapping[tuple[str, str], int], groups: Sequence[str], order: Sequence[str], side: int,
    at_list: dict[bool, float], unit: float,
) -> dict[tuple[str, str], float]:  # fmt: skip
    """Return where on the bar of a list the stream of each group and outcome begins."""
    offsets = {}
    for name in groups:
        for outcome in order:
            on = OUTCOMES[outcome].on[side]
            offsets[name, outcome] = at_list[on]
            at_list[on] += counts.get((name, outcome), 0) * unit
    return offsets


def _draw_groups(
    canvas: Canvas, groups: Sequence[str], sizes: Mapping[str, int], places: Mapping[str, float],
    x: float, unit: float,
) -> None:  # fmt: skip
    room = 0.36 * (canvas.right - canvas.left)
    for name in groups:
        tall = sizes[name] * unit
        canvas.box(x, places[name], BAR, tall, colour=INK, order=3)
        lines = max(1, int(tall / line_height(canvas.small)))
        text = canvas.lines(f"{name} ({sizes[name]})", room, size=canvas.small, lines=lines)
        canvas.text(x + BAR + 0.05, places[name] + tall / 2, text, size=canvas.small, middle=True,
                    paper=PAPER)  # fmt: skip
