"""A brief as PDF: A4, two pages at most."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from stikg.briefs.citing import cited, document_name
from stikg.briefs.model import Brief, Picture, Row, Section
from stikg.errors import MissingDependency

PAGES: Final = 2
SHARES: Final = (1.0, 0.92, 0.84, 0.76, 0.7, 0.64, 0.58, 0.52, 0.46, 0.4, 0.3, 0.2)
"""Shares of a brief that are tried until it keeps to its pages."""
WIDTH: Final = 595.28
HEIGHT: Final = 841.89
MARGIN: Final = 42.0
_CITED: Final = 96.0
"""Points: A4, what is left free beside the text, the column of passages."""
_SMALL: Final = "<font size='6.2'>%s</font>"
_GAP: Final = 10.0
_TALLEST: Final = 330.0
"""Points between drawings, and of the highest one."""
_ROOM: Final = 48.0
"""Points that a heading needs below it, so that it does not stand alone."""
_TIGHT: Final = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 5),
    ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
]  # fmt: skip
_JAPANESE: Final = re.compile(r"([\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]+)")


def to_pdf(brief: Brief) -> bytes:
    """Return a brief as PDF, the same bytes for the same brief.

    :raises MissingDependency: if reportlab is not installed.
    """
    return _build(brief)[0]


def fit_pdf(brief: Brief) -> bytes:
    """Return the PDF of the most of a brief that keeps to two pages.

    :raises MissingDependency: if reportlab is not installed.
    """
    for share in SHARES:
        content, pages = _build(brief.shortened(share))
        if pages <= PAGES:
            break
    return content


def _build(brief: Brief) -> tuple[bytes, int]:
    """Return a brief as PDF, and the number of its pages."""
    try:
        from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate
    except ImportError as error:
        raise MissingDependency(
            "a brief as PDF needs reportlab", remedy="install it: pip install stikg[pdf]"
        ) from error
    fonts = _register()
    buffer = BytesIO()
    document = BaseDocTemplate(
        buffer, pagesize=(WIDTH, HEIGHT), title=brief.title, author="stikg",
        subject=brief.about, lang="en", invariant=1,
    )  # fmt: skip
    frame = Frame(MARGIN, 34, WIDTH - 2 * MARGIN, HEIGHT - 66,
                  leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)  # fmt: skip
    document.addPageTemplates([PageTemplate(frames=[frame], onPage=_foot(brief))])
    document.build(_story(brief, fonts))
    return buffer.getvalue(), document.page


def _register() -> tuple[str, str]:
    """Register matplotlib's own fonts; return the names of the plain and the bold one."""
    import matplotlib
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for name in ("DejaVuSans", "DejaVuSans-Bold"):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    pdfmetrics.registerFontFamily("DejaVuSans", normal="DejaVuSans", bold="DejaVuSans-Bold",
                                  italic="DejaVuSans", boldItalic="DejaVuSans-Bold")  # fmt: skip
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
    return "DejaVuSans", "DejaVuSans-Bold"


def _story(brief: Brief, fonts: tuple[str, str]) -> list[Any]:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Spacer

    plain, bold = fonts
    styles = {
        "title": ParagraphStyle("title", fontName=bold, fontSize=15, leading=18),
        "text": ParagraphStyle("text", fontName=plain, fontSize=7, leading=8.6),
        "head": ParagraphStyle("head", fontName=bold, fontSize=7, leading=8.6),
        "small": ParagraphStyle("small", fontName=plain, fontSize=6.2, leading=7.6,
                                textColor="#333333"),
        "heading": ParagraphStyle("heading", fontName=bold, fontSize=9, leading=11, spaceBefore=6,
                                  spaceAfter=2),
    }  # fmt: skip
    story: list[Any] = [
        Paragraph(_marked(brief.title), styles["title"]),
        Spacer(0, 2),
        Paragraph(_marked(brief.about), styles["small"]),
    ]
    story += [item for section in brief.sections for item in _section(section, styles)]
    story += _pictures(brief.pictures, styles)
    story.append(Paragraph("Documents", styles["heading"]))
    story += [
        Paragraph(f"{document_name(iri)}: <link href='{escape(iri.value)}'>{_marked(title)}</link>",
                  styles["small"])
        for iri, title in brief.documents
    ]  # fmt: skip
    return story


