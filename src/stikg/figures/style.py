"""How categories look: colour, and beside it always a shape, a hatch or a dash."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from stikg.errors import InputError

COLOURS: Final = (
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999",
)  # fmt: skip
"""The colours of Okabe and Ito (2008), which colour-blind readers tell apart."""
SHAPES: Final = ("o", "s", "^", "D", "v", "P", "X", "p", "<", "h", "*", ">", "d", "8")
HATCHES: Final = ("", "////", "....", "xxxx", "\\\\\\\\", "----", "++++", "oo", "||||", "**")
DASHES: Final[tuple[Any, ...]] = (
    "solid", (0, (5, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)), (0, (3, 1, 1, 1, 1, 1)),
)  # fmt: skip

INK: Final = "#1A1A1A"
QUIET: Final = "#4D4D4D"
RULE: Final = "#D9D9D9"
FAINT: Final = "#F2F2F2"

WIDTHS: Final = {"column": 8.5, "page": 17.0, "slide": 25.4}
"""Widths by name, in centimetres: a column of a journal, the text of a page, a slide."""
NARROWEST, WIDEST = 6.0, 100.0
INCH: Final = 2.54
_LENGTH: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(cm|mm|in)?\Z")
_CENTIMETRES: Final = {"": 1.0, "cm": 1.0, "mm": 0.1, "in": INCH}


class Look(NamedTuple):
    """How one category is drawn; any two of the first eight differ in colour and in the rest."""

    colour: str
    shape: str
    hatch: str
    dash: Any


def look(place: int) -> Look:
    """Return the look of the category at a place, counted from 0.

    >>> look(0).colour == look(8).colour, look(0).shape == look(8).shape
    (True, False)
    """
    turn = place + place // len(COLOURS)
    return Look(
        COLOURS[place % len(COLOURS)],
        SHAPES[turn % len(SHAPES)],
        HATCHES[turn % len(HATCHES)],
        DASHES[turn % len(DASHES)],
    )


def read_width(text: str | float) -> float:
    """Return a width in inches of the name or length that is given; without unit centimetres.

    :raises InputError: if it is neither, or below 6 or above 100 cm.

    >>> round(read_width("column"), 3), round(read_width("5in"), 3), round(read_width(12.7), 3)
    (3.346, 5.0, 5.0)
    >>> read_width("wide")
    Traceback (most recent call last):
    ...
    stikg.errors.InputError: 'wide' is not a width
      remedy: use column (8.5 cm), page (17 cm), slide (25.4 cm), or a length such as 12cm or 5in
    """
    words = str(text).strip().lower()
    match = _LENGTH.match(words)
    size = WIDTHS.get(words)
    if size is None and match is not None:
        size = float(match[1]) * _CENTIMETRES[match[2] or ""]
    if size is None or not NARROWEST <= size <= WIDEST:
        named = ", ".join(f"{name} ({length:g} cm)" for name, length in WIDTHS.items())
        raise InputError(
            f"{text!r} is not a width"
            if size is None
            else f"a width of {size:g} cm is not between {NARROWEST:g} and {WIDEST:g} cm",
            remedy=f"use {named}, or a length such as 12cm or 5in",
        )
    return size / INCH


def text_size(width: float) -> float:
    """Return the size of text, in points, for a picture of a width in inches."""
    if width * INCH < 12:
        return 6.5
    return 7.5 if width * INCH < 22 else 10.0
