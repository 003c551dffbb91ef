"""Texts of a picture: how long they are, where they break, which font has their characters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.font_manager import FontProperties

FAMILY: Final = "DejaVu Sans"
"""The font that comes with matplotlib: Latin, Greek, Cyrillic, not Japanese or Chinese."""
FALLBACKS: Final = (
    "Noto Sans CJK JP", "Noto Sans JP", "IPAexGothic", "IPAGothic", "Hiragino Sans",
    "Hiragino Kaku Gothic ProN", "Yu Gothic", "Meiryo", "MS Gothic", "TakaoGothic", "VL Gothic",
    "Source Han Sans JP", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "SimHei",
    "WenQuanYi Zen Hei", "Malgun Gothic", "Apple SD Gothic Neo", "Arial Unicode MS",
)  # fmt: skip
"""Fonts asked, in this order, for what the first one lacks."""
GAP: Final = "[…]"
"""What stands for characters that no font here has."""
SPACING: Final = 1.22
"""Height of a line over the size of its text."""
DOTS: Final = 720
"""Dots an inch at which texts are measured, so many that hinting does not count."""
WIDER: Final = 1.015
"""What hinting may add to the length of a text where the dots are few."""
ELLIPSIS: Final = "…"
_SPACE: Final = re.compile(r"\s+")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_WIDE: Final = re.compile(r"(?<=[\u3000-\u9fff\uf900-\ufaff\uff00-\uffef])")


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """Return the length in inches of a line of text whose size is in points."""
    return _units(text, bold) * size / 720


def line_height(size: float) -> float:
    """Return the height in inches of a line of text."""
    return SPACING * size / 72


def fit(
    text: str, room: float, size: float, *, lines: int | None = None, bold: bool = False
) -> list[str]:
    """Return a text in lines no longer than a room in inches; at most so many, then an ellipsis.

    Lines break at spaces and between Japanese or Chinese characters; a word longer than the room
    breaks anywhere.

    >>> fit("Japan Society for the Promotion of Science", 1.0, 7)
    ['Japan Society for', 'the Promotion of', 'Science']
    >>> fit("Japan Society for the Promotion of Science", 1.0, 7, lines=2)
    ['Japan Society for', 'the Promotion of…']
    """
    result: list[str] = []
    line = ""
    for word in _words(text):
        longer = line + word
        if not line or measure(longer.rstrip(), size, bold=bold) <= room:
            line = longer
        else:
            result.append(line.rstrip())
            line = word
        while measure(line.rstrip(), size, bold=bold) > room and len(line) > 1:
            head = _head(line, room, size, bold)
            result.append(head)
            line = line[len(head) :]
    if line.strip() or not result:
        result.append(line.rstrip())
    if lines is not None and len(result) > lines:
        last = result[lines - 1]
        while last and measure(last + ELLIPSIS, size, bold=bold) > room:
            last = last[:-1]
        return [*result[: lines - 1], last.rstrip() + ELLIPSIS]
    return result


def printable(text: str) -> tuple[str, bool]:
    r"""Return a text with a sign for what no font here has, and whether there is such.

    >>> printable("Tobitate! \x07 Study")
    ('Tobitate! Study', False)
    """
    clean = _SPACE.sub(" ", _UNPRINTABLE.sub(" ", text)).strip()
    known = _characters(FAMILY)
    if all(ord(character) in known for character in clean):
        return clean, False
    for family in families(clean)[1:]:
        known = known | _characters(family)
    runs = re.sub(
        ".", lambda match: match[0] if ord(match[0]) in known else "\x00", clean, flags=re.DOTALL
    )
    return re.sub("\x00+", GAP, runs), "\x00" in runs


def font(text: str, size: float, *, bold: bool = False) -> FontProperties:
    """Return the font of a text, with fallbacks if it needs them."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(
        family=list(families(text)), size=size, weight="bold" if bold else "normal"
    )


def families(text: str) -> tuple[str, ...]:
    """Return the font families that a text needs: the usual one, then those that fill it up."""
    known = _characters(FAMILY)
    missing = {character for character in text if ord(character) not in known}
    found = [FAMILY]
    for family in FALLBACKS if missing else ():
        has = {character for character in missing if ord(character) in _characters(family)}
        if has:
            found.append(family)
            missing -= has
        if not missing:
            break
    return tuple(found)


def _words(text: str) -> list[str]:
    """Return the pieces between which a line may break, each with the space after it."""
    pieces = re.findall(r"\S+\s*", text)
    return [part for piece in pieces for part in _WIDE.split(piece) if part]


def _head(line: str, room: float, size: float, bold: bool) -> str:
    low, high = 1, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(line[:middle], size, bold=bold) <= room:
            low = middle
        else:
            high = middle - 1
    return line[:low]


@lru_cache(maxsize=20_000)
def _units(text: str, bold: bool) -> float:
    """Return the length of a text of 10 points, in points."""
    properties = font(text, 10, bold=bold)
    renderer: Any = _renderer()
    width, _, _ = renderer.get_text_width_height_descent(text, properties, ismath=False)
    return WIDER * float(width) * 72 / DOTS


@lru_cache(maxsize=1)
def _renderer() -> RendererAgg:
    from matplotlib.backends.backend_agg import RendererAgg

    return RendererAgg(1, 1, DOTS)  # type: ignore[no-untyped-call]


@lru_cache(maxsize=32)
def _characters(family: str) -> frozenset[int]:
    """Return the code points that a font has; none if it is not on this machine."""
    from matplotlib.font_manager import findfont, fontManager, get_font

    if family not in {entry.name for entry in fontManager.ttflist}:
        _learn_fonts()
    if family not in {entry.name for entry in fontManager.ttflist}:
        return frozenset()
    return frozenset(get_font(findfont(family)).get_charmap())


@lru_cache(maxsize=1)
def _learn_fonts() -> None:
    """Tell matplotlib of the fonts that were installed after it made its list."""
    from contextlib import suppress

    from matplotlib.font_manager import findSystemFonts, fontManager

    known = {entry.fname for entry in fontManager.ttflist}
    for path in sorted(set(findSystemFonts()) - known):
        with suppress(OSError, RuntimeError, ValueError):
            fontManager.addfont(path)
