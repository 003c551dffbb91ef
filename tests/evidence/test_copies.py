"""Copies of a document in the formats that people have."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from stikg.errors import InputError, MissingDependency
from stikg.evidence import Missing, find_passages, read_copy, readings_of
from stikg.passages import tokens
from tests.evidence.lamps import TEXT, passages


def missing(path: Path) -> list[str]:
    results = find_passages(passages(), read_copy(path))
    return [result.passage.name for result in results if isinstance(result, Missing)]


def as_html(folder: Path) -> Path:
    blocks = []
    for block in TEXT.strip().split("\n\n"):
        if "\t" in block:
            rows = (row.replace("\t", "</td><td>") for row in block.split("\n"))
            blocks.append("".join(f"<tr><td>{row}</td></tr>" for row in rows))
        else:
            blocks.append(f"<p>{block.replace('¹', '<sup>1</sup>').replace('- A', '<li>A')}</p>")
    head = "<head><title>Page of lamps</title><style>p {color: red}</style></head>"
    script = "<script>let lamp = 'Main partner';</script>"
    path = folder / "copy.html"
    path.write_text(f"<html>{head}<body>{script}{''.join(blocks)}</body></html>", encoding="utf-8")
    return path


def as_docx(folder: Path) -> Path:
    import docx

    document = docx.Document()
    for block in TEXT.strip().split("\n\n"):
        if "\t" in block:
            rows = [row.split("\t") for row in block.split("\n")]
            table = document.add_table(rows=len(rows), cols=2)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    table.cell(at, column).text = cell
            continue
        paragraph = document.add_paragraph()
        for number, piece in enumerate(block.split("¹")):
            if number:
                paragraph.add_run("1").font.superscript = True
            paragraph.add_run(piece)
    path = folder / "copy.docx"
    document.save(str(path))
    return path


def as_pdf(folder: Path) -> Path:
    from reportlab.lib.pagesizes import A6
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

    style = getSampleStyleSheet()["BodyText"]
    story: list[object] = []
    for block in TEXT.strip().split("\n\n"):
        for line in block.split("\n"):
            words = line.replace("\t", " ").replace("¹", "<super>1</super>")
            story.append(Paragraph(words, style))
        if block.startswith("¹"):
            story.append(PageBreak())
    path = folder / "copy.pdf"
    SimpleDocTemplate(str(path), pagesize=A6).build(story)
    return path


@pytest.mark.parametrize("write", [as_html, as_docx, as_pdf])
def test_every_passage_is_found_in_every_format(
    write: Callable[[Path], Path], tmp_path: Path
) -> None:
    assert missing(write(tmp_path)) == []


def test_a_pdf_not_written_in_order_is_read_as_it_is_laid_out(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    columns = [
        ["The fund pays for", "lamps in towns", "without light."],
        ["The plan asks for", "reports on oil", "and on wick."],
    ]
    path = tmp_path / "copy.pdf"
    canvas = Canvas(str(path))
    for row, pair in enumerate(zip(*columns, strict=True)):
        for x, line in zip((60, 320), pair, strict=True):
            canvas.drawString(x, 700 - 14 * row, line)
    canvas.save()
    as_written, as_laid_out = readings_of(path)
    assert as_written.split("\n")[:2] == ["The fund pays for The plan asks for",
                                          "lamps in towns reports on oil"]  # fmt: skip
    assert as_laid_out.split("\n\n") == ["\n".join(column) for column in columns]


def test_marks_of_notes_are_left_out_in_both_readings_of_a_pdf(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "copy.pdf"
    canvas = Canvas(str(path))
    text = canvas.beginText(60, 700)
    for size, rise, words in ((11, 0, "founded in 1920"), (6, 4, "12"), (11, 0, " for CO"),
                              (6, -2, "2"), (11, 0, " and 5"), (6, 4, "th")):  # fmt: skip
        text.setFont("Helvetica", size)
        text.setRise(rise)
        text.textOut(words)
    canvas.drawText(text)
    canvas.save()
    for reading in readings_of(path):
        assert tokens(reading) == ["founded", "in", "1920", "for", "co2", "and", "5th"]


def test_pages_of_a_pdf_are_parted_by_form_feeds(tmp_path: Path) -> None:
    first, *_ = read_copy(as_pdf(tmp_path)).split("\f")
    assert "yearbook" in first
    assert "union of more" not in first


def test_text_keeps_its_offsets(tmp_path: Path) -> None:
    path = tmp_path / "copy.txt"
    path.write_bytes("A\r\nb\rc\n³".encode())
    assert read_copy(path) == "A\r\nb\rc\n³"


def test_a_byte_order_mark_is_no_character(tmp_path: Path) -> None:
    path = tmp_path / "copy.md"
    path.write_bytes(b"\xef\xbb\xbfLamps")
    assert read_copy(path) == "Lamps"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>two</p>", "One\n\ntwo"),
        ("One<br>two", "One\n\ntwo"),
        ("<p>Sc<i>i</i>ence &amp; t&eacute;ch&shy;nique</p>", "Science & téch\u00adnique"),
        ("<p>of<sup>12</sup> the 5<sup>th</sup> plan<sup>[3]</sup></p>", "of  the 5th plan"),
        ("<script>x</script><style>y</style>z<template>t</template>", "z"),
        ("<ul><li>a<li>b</ul>", "a\n\nb"),
        ("<td>a</td><td>b</td>", "a\n\nb"),
        ("a </script> b", "a  b"),
    ],
)
def test_html(html: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "copy.htm"
    path.write_text(html, encoding="utf-8")
    assert read_copy(path) == text


def test_html_in_its_own_encoding(tmp_path: Path) -> None:
    path = tmp_path / "copy.html"
    path.write_bytes('<meta charset="shift_jis"><p>科学</p>'.encode("shift_jis"))
    assert read_copy(path) == "科学"
    path.write_bytes(b"<p>caf\xe9</p>")
    assert read_copy(path) == "café"
    path.write_bytes(b'<meta charset="no-such"><p>caf\xe9\x81</p>')
    assert read_copy(path) == "café\x81"


def test_errors_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_copy(tmp_path / "absent.txt")
    odd = tmp_path / "copy.odt"
    odd.write_bytes(b"")
    with pytest.raises(InputError, match=r"\.odt is no format.*\n.*use one of \.txt, \.md"):
        read_copy(odd)
    latin = tmp_path / "latin.txt"
    latin.write_bytes(b"caf\xe9 ")
    with pytest.raises(InputError, match=r"not UTF-8: .* at byte 3"):
        read_copy(latin)


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_damaged_files(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"copy{suffix}"
    path.write_bytes(b"PK\x03\x04 not what it says")
    with pytest.raises(InputError, match="not a readable"):
        read_copy(path)


@pytest.mark.parametrize(("suffix", "package"), [(".pdf", "pdfminer"), (".docx", "docx")])
def test_without_the_extra(
    suffix: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def absent(name: str, *args: object, **kwargs: object) -> ModuleType:
        if name.partition(".")[0] == package:
            raise ImportError(name)
        return real(name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", absent)
    path = tmp_path / f"copy{suffix}"
    path.write_bytes(b"")
    with pytest.raises(MissingDependency, match=r"pip install 'stikg\[documents\]'"):
        read_copy(path)
