"""Titles: what a heading looks like, and the names made of it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from stikg.passages.sentences import demands_more, is_address
from stikg.passages.tokens import tokens
from stikg.terms import slug

_NUMBERED: Final = re.compile(
    r"(?:(?:chapter|section|part|annexe?|appendix) )?(?P<number>\d{1,2}(?:\.\d{1,2})*)[.:]?[ \t]+"
    r"(?P<title>[\"'\u2018\u201c(]*[^\W\d_].*)\Z",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_DATE: Final = re.compile(r"(?:\d{1,2} )?[A-Za-z]{3,9} \d{4}\Z")
_UNNAMED: Final = "section"
_PARENTHESIS: Final = re.compile(r"\([^)]*\)")
_STOP_WORDS: Final = frozenset(
    "a an and are as at by do does for from how in is of on or the to what where which who why "
    "with".split()
)
_CLOSING_SIGNS: Final = "\"'\u2019\u201d)] "
_LONGEST_TITLE: Final = 14
_LONGEST_STORED: Final = 12
_SLUG_WORDS: Final = 3

CONTENTS: Final = frozenset({"contents", "tableofcontents"})
"""Titles of a table of contents, as keys."""

NOTES: Final = frozenset({"endnotes", "notes", "footnotes"})
"""Titles of a list of endnotes, as keys."""

KNOWN: Final = (
    frozenset(
        "abbreviations aboutthisreport abstract acknowledgements acknowledgments acronyms annex "
        "annexe annexes appendices appendix bibliography citation conclusion conclusions contact "
        "contacts contactus executivesummary foreword glossary introduction preface references "
        "summary".split()
    )
    | CONTENTS
    | NOTES
)
"""Titles that reports give their parts without a number, as keys."""


def numbered_title(words: str) -> tuple[str, str] | None:
    """Return number and title of a numbered heading, if a line looks like one.

    >>> numbered_title("2.5.1. A Programme")
    ('2.5.1', 'A Programme')
    >>> numbered_title("2.5 million people") is None
    True
    """
    match = _NUMBERED.match(words)
    if match is None or words.rstrip()[-1] in ".,;":
        return None
    title = match["title"].strip()
    letters = title.lstrip("\"'\u2018\u201c(")
    return (match["number"], title) if letters[:1].isupper() else None


def without_emphasis(title: str) -> str:
    """Return a title without emphasis marks.

    >>> without_emphasis("**Aims**")
    'Aims'
    """
    return re.sub(r"[*_]{1,3}(\S(?:.*?\S)?)[*_]{1,3}", r"\1", title)


def stored_title(title: str) -> str:
    """Return a title as it is stored: a name, never long enough to be a copied sentence.

    >>> stored_title("A fund for lamps and beams (of the Society of Lamps, with other societies)")
    'A fund for lamps and beams'
    """
    bare = " ".join(without_emphasis(title).split())
    if len(tokens(bare)) > _LONGEST_STORED:
        bare = " ".join(_PARENTHESIS.sub(" ", bare).split())
    words = bare.split()
    while len(tokens(" ".join(words))) > _LONGEST_STORED:
        words.pop()
    shown = " ".join(words)
    return shown if shown == bare else f"{shown} \u2026"


def is_short_title(words: str) -> bool:
    """Tell whether a line may be an unnumbered heading: like a title, and without a count.

    >>> is_short_title("Study exchanges"), is_short_title("Over 10,000 patents cited")
    (True, False)
    """
    return is_title_like(words) and not _has_count(words)


def is_title_like(words: str) -> bool:
    """Tell whether a line is short and no sentence, date or address.

    >>> is_title_like("Study exchanges"), is_title_like("We exchange."), is_title_like("May 2020")
    (True, False, False)
    """
    bare = without_emphasis(words).strip()
    return (
        len(bare.split()) <= _LONGEST_TITLE
        and not bare.rstrip(_CLOSING_SIGNS).endswith((".", ",", ";", ":", "!"))
        and not _DATE.match(bare)
        and (bare[0].isupper() or not bare[0].isalnum())
        and not is_address(bare)
        and not demands_more(bare)
    )


def _has_count(words: str) -> bool:
    return re.search(r"\d", _YEAR.sub("", words)) is not None


def squeezed(title: str) -> str:
    """Return the key under which a title is compared: its letters and digits alone.

    >>> squeezed("Exe cutive Summary")
    'executivesummary'
    """
    return "".join(tokens(title))


def short_slug(title: str) -> str:
    """Return the name of a section without a number: the first words of its title that count.

    >>> short_slug("What are the aims of research (and of teaching)?")
    'aims-research'
    >>> short_slug("はじめに")
    'section'
    """
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    if not re.search("[A-Za-z0-9]", letters):
        return _UNNAMED
    bare = _PARENTHESIS.sub(" ", letters)
    words = slug(bare if re.search("[A-Za-z0-9]", bare) else letters).split("-")
    counting = [word for word in words if word not in _STOP_WORDS]
    return "-".join((counting or words)[:_SLUG_WORDS])


def is_notes_section(title: str) -> bool:
    """Tell whether a section holds the endnotes.

    >>> is_notes_section("Endnotes"), is_notes_section("Notes for readers")
    (True, False)
    """
    return squeezed(title) in NOTES