def _section(section: Section, styles: dict[str, Any]) -> list[Any]:
    from reportlab.platypus import CondPageBreak, Paragraph

    after = section.note
    if section.omitted:
        after += f" {section.omitted} more" + (f": {section.command}" if section.command else ".")
    lines = _list(section, styles) if len(section.heads) == 1 else _table(section, styles)
    story = [CondPageBreak(_ROOM), Paragraph(_marked(section.heading), styles["heading"]), lines]
    return [*story, Paragraph(_marked(after.strip()), styles["small"])] if after else story


def _table(section: Section, styles: dict[str, Any]) -> Any:
    from reportlab.platypus import Paragraph, Table, TableStyle

    widths = [*_widths(section, WIDTH - 2 * MARGIN - _CITED), _CITED]
    rows = [[Paragraph(_marked(head), styles["head"]) for head in [*section.heads, "Passages"]]]
    rows += [
        [*(Paragraph(_marked(cell), styles["text"]) for cell in row.cells),
         Paragraph(_cited(row), styles["small"])]
        for row in section.rows
    ]  # fmt: skip
    return Table(rows, colWidths=widths, repeatRows=1, hAlign="LEFT", style=TableStyle([
        ("LINEBELOW", (0, 0), (-1, -1), 0.3, "#c3ccd3"), *_TIGHT]))  # fmt: skip


def _list(section: Section, styles: dict[str, Any]) -> Any:
    """Return lines of one cell in two columns, each with its passages behind it."""
    from reportlab.platypus import Paragraph, Table, TableStyle

    items: list[Any] = [
        Paragraph(f"• {_marked(row.cells[0])} {_SMALL % _cited(row)}", styles["text"])
        for row in section.rows
    ]
    half = (len(items) + 1) // 2
    pairs = zip_longest(items[:half], items[half:], fillvalue="")
    return Table([list(pair) for pair in pairs], colWidths=[(WIDTH - 2 * MARGIN) / 2] * 2,
                 hAlign="LEFT", style=TableStyle(_TIGHT))  # fmt: skip


def _widths(section: Section, width: float) -> list[float]:
    """Share a width among the columns by the square root of their longest text."""
    weights = [
        max(6, *(min(len(row.cells[index]), 120) for row in section.rows), len(head)) ** 0.6
        for index, head in enumerate(section.heads)
    ]
    return [width * weight / sum(weights) for weight in weights]


def _pictures(pictures: Sequence[Picture], styles: dict[str, Any]) -> list[Any]:
    """Return the drawings: one over the page, two beside each other."""
    from reportlab.platypus import KeepTogether, Spacer, Table, TableStyle

    if not pictures:
        return []
    size = "page" if len(pictures) == 1 else "column"
    width = (WIDTH - 2 * MARGIN - _GAP * (len(pictures) - 1)) / len(pictures)
    cells = [_picture(picture, size, width, styles) for picture in pictures]
    style = TableStyle([*_TIGHT, ("RIGHTPADDING", (0, 0), (-1, -1), _GAP)])
    table = Table([cells], colWidths=[width + _GAP] * len(cells), hAlign="LEFT", style=style)
    return [KeepTogether([Spacer(0, _GAP), table])]


def _picture(picture: Picture, size: str, width: float, styles: dict[str, Any]) -> list[Any]:
    from reportlab.lib.utils import ImageReader
    from reportlab.platypus import Image, Paragraph

    content = picture.draw("png", size)
    wide, high = ImageReader(BytesIO(content)).getSize()
    scale = min(width / wide, _TALLEST / high)
    image = Image(BytesIO(content), width=wide * scale, height=high * scale, hAlign="LEFT")
    return [image, Paragraph(_marked(picture.caption), styles["small"])]


def _cited(row: Row) -> str:
    passages, words = cited(row)
    links = ", ".join(f"<link href='{escape(iri)}'>{escape(name)}</link>" for name, iri in passages)
    return f"{links} {escape(words)}".strip()


def _marked(text: str) -> str:
    """Return text for reportlab: escaped, Japanese in a font that has it."""
    return _JAPANESE.sub(r"<font name='HeiseiKakuGo-W5'>\1</font>", escape(text))


def _foot(brief: Brief) -> Callable[[Any, Any], None]:
    def draw(canvas: Any, document: Any) -> None:
        canvas.saveState()
        canvas.setFont("DejaVuSans", 6)
        words = (
            f"Graph: stikg, CC BY 4.0 · data {brief.version or 'in memory'} · page {document.page}"
        )
        canvas.drawString(MARGIN, 22, words)
        canvas.restoreState()

    return draw
