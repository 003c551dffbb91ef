"""The text of an HTML page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from stikg.errors import InputError

NOTE_MARK: Final = re.compile(r"\s*[\[(]?\d{1,3}[\])]?\s*\Z")
"""What a superscript is if it is the mark of a note."""

_BLOCKS: Final = frozenset(
    "address article aside blockquote body br caption center dd details dialog div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main "
    "nav ol option p pre section summary table tbody td tfoot th thead title tr ul".split()
)
_SILENT: Final = frozenset({"script", "style", "template", "noscript"})
_OPEN_TAGS: Final = re.compile(r"(?:<[^<>]*+){500}<")
_CHARSET: Final = re.compile(rb"<meta[^>]+charset=[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)


def read_html(path: Path) -> str:
    """Return the text of an HTML file: UTF-8, else what it names, else Windows-1252."""
    data = path.read_bytes()
    named = _CHARSET.search(data[:2048])
    encodings = ["utf-8-sig", named[1].decode("ascii") if named else "cp1252"]
    for encoding in encodings:
        try:
            return text_of_html(data.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return text_of_html(data.decode("latin-1"))


def text_of_html(html: str) -> str:
    r"""Return the text of an HTML page, its blocks parted by blank lines.

    :raises InputError: if hundreds of tags are not closed, which takes the parser for ever.

    >>> text_of_html("<p>One<sup>1</sup> of <b>t</b>wo.</p><p>Next</p>").split("\n\n")
    ['One  of two.', 'Next']
    """
    if _OPEN_TAGS.search(html):
        raise InputError(
            "hundreds of tags are opened and not closed", remedy="save the page again, or as text"
        )
    parser = _TextParser()
    parser.feed(html)
    parser.close()
    return re.sub(r"\s+", _gap, "".join(parser.pieces)).strip()


def _gap(space: re.Match[str]) -> str:
    """Return a blank line for white space that holds one."""
    return "\n\n" if space[0].count("\n") > 1 else space[0]


class _TextParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0
        self._superscript: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n\n")
        elif tag in _SILENT:
            self._silent += 1
        elif tag == "sup":
            self._superscript = []

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n\n")
        elif tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "sup" and self._superscript is not None:
            raised = "".join(self._superscript)
            self._superscript = None
            self.pieces.append(" " if NOTE_MARK.match(raised) else raised)

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        target = self.pieces if self._superscript is None else self._superscript
        target.append(data)
