"""A timeline: when things start and end, and what is not said of that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from stikg.errors import InputError
from stikg.figures.axis import Axis, nice_axis
from stikg.figures.canvas import Canvas, Entry
from stikg.figures.reading import (
    Content,
    Options,
    counted,
    listed,
    many,
    name_of,
    names,
    require,
    table_of,
    years,
)
from stikg.figures.style import FAINT, INK, QUIET, RULE, Look, look
from stikg.figures.text import line_height
from stikg.results import Table

MOST: Final = 100
KINDS: Final = 7
"""Kinds that have a look of their own; those above it share one."""
GROUPS: Final = ("kind", "issuer", "area")
"""Columns that tell kinds apart, the first that is there."""


class Span(NamedTuple):
    """A thing with the years that are stated of it; one of them may be missing."""

    start: int | None
    end: int | None
    label: str
    kind: str


def draw(table: Table, canvas: Canvas, options: Options) -> Content:
    """Draw a bar from start to end for each thing; an arrow where an end is not stated.

    The things are those of the first column with labels, their kinds those of kind or issuer.
    What has neither start nor end is counted below.

    :raises InputError: if columns are missing, or nothing has a year.
    """
    require(table, ("start", "end"), "a timeline")
    things = names(table)
    if not things:
        raise InputError("a timeline needs a column with labels")
    group = options.by or next((name for name in GROUPS if name in things), "")
    spans, without = _spans(table, things[0], group)
    if not spans:
        raise InputError("nothing here has a year", remedy="widen the filter")
    if len(spans) > MOST:
        raise InputError(
            f"{len(spans)} things are more than can be drawn ({MOST})", remedy="narrow the filter"
        )
    counts = counted(span.kind for span in spans)
    looks = {kind: look(min(place, KINDS)) for place, (kind, _) in enumerate(counts)}
    canvas.head(f"{many(len(spans), 'row')} with years")
    _draw_spans(canvas, spans, looks)
    canvas.legend(f"{group[:1].upper()}{group[1:]}s" if group else "Things",
                  _entries(counts, looks))  # fmt: skip
    open_ends = sum(span.end is None for span in spans)
    first, last = spans[0], spans[-1]
    alt = (
        f"Timeline of {many(len(spans), 'row')}, from {first.label} ({_said(first)}) to "
        f"{last.label} ({_said(last)}). Of {open_ends} no end is stated. "
        f"Kinds: {listed([f'{count} {kind}' for kind, count in counts])}."
    )
    notes = ["An arrow: no end is stated (to the right) or no start (to the left)."]
    if without:
        notes.append(f"{many(without, 'row')} without a stated year not drawn.")
    return Content(alt, table_of(("label", "kind", "start", "end"),
                                 [(s.label, s.kind, s.start, s.end) for s in spans]),
                   tuple(notes))  # fmt: skip


def _spans(table: Table, thing: str, group: str) -> tuple[list[Span], int]:
    """Return the things that have a year, by start, and how many have none."""
    kinds: dict[tuple[str, str, int | None, int | None], set[str]] = {}
    for record in table.records():
        start, end = years(record["start"]), years(record["end"])
        key = (str(record[thing]), name_of(record, thing),
               start[0] if start else None, end[-1] if end else None)  # fmt: skip
        kind = name_of(record, group) if group else ""
        kinds.setdefault(key, set()).update({kind} - {""})
    spans = [
        Span(start, end, label, " and ".join(sorted(found)) or "not stated")
        for (_, label, start, end), found in kinds.items()
        if start is not None or end is not None
    ]
    spans.sort(key=lambda span: (span.start if span.start is not None else span.end or 0,
                                 span.end or 9999, span.label))  # fmt: skip
    return spans, len(kinds) - len(spans)


def _said(span: Span) -> str:
    if span.start == span.end:
        return str(span.start)
    if span.end is None:
        return f"from {span.start}"
    return f"until {span.end}" if span.start is None else f"{span.start}–{span.end}"


def _entries(counts: Sequence[tuple[str, int]], looks: Mapping[str, Look]) -> list[Entry]:
    shown = [Entry("box", looks[kind], f"{kind} ({count})") for kind, count in counts[:KINDS]]
    rest = counts[KINDS:]
    if len(rest) == 1:
        shown.append(Entry("box", looks[rest[0][0]], f"{rest[0][0]} ({rest[0][1]})"))
    elif rest:
        total = sum(count for _, count in rest)
        shown.append(Entry("box", looks[rest[0][0]], f"{len(rest)} other kinds ({total})"))
    return shown


def _draw_spans(canvas: Canvas, spans: Sequence[Span], looks: Mapping[str, Look]) -> None:
    room = min(max(canvas.length(span.label) for span in spans),
               0.46 * (canvas.right - canvas.left))  # fmt: skip
    said = max(canvas.length(_said(span), size=canvas.small) for span in spans) + 0.05
    left = canvas.left + room + 0.22
    ends = [year for span in spans for year in (span.start, span.end) if year is not None]
    axis = _axis(min(ends), max(ends) + 2, left, canvas.right - said - 0.12)
    top = canvas.y
    for place, span in enumerate(spans):
        lines = canvas.lines(span.label, room)
        high = line_height(canvas.size) * len(lines) + 0.04
        y = canvas.y + high / 2
        if place % 2 == 0:
            canvas.box(canvas.left, canvas.y, canvas.right - canvas.left, high, colour=FAINT,
                       order=0)  # fmt: skip
        canvas.text(canvas.left, y, lines, middle=True)
        _draw_span(canvas, axis, span, y, looks[span.kind])
        canvas.text(canvas.right, y, [_said(span)], size=canvas.small, side="right", middle=True,
                    colour=QUIET)  # fmt: skip
        canvas.y += high
    for tick in axis.ticks:
        canvas.line([axis.at(tick)] * 2, [top, canvas.y], colour=RULE, width=0.6, order=0.5)
        canvas.text(axis.at(tick), canvas.y + 0.03, [str(int(tick))], size=canvas.small,
                    side="center", colour=QUIET)  # fmt: skip
    canvas.y += line_height(canvas.small) + 0.12


def _axis(first: int, last: int, start: float, end: float) -> Axis:
    """Return an axis of the years that there are, with ticks on round ones."""
    nice = nice_axis(first, last, start, end, whole=True)
    return Axis(first, last, start, end, tuple(t for t in nice.ticks if first <= t <= last))


def _draw_span(canvas: Canvas, axis: Axis, span: Span, y: float, seen: Look) -> None:
    """Draw the years that are stated, a year being as wide as it lasts, and arrows beyond them."""
    high = 0.1
    if span.start is not None and span.end is not None:
        start, end = axis.at(span.start), axis.at(span.end + 1)
    else:
        known = span.start if span.start is not None else span.end or 0
        start, end = axis.at(known), axis.at(known + 1)
    if span.end is None:
        canvas.line([end, axis.end + 0.06], [y, y], dash=(0, (2, 2)), width=0.8)
        canvas.marker(axis.end + 0.06, y, ">", colour=INK, across=0.055)
    if span.start is None:
        canvas.line([axis.start - 0.06, start], [y, y], dash=(0, (2, 2)), width=0.8)
        canvas.marker(axis.start - 0.06, y, "<", colour=INK, across=0.055)
    canvas.box(start, y - high / 2, max(end - start, 0.04), high, colour=seen.colour,
               hatch=seen.hatch, edge=INK)  # fmt: skip
