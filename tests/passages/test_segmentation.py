"""Segmentation of small texts, each with one habit of converted PDFs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stikg.passages import KINDS, Passage, segment


def outline(text: str) -> list[tuple[str, str]]:
    """Return name and words of each passage, white space evened out."""
    return [(passage.name, " ".join(passage.text_of(text).split())) for passage in segment(text)]


def kinds(text: str) -> list[str]:
    return [passage.kind for passage in segment(text)]


def by_name(text: str) -> dict[str, Passage]:
    return {passage.name: passage for passage in segment(text)}


class TestHeadings:
    def test_numbers_name_the_sections(self) -> None:
        text = (
            "1. Introduction\n\nWe begin.\n\n2.5.1. The Lighthouse Programme\n\nIt shines.\n\n"
            "3 Outlook\n\nMore follows.\n\n3.1.2 Key points: light\n\nDone.\n"
        )
        assert [(p.name, p.section, p.section_title) for p in segment(text)] == [
            ("1-h", "1", "Introduction"),
            ("1-p1", "1", "Introduction"),
            ("2.5.1-h", "2.5.1", "The Lighthouse Programme"),
            ("2.5.1-p1", "2.5.1", "The Lighthouse Programme"),
            ("3-h", "3", "Outlook"),
            ("3-p1", "3", "Outlook"),
            ("3.1.2-h", "3.1.2", "Key points: light"),
            ("3.1.2-p1", "3.1.2", "Key points: light"),
        ]

    @pytest.mark.parametrize(
        "line",
        [
            "2.9 million pupils were counted in that year.",
            "12 May was the day of the launch.",
            "1.1 Aims of old",
            "9 Lives of a programme",
            "1.2 the small letter",
        ],
    )
    def test_numbers_that_do_not_follow_are_no_headings(self, line: str) -> None:
        text = f"1. Aims\n\nWe begin.\n\n1.1 Scope\n\nIt is wide.\n\n{line}\n"
        assert [p.name for p in segment(text) if p.kind == "heading"] == ["1-h", "1.1-h"]

    def test_what_stands_before_the_first_heading_is_front_matter(self) -> None:
        text = "MAY 2020\n\nThe Report on Light\n\nSUMMARY\n\n1. Aims\n\nWe begin.\n"
        assert outline(text)[:2] == [("front-p1", "MAY 2020"), ("front-h", "The Report on Light")]

    def test_known_titles_open_sections_without_a_number(self) -> None:
        text = (
            "1. Aims\n\nWe begin.\n\nExecutive summary\n\nIn short.\n\nEndnotes\n\n- 1. A book.\n\n"
            "Contact us\n\nWrite to us.\n"
        )
        assert [name for name, _ in outline(text)] == [
            "1-h", "1-p1", "executive-summary-h", "executive-summary-p1",
            "endnotes-h", "en1", "contact-us-h", "contact-us-p1",
        ]  # fmt: skip

    def test_sub_headings_keep_the_number_of_their_section(self) -> None:
        text = (
            "1. Offers\n\nStays abroad\n\n- Lamp Fellowship\n\nPrizes for light\n\n- Beam Prize\n\n"
            "What are the aims of offers?\n\nThey differ.\n"
        )
        assert [name for name, _ in outline(text)] == [
            "1-h", "1-stays-abroad-h", "1-stays-abroad-l1", "1-prizes-light-h",
            "1-prizes-light-l1", "1-aims-offers-h", "1-aims-offers-p1",
        ]  # fmt: skip

    def test_a_title_of_the_contents_gets_its_number_back(self) -> None:
        text = (
            "Contents\n\nSummary\t1\n1. Opening\t3\n2. Lamp Priorities\t9\n\nSummary\n\nShort.\n\n"
            "Lamp priorities\n\nThis is the summary's.\n\nOpening\n\nWe open.\n\n"
            "2. Lamp Priorities\n\nHere they are.\n"
        )
        assert [name for name, _ in outline(text)] == [
            "contents-h", "contents-c1", "contents-c2", "contents-c3", "summary-h", "summary-p1",
            "lamp-priorities-h", "lamp-priorities-p1", "1-h", "1-p1", "2-h", "2-p1",
        ]  # fmt: skip

    def test_contents_with_a_torn_title_and_with_leaders(self) -> None:
        text = "Contents\n\nSum\tmary\t2\n1.\tOpening\t3\nClosing ........ 9\n\nWe thank all.\n"
        assert [(p.name, p.kind) for p in segment(text)] == [
            ("contents-h", "heading"), ("contents-c1", "contents"), ("contents-c2", "contents"),
            ("contents-c3", "contents"), ("contents-p1", "paragraph"),
        ]  # fmt: skip

    def test_markdown(self) -> None:
        text = "## Background of the Plan\n\n## **Our Aims**\n\n- one\n\n## 2.1 Scope\n\nWide.\n"
        assert [(p.name, p.section_title) for p in segment(text)] == [
            ("background-plan-h", "Background of the Plan"),
            ("our-aims-h", "Our Aims"),
            ("our-aims-l1", "Our Aims"),
            ("2.1-h", "Scope"),
            ("2.1-p1", "Scope"),
        ]

    def test_titles_that_slug_alike_stay_apart(self) -> None:
        text = "# The aims\n\nA.\n\n# Of aims\n\nB.\n\n# はじめに\n\nC.\n\n# おわりに\n\nD.\n"
        assert [p.section for p in segment(text) if p.kind == "heading"] == [
            "aims", "aims-2", "section", "section-2",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "line", ["Summary:", "We fund light.", "Lamp House, 9 Beam Street", "see lamps.example.org"]
    )
    def test_labels_sentences_and_addresses_are_no_headings(self, line: str) -> None:
        text = f"1. Aims\n\n{line}\n\n- Lamp Fellowship\n"
        assert kinds(text) == ["heading", "paragraph", "list-item"]

    def test_a_long_title_is_stored_short(self) -> None:
        title = "Fellowships and prizes of the Society of Lamps, of the Academy of Beams and others"
        [heading, _] = segment(f"1. {title}\n\nThey shine.\n")
        assert heading.section_title == (
            "Fellowships and prizes of the Society of Lamps, of the Academy of …"
        )


class TestParagraphs:
    def test_footnotes_inside_a_sentence(self) -> None:
        text = (
            "1. Aims\n\nThe fund was set up in\n\n¹ A note.\n\n² Another.\n\n \nspring, and ended."
            "\n\nIt was large.\n"
        )
        assert outline(text) == [
            ("1-h", "1. Aims"),
            ("1-p1", "The fund was set up in spring, and ended."),
            ("fn1", "¹ A note."),
            ("fn2", "² Another."),
            ("1-p2", "It was large."),
        ]
        assert [text[start:end] for start, end in by_name(text)["1-p1"].parts] == [
            "The fund was set up in",
            "spring, and ended.",
        ]

    def test_page_marks_captions_and_digits_inside_a_sentence(self) -> None:
        text = (
            "1. Aims\n\nFunds have been open since\n\nPage_14\n\nFIGURE 3: FUNDS\n\nSource: a book"
            "\n\n1999 and are given yearly.\n"
        )
        assert outline(text) == [
            ("1-h", "1. Aims"),
            ("1-p1", "Funds have been open since 1999 and are given yearly."),
            ("1-x1", "Page_14"),
            ("f3", "FIGURE 3: FUNDS"),
            ("1-s1", "Source: a book"),
        ]
        assert by_name(text)["1-x1"].page == 14
        assert by_name(text)["1-p1"].page is None

    def test_body_text_glued_behind_a_footnote(self) -> None:
        text = (
            "1. Aims\n\nFewer pupils come in future\n\n"
            "⁵Number of lamps ⁶ Number of beams; <u>https://lamps.example.org/</u> years. A fall.\n"
        )
        assert outline(text) == [
            ("1-h", "1. Aims"),
            ("1-p1", "Fewer pupils come in future years. A fall."),
            ("fn5", "⁵Number of lamps"),
            ("fn6", "⁶ Number of beams; <u>https://lamps.example.org/</u>"),
        ]

    def test_a_footnote_with_markup_stays_whole_where_no_sentence_is_broken(self) -> None:
        text = "1. Aims\n\nIt ended.\n\n² <u>How much light is</u> spent on lamps?\n"
        assert outline(text)[2] == ("fn2", "² <u>How much light is</u> spent on lamps?")

    def test_a_pull_quote_glued_to_a_broken_sentence(self) -> None:
        text = (
            '1. Aims\n\nThis study shows where light has the power "We want to shine on all."\n\n'
            'Ministry of Lamps, 2019.\n\n"Light knows no borders."\n\nto reach the unlit.\n'
        )
        assert outline(text)[1:] == [
            ("1-p1", "This study shows where light has the power to reach the unlit."),
            ("1-p2", '"We want to shine on all."'),
            ("1-p3", "Ministry of Lamps, 2019."),
            ("1-p4", '"Light knows no borders."'),
        ]

    def test_a_capital_joins_only_behind_a_word_that_cannot_end_a_sentence(self) -> None:
        joined = "1. Aims\n\nIt was given by the\n\n¹ A note.\n\nMinistry of Lamps.\n"
        apart = "1. Aims\n\nIt was given freely, by 20 people\n\n¹ A note.\n\nThe Ministry paid.\n"
        assert [name for name, _ in outline(joined)] == ["1-h", "1-p1", "fn1"]
        assert [name for name, _ in outline(apart)] == ["1-h", "1-p1", "fn1", "1-p2"]

    def test_nothing_is_joined_over_a_heading(self) -> None:
        text = "1. Aims\n\nIt was open\n\n2. Means\n\nand closed.\n"
        assert outline(text)[-1] == ("2-p1", "and closed.")

    def test_an_address_alone_is_no_continuation(self) -> None:
        text = "1. Aims\n\nLamp House, Beam Street\n\nlamps.example.org\n"
        assert [name for name, _ in outline(text)] == ["1-h", "1-p1", "1-p2"]

    def test_lines_without_a_blank_between_are_one_paragraph(self) -> None:
        text = "1. Aims\n\nThe fund is\nopen to all.\nIt is large.\n\nIt closes.\n"
        assert outline(text)[1:] == [
            ("1-p1", "The fund is open to all. It is large."),
            ("1-p2", "It closes."),
        ]
        assert by_name(text)["1-p1"].parts == ((9, 46),)

    def test_equal_paragraphs_are_two_passages(self) -> None:
        text = "1. Aims\n\nWe list:\n\nWe list:\n\n- one\n"
        assert [name for name, _ in outline(text)] == ["1-h", "1-p1", "1-p2", "1-l1"]


class TestLists:
    def test_markers(self) -> None:
        text = (
            "1. Aims\n\n- one\n• two\n- 3. three\n- (4) four\n  - (4-1) five\n(a) six\niv) seven\n"
            "– eight\n- **•** nine\n"
        )
        assert kinds(text) == ["heading", *["list-item"] * 9]
        assert outline(text)[-1] == ("1-l9", "- **•** nine")

    def test_an_item_goes_on_behind_a_page_break_and_on_the_next_line(self) -> None:
        items = "- Light is global. We\n\ntherefore shine on all.\n- Lamps in\n <u>Japan</u>\n"
        text = f"# Aims\n\n{items}"
        assert outline(text)[1:] == [
            ("aims-l1", "- Light is global. We therefore shine on all."),
            ("aims-l2", "- Lamps in <u>Japan</u>"),
        ]

    def test_numbered_lists_are_not_chapters(self) -> None:
        text = (
            "1. Aims\n\nFour steps:\n\n1. Look around\n\n2. Light a lamp\n\n3. Go on\n\n2. Means"
            "\n\nWe have:\n1. oil\n2. wick\n"
        )
        assert [name for name, _ in outline(text)] == [
            "1-h", "1-p1", "1-l1", "1-l2", "1-l3", "2-h", "2-p1", "2-l1", "2-l2",
        ]  # fmt: skip


class TestTables:
    ROWS = "Country\tLamps\nJapan\t12\n\tand more\n"

    def test_caption_above(self) -> None:
        text = f"1. Aims\n\nTable 4.1: Lamps\n\n{self.ROWS}\nSource: a book\n"
        assert [(p.name, p.table) for p in segment(text)][1:] == [
            ("t4.1", None), ("t4.1-r1", "t4.1"), ("t4.1-r2", "t4.1"), ("t4.1-r3", "t4.1"),
            ("1-s1", None),
        ]  # fmt: skip

    def test_caption_below(self) -> None:
        text = f"1. Aims\n\nIt follows.\n\n{self.ROWS}\nTABLE 2 LAMPS\n\nIt was shown.\n"
        assert [(p.name, p.table) for p in segment(text)][2:6] == [
            ("t2-r1", "t2"), ("t2-r2", "t2"), ("t2-r3", "t2"), ("t2", None),
        ]  # fmt: skip

    def test_rows_broken_by_a_footnote_and_their_caption(self) -> None:
        rows = f"{self.ROWS}\nTABLE 2: LAMPS\n\n¹ A note.\n\nItaly\t3\n"
        text = f"1. Aims\n\nIt follows.\n\n{rows}\nEnd.\n"
        assert by_name(text)["t2-r4"].table == "t2"

    def test_a_table_of_another_width_is_another_table(self) -> None:
        wide = "Country\tLamps\tOil\tWick\nJapan\t12\t3\t4\n"
        captions = "TABLE 2 LAMPS\n\nTABLE 2 LAMPS\n"
        text = f"1. Aims\n\nIt follows.\n\n{self.ROWS}\n{captions}\n{wide}\nEnd.\n"
        assert [(p.name, p.table) for p in segment(text)][5:9] == [
            ("t2", None), ("t2-2", None), ("1-t-r1", None), ("1-t-r2", None),
        ]  # fmt: skip

    def test_the_custom_of_the_document_decides_between_two_captions(self) -> None:
        below = f"{self.ROWS}\nTABLE 1 LAMPS\n\nText.\n\n{self.ROWS}\nTABLE 2 OIL\n\n"
        text = f"1. Aims\n\nText.\n\n{below}{self.ROWS}\nTABLE 3 WICK\n\nText.\n"
        assert by_name(text)["t3-r1"].table == "t3"

    def test_a_caption_over_two_lines(self) -> None:
        text = f"1. Aims\n\n TABLE 5.2 LAMPS AND\n\n BEAMS REVIEWED\n\n{self.ROWS}"
        assert outline(text)[1] == ("t5.2", "TABLE 5.2 LAMPS AND BEAMS REVIEWED")
        assert by_name(text)["t5.2-r1"].table == "t5.2"

    def test_residue_in_a_row_of_its_own(self) -> None:
        text = "1. Aims\n\nTABLE 1 LAMPS\n\nJapan\t12\n\t그 끈\t\t\nItaly\t\\checkmark\t~\n"
        assert [name for name, _ in outline(text)] == ["1-h", "t1", "t1-r1", "t1-r2", "t1-r3"]

    @pytest.mark.parametrize(
        ("line", "kind"),
        [
            ("Figure 10 demonstrates where lamps are.", "paragraph"),
            ("Table 5.1 (below) shows the lamps.", "paragraph"),
            ("Figure 2 Lamps and beams in 2020", "caption"),
            ("Figure 12: Lamps per head", "caption"),
            ("FIGURE 3.1 LAMPS (2020)", "caption"),
            ("Fig. 7 – Lamps", "caption"),
        ],
    )
    def test_captions_and_sentences_about_figures(self, line: str, kind: str) -> None:
        assert kinds(f"1. Aims\n\n{line}\n\nIt ends.\n")[1] == kind

    def test_words_inside_a_figure(self) -> None:
        text = (
            "1. Aims\n\nWe begin.\n\nFIGURE 3: LAMPS\n\nChoice of lamp\n\nData sources\n\n"
            "- a. books\n\n~205 lamps\n\nThrough talks we learnt more.\n"
        )
        assert [name for name, _ in outline(text)] == [
            "1-h", "1-p1", "f3", "1-g1", "1-g2", "1-l1", "1-g3", "1-p2",
        ]  # fmt: skip

    def test_notes_under_a_figure(self) -> None:
        text = "1. Aims\n\nNote: lamps count once.\n\n**Source:** a book\n\nSources: *one; **two\n"
        assert kinds(text)[1:] == ["source-note"] * 3

    def test_an_address_behind_its_source(self) -> None:
        text = "1. Aims\n\nSource: a book, available at:\n\nhttps://lamps.example.org/\n\nMore.\n"
        assert outline(text)[1] == (
            "1-s1", "Source: a book, available at: https://lamps.example.org/"
        )  # fmt: skip


class TestNotes:
    def test_several_on_a_line_and_latex_residue(self) -> None:
        text = (
            "1. Aims\n\n⁹ Nine² is odd. ¹⁰ Ten\n ¹¹https://lamps.example.org/\n\n"
            "$^{^{\\rm 12}}$ Twelve\n"
        )
        assert outline(text)[1:] == [
            ("fn9", "⁹ Nine² is odd."),
            ("fn10", "¹⁰ Ten"),
            ("fn11", "¹¹https://lamps.example.org/"),
            ("fn12", "$^{^{\\rm 12}}$ Twelve"),
        ]

    def test_an_address_broken_over_lines(self) -> None:
        text = "1. Aims\n\n³⁷ https://lamps.example.org/largest-ever-\n\nbudget#:~:text=light\n\nMore.\n"
        assert outline(text)[1] == (
            "fn37", "³⁷ https://lamps.example.org/largest-ever- budget#:~:text=light"
        )  # fmt: skip

    def test_body_text_behind_an_address_is_no_part_of_it(self) -> None:
        text = (
            "1. Aims\n\nHelp for women,\n\n⁶ https://lamps.example.org/light/\n\nand men is due.\n"
        )
        assert outline(text)[1:] == [
            ("1-p1", "Help for women, and men is due."),
            ("fn6", "⁶ https://lamps.example.org/light/"),
        ]

    def test_a_number_printed_twice(self) -> None:
        text = "1. Aims\n\n¹ One.\n\n2. Means\n\n¹ One again.\n"
        assert [name for name, _ in outline(text)] == ["1-h", "fn1", "2-h", "fn1-2"]

    def test_endnotes_with_numbers_before_behind_inside_and_lost(self) -> None:
        text = (
            "Endnotes\n\n- A book on lamps. 1.\n- 2. A book on oil.\n"
            "- A book longer than 3. a\nline.\n- A book whose number is lost.\n"
            "- **5.** A book on wick.\n\nCitation\n\nCite us.\n"
        )
        passages = by_name(text)
        assert [name for name, _ in outline(text)] == [
            "endnotes-h", "en1", "en2", "en3", "en4", "en5", "citation-h", "citation-p1",
        ]  # fmt: skip
        marks = [passages[f"en{number}"].mark for number in range(1, 6)]
        assert [text[mark[0] : mark[1]] if mark else "" for mark in marks] == [
            "1.", "2.", "3.", "", "5.",
        ]  # fmt: skip


class TestNames:
    TEXT = "1. Aims\n\nOne.\n\nTwo.\n\n2. Means\n\nThree.\n\n- four\n\nFIGURE 1: LAMPS\n\n¹ Note.\n"

    def test_a_new_passage_leaves_the_names_of_other_sections(self) -> None:
        longer = self.TEXT.replace("One.", "One.\n\nOne and a half.\n\n- item")
        before, after = dict(outline(self.TEXT)), dict(outline(longer))
        for name in ("1-h", "2-h", "2-p1", "2-l1", "f1", "fn1"):
            assert after[name] == before[name]

    def test_order_counts_from_one_in_reading_order(self) -> None:
        passages = segment(self.TEXT)
        assert [passage.order for passage in passages] == [1, 2, 3, 4, 5, 6, 7, 8]
        assert [p.start for p in passages] == sorted(p.start for p in passages)


def test_pages_of_a_text_with_form_feeds() -> None:
    passages = segment("1. Aims\n\nOne.\n\fTwo.\n\n- 7 -\n\n\f\fThree.\n")
    assert [(p.name, p.page) for p in passages] == [
        ("1-h", 1), ("1-p1", 1), ("1-p2", 2), ("1-x1", 2), ("1-p3", 4),
    ]  # fmt: skip


def test_a_line_without_words_is_page_residue() -> None:
    [passage] = segment(" ***  \n")
    assert (passage.kind, passage.parts) == ("running-header", ((1, 4),))


def test_an_empty_text_has_no_passages() -> None:
    assert segment(" \n\n\t\n") == ()


LINES = st.sampled_from(
    [
        "1. Aims", "2.1 Means of light", "## Plan", "Contents", "Endnotes", "Study exchanges",
        "A fund was set up in", "spring, and ended.", "It is large.", "1999 and on.", "- item",
        "- (1) item and", "- 3. item", "4. item", "¹ A note. ² Another <u>note</u> of light.",
        "$^{12}$ Twelve", "TABLE 1 LAMPS AND", "UPPER LINE", "Figure 3: Lamps", "a\tb", "\tc\t",
        "1.\tAims\t3", "Source: a book:", "https://lamps.example.org/a-", "Page_14", "***", "7",
        'has power "We shine."', "\f", "", "", "\u3000", "그 끈", "a\u00ad",
    ]
)  # fmt: skip
DOCUMENTS = st.one_of(
    st.lists(LINES, max_size=40).map("\n".join),
    st.lists(st.tuples(LINES, st.text(max_size=8)).map("".join), max_size=25).map("\n".join),
    st.text(max_size=200),
)


@given(DOCUMENTS)
def test_every_character_belongs_to_exactly_one_passage(text: str) -> None:
    counts = [0] * len(text)
    for passage in segment(text):
        for start, end in passage.parts:
            for position in range(start, end):
                counts[position] += 1
    for character, count in zip(text, counts, strict=True):
        assert count == 1 or (count == 0 and character.isspace())


@given(DOCUMENTS)
def test_passages_are_well_formed(text: str) -> None:
    passages = segment(text)
    assert passages == segment(text)
    names = [passage.name for passage in passages]
    assert len(set(names)) == len(names)
    for passage in passages:
        assert passage.kind in KINDS
        assert all(text[s:e] == text[s:e].strip() != "" for s, e in passage.parts)
        gaps = zip(passage.parts, passage.parts[1:], strict=False)
        assert all(text[left[1] : right[0]].strip() for left, right in gaps)
        assert passage.table is None or passage.table in names
