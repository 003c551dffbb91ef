"""The numbers that a text prints, in digits and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS: Final = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_MONTHS: Final = (
    "january february march april may june july august september october november december"
).split()
_VALUES: Final = {
    **{word: Decimal(number) for number, word in enumerate(_ONES)},
    **{word: Decimal(20 + 10 * number) for number, word in enumerate(_TENS)},
    **{word: Decimal(number) for number, word in enumerate(_ORDINALS)},
    **{word: Decimal(2) for word in ("both", "pair", "double", "doubled", "doubling", "twice")},
    **{word: Decimal(3) for word in ("triple", "tripled", "thrice", "threefold")},
    **{"single": Decimal(1), "half": Decimal("0.5"), "dozen": Decimal(12)},
    **{"halved": Decimal("0.5"), "quadrupled": Decimal(4), "decade": Decimal(10)},
    **{word: Decimal(1) for word in ("highest", "largest", "biggest", "leading", "top")},
}
_MAGNITUDES: Final = {
    "hundred": 2, "thousand": 3, "k": 3, "million": 6, "mn": 6, "m": 6,
    "billion": 9, "bn": 9, "trillion": 12, "tn": 12,
}  # fmt: skip
_SUPERSCRIPTS: Final = re.compile("[\u00b2\u00b3\u00b9\u2070-\u2079]+")
_DIGITS: Final = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER: Final = re.compile(
    rf"(?P<digits>{_DIGITS})|(?P<words>\b(?:{'|'.join((*_ONES, *_TENS))})"
    rf"(?:[ -](?:{'|'.join(_ONES[1:10])}))?\b)",
    re.IGNORECASE,
)
_MAGNITUDE: Final = re.compile(rf"\s?-?({'|'.join(_MAGNITUDES)})s?\b", re.IGNORECASE)
_SHORT_YEAR: Final = re.compile(r"(?<!\d)(\d\d)(\d\d)\s?[-/\u2010-\u2015]\s?(\d\d)\b")
_FRACTION: Final = re.compile(
    r"\b(?:(one|two|three|a)[ -])?(half|thirds?|quarters?|fifths?|tenths?)\b", re.IGNORECASE
)
_PARTS: Final = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_WORD: Final = re.compile(r"[a-z]+")


def numbers_in(text: str) -> frozenset[Decimal]:
    """Return the numbers that a text prints: as they stand, and with their magnitude.

    A fraction is also given in per cent, to one decimal place.

    >>> [str(number) for number in sorted(numbers_in("JPY 1.2 million for twenty-one in 2018–19"))]
    ['1', '1.2', '19', '20', '21', '2018', '2019', '1200000.0']
    >>> numbers_in("none") == frozenset()
    True
    """
    return frozenset(_numbers(_SUPERSCRIPTS.sub(" ", text)))


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number that a text prints from ``start`` to ``end``, and the values it may stand for."""

    text: str
    start: int
    end: int
    values: frozenset[Decimal]


def numerals_in(text: str) -> list[Numeral]:
    """Return the numbers that a text prints in digits, or in words from two on, in order.

    >>> [(n.text, sorted(map(str, n.values))) for n in numerals_in("two of 1.5 million in 2018–19")]
    [('two', ['2']), ('1.5', ['1.5', '1500000.0']), ('2018', ['2018']), ('19', ['19', '2019'])]
    """
    years = {match.start(3): match[1] + match[3] for match in _SHORT_YEAR.finditer(text)}
    found = []
    for match in _NUMBER.finditer(text):
        values = set(_values(match, text))
        if match["words"] and max(values) < 2:
            continue
        if match.start() in years:
            values.add(Decimal(years[match.start()]))
        found.append(Numeral(match[0], match.start(), match.end(), frozenset(values)))
    return found


def magnitudes_in(text: str) -> frozenset[Decimal]:
    """Return the magnitudes that a text names, as a column's header does for its cells.

    >>> magnitudes_in("Spending, GBP million") == {Decimal(1000000)}
    True
    """
    words = _WORD.findall(text.casefold())
    singular = (word.removesuffix("s") for word in words)
    return frozenset(Decimal(10) ** _MAGNITUDES[word] for word in singular if word in _MAGNITUDES)


def months_in(text: str) -> frozenset[int]:
    """Return the months whose names a text has, from 1 to 12.

    >>> sorted(months_in("from April to Dec. 2021"))
    [4, 12]
    """
    words = set(_WORD.findall(text.casefold()))
    return frozenset(
        number for number, month in enumerate(_MONTHS, 1) if words & {month, month[:3]}
    )


def _numbers(text: str) -> Iterator[Decimal]:
    for match in _NUMBER.finditer(text):
        yield from _values(match, text)
    for century, _, year in _SHORT_YEAR.findall(text):
        yield Decimal(century + year)
    for count, part in _FRACTION.findall(text.casefold()):
        share = _VALUES.get(count, Decimal(1)) / _PARTS[part.removesuffix("s")]
        yield round(share, 3)
        yield round(100 * share, 1)
    for word in _WORD.findall(text.casefold()):
        if word in _VALUES:
            yield _VALUES[word]


def _values(match: re.Match[str], text: str) -> Iterator[Decimal]:
    """Yield the value of a number, and its value with the magnitude that follows."""
    digits = match["digits"]
    value = Decimal(re.sub(r"[,\s]", "", digits)) if digits else _spelled(match["words"])
    yield value
    magnitude = _MAGNITUDE.match(text, match.end())
    if magnitude:
        yield value * 10 ** _MAGNITUDES[magnitude[1].casefold()]


def _spelled(words: str) -> Decimal:
    """Return the value of one or two words: "twenty", "twenty-one"."""
    return sum((_VALUES[word] for word in _WORD.findall(words.casefold())), Decimal(0))
