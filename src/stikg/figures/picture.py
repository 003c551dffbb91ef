"""A finished picture: its figure, a sentence that tells what is seen, the data drawn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stikg.errors import InputError
from stikg.figures.canvas import Caption
from stikg.results import Table, render
from stikg.serialisation import write_atomically

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SUFFIXES: Final = (".png", ".svg", ".pdf")
DPI: Final = 300
SETTINGS: Final[Any] = {
    "svg.hashsalt": "stikg", "svg.fonttype": "path", "pdf.fonttype": 42, "path.simplify": False,
    "text.hinting": "none", "hatch.linewidth": 0.5, "savefig.facecolor": "white",
    "savefig.bbox": "standard", "text.usetex": False,
}  # fmt: skip
_SVG: Final = re.compile(r"<svg\b[^>]*>")


@dataclass(frozen=True)
class Picture:
    """A drawing with its caption, an alternative text, and the data that it shows."""

    figure: Figure
    caption: Caption
    alt: str
    data: Table

    def render(self, form: str, *, dpi: int = DPI) -> bytes:
        """Return the picture as bytes, the same for the same data; ``form`` is png, svg or pdf."""
        import matplotlib as mpl

        buffer = BytesIO()
        with mpl.rc_context(SETTINGS):
            self.figure.savefig(buffer, format=form, dpi=dpi, metadata=self._metadata(form))
        content = buffer.getvalue()
        return self._accessible(content.decode("utf-8")).encode() if form == "svg" else content

    def write(self, path: Path, *, dpi: int = DPI, alone: bool = False) -> Path:
        """Write the picture into a file, and unless ``alone`` its data and alternative text.

        They stand beside it: ``x.png`` comes with ``x.data.csv`` and ``x.alt.txt``. Everything is
        made before anything is written, and the picture is written last.

        :raises InputError: if the suffix is not .png, .svg or .pdf.
        :raises OutputError: if a file cannot be written.
        """
        content = self.render(form_of(path), dpi=dpi)
        if not alone:
            write_atomically(path.with_suffix(".data.csv"), render(self.data, "csv"))
            write_atomically(path.with_suffix(".alt.txt"), f"{self.alt}\n")
        write_atomically(path, content)
        return path

    def _metadata(self, form: str) -> dict[str, Any]:
        title, licence = self.caption.title, self.caption.licence
        if form == "png":
            return {"Title": title, "Description": self.alt, "Copyright": licence,
                    "Software": "stikg"}  # fmt: skip
        if form == "pdf":
            return {"Title": title, "Subject": self.alt, "Keywords": licence, "Creator": "stikg",
                    "CreationDate": None, "Producer": "stikg"}  # fmt: skip
        return {"Description": self.alt, "Rights": licence, "Date": None, "Creator": "stikg"}

    def _accessible(self, text: str) -> str:
        """Return an SVG that names itself to screen readers (SVG 2, section 5.7; WAI-ARIA)."""
        mark = sha256(f"{self.caption}{self.alt}".encode()).hexdigest()[:8]
        title, text_id = f"title-{mark}", f"desc-{mark}"
        opened = _SVG.search(text)
        if opened is None:
            return text
        start = (
            opened[0][:-1] + f' role="img" aria-labelledby="{title}" aria-describedby="{text_id}">'
        )
        inside = (
            f'\n <title id="{title}">{escape(self.caption.title)}</title>'
            f'\n <desc id="{text_id}">{escape(self.alt)}</desc>'
        )
        return text[: opened.start()] + start + inside + text[opened.end() :]


def form_of(path: Path) -> str:
    """Return the format that a file's suffix names.

    :raises InputError: if it is not .png, .svg or .pdf.

    >>> form_of(Path("a.SVG"))
    'svg'
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(
            f"{path.name} does not end in {', '.join(SUFFIXES)}",
            remedy="name the picture with one of these suffixes",
        )
    return suffix[1:]
