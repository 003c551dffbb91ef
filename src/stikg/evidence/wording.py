"""Whether a text uses a name, whatever its spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_SUPERSCRIPTS: Final = re.compile("[\u00b2\u00b3\u00b9\u2070-\u2079]+")
_APOSTROPHES: Final = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200d\ufeff\u0300-\u036f]")
_WORD: Final = re.compile("[^\\W_]+|\u241e")
_MARKUP: Final = re.compile(r"</?[a-z]+>|[*_\\]")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+")
_GLUED: Final = re.compile(r"(?<=[a-z]{4})(?=[A-Z][a-z])")
"""Where two cells of a table stand together without a space: "BatteriesElectric vehicles"."""
_ASIDE: Final = re.compile(r"\s*\([^()]*\)")
_SILENT_WORDS: Final = frozenset({"the", "of", "a", "an"})
_CODE: Final = re.compile(r"[^a-z]{2,6}\Z")
"""An acronym: in lower case it may be another word, as US and IT are."""
_LONG: Final = 8
"""Letters from which a name that is written as one word is taken for the name in several."""

_SPELLINGS: Final = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        (r"is(e|ed|er|ing|ation|ational)\Z", r"iz\1"),
        (r"ys(e|ed|er|ing)\Z", r"yz\1"),
        (r"our(ed|ing|al|able)?\Z", r"or\1"),
        (r"tre\Z", "ter"),
        (r"gramme\Z", "gram"),
        (r"ence\Z", "ense"),
        (r"fibre\Z", "fiber"),
        (r"aluminium\Z", "aluminum"),
        (r"ageing\Z", "aging"),
        (r"modell(ing|ed)\Z", r"model\1"),
    )
)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a text in a form in which spellings do not differ."""

    folded: str
    exact: str
    run: str

    @classmethod
    def of(cls, text: str) -> Wording:
        """Return the words of a text, also those of its addresses and around its asides."""
        bare = plain(text)
        addresses = " ".join(_ADDRESS.findall(bare)).upper()
        whole = f"{bare} \u241e {addresses} \u241e {_ASIDE.sub('', bare)}"
        folded = _words(whole, fold=True)
        return cls(folded, _words(whole, fold=False), folded.replace(" ", ""))

    def has(self, name: str) -> bool:
        """Tell whether the text has a name as words of its own.

        Case, accents, hyphens, apostrophes, plurals, articles, "of", & and the spellings of both
        sides of the Atlantic do not matter; an aside in parentheses may be missing. Codes in
        capitals are looked for in capitals.

        >>> Wording.of("The UK's programmes for Fibre-optics").has("fiber optics program")
        False
        >>> Wording.of("Centres for R&D, of the USA").has("Center for R and D")
        True
        >>> Wording.of("it is up to us").has("US"), Wording.of("to the US,").has("US")
        (False, True)
        """
        return any(self._has(form) for form in {name, _ASIDE.sub("", name)} if form.strip())

    def _has(self, name: str) -> bool:
        folded, exact, run = _name(name)
        if _CODE.match(name):
            return exact in self.exact
        return folded in self.folded or (len(run) >= _LONG and run in self.run)

    def has_words(self, name: str) -> bool:
        """Tell whether the text has all words of a name, wherever: "wind and solar power".

        >>> Wording.of("solar and wind power").has_words("wind power")
        True
        """
        folded, _, _ = _name(_ASIDE.sub("", name))
        return bool(folded.strip()) and all(f" {word} " in self.folded for word in folded.split())

    def has_any(self, names: Iterable[str]) -> bool:
        """Tell whether the text has one of the names."""
        return any(self.has(name) for name in names)


def plain(text: str) -> str:
    """Return a text without its markup: underlining, emphasis, signs of notes.

    >>> plain("<u>Global 30</u> Project,¹² *2022**")
    'Global 30 Project,  2022'
    """
    return _MARKUP.sub("", _SUPERSCRIPTS.sub(" ", text))


def is_address(text: str) -> bool:
    """Tell whether a text is a web address and nothing else.

    >>> is_address("¹⁴ <u>https://data.oecd.org/a b.htm</u>"), is_address("See www.jst.go.jp now")
    (True, False)
    """
    bare = plain(text).strip(" \n-.0123456789")
    return bool(re.match(r"(?:https?://|www\.)\S+(?:\s\S+){0,3}\Z", bare))


@lru_cache(maxsize=8192)
def _name(name: str) -> tuple[str, str, str]:
    folded = _words(name, fold=True)
    return folded, _words(name, fold=False), folded.replace(" ", "")


def _words(text: str, *, fold: bool) -> str:
    """Return the words of a text, each in its one spelling, with a space on either side."""
    text = unicodedata.normalize("NFKC", _GLUED.sub(" ", text)).replace("&", " and ")
    text = _INVISIBLE.sub("", unicodedata.normalize("NFD", text))
    text = re.sub(rf"{_APOSTROPHES.pattern}[sS]\b", "", text)
    text = _APOSTROPHES.sub("", text)
    # the separator of pieces stands for itself, so that no name spans two
    words = [word.casefold() if fold else word for word in _WORD.findall(text)]
    return f" {' '.join(_one_spelling(word) for word in words if word not in _SILENT_WORDS)} "


@lru_cache(maxsize=65536)
def _one_spelling(word: str) -> str:
    if len(word) > 3 and word.endswith("ies"):
        word = f"{word[:-3]}y"
    elif len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us")):
        word = word[:-1]
    for pattern, american in _SPELLINGS:
        word, count = pattern.subn(american, word)
        if count:
            break
    return word
