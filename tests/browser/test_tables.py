"""Tables are sorted, filtered, narrowed, copied and saved on the page; the address keeps it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, serious_violations

RANKING = "/queries/territory-ranking"
BODY = "#answer tbody tr:visible"


def column(page: Page, place: int) -> list[str]:
    cells = page.locator(f"{BODY} > :nth-child({place})").all_text_contents()
    return [cell.strip() for cell in cells]


def clipboard(page: Page, kind: str = "text/plain") -> str:
    return str(
        page.evaluate(
            "async kind => (await (await navigator.clipboard.read())[0].getType(kind)).text()", kind
        )
    )


def saved(page: Page) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save rows as CSV").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def opened(open_page: Open, path: str, **options: object) -> Page:
    """Open a page and wait for the tools of its table."""
    page = open_page(path, **options)
    page.locator(".table-tools").wait_for()
    return page


def test_headings_sort_without_asking_again(open_page: Open) -> None:
    page = opened(open_page, RANKING)
    first = column(page, 1)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url)
            if "/static/" not in request.url else None)  # fmt: skip
    link = page.locator("#answer th[data-column='technologies'] a")
    heading = page.locator("#answer th[data-column='technologies']")
    link.focus()
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    numbers = [int(text) for text in column(page, 2)]
    assert numbers == sorted(numbers)
    assert min(numbers) < 10 <= max(numbers)
    link.click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert [int(text) for text in column(page, 2)] == sorted(numbers, reverse=True)
    link.click()
    assert heading.get_attribute("aria-sort") is None
    assert column(page, 1) == first
    assert asked == []


def test_rows_that_are_equal_keep_their_order(open_page: Open) -> None:
    page = opened(open_page, RANKING)
    before = dict(zip(column(page, 1), range(100), strict=False))
    page.locator("#answer th[data-column='viaGroup'] a").click()
    rows = list(zip(map(int, column(page, 3)), column(page, 1), strict=True))
    assert rows == sorted(rows, key=lambda row: (row[0], before[row[1]]))


def test_text_is_sorted_by_language_and_empty_cells_last(open_page: Open) -> None:
    page = opened(open_page, "/queries/budgets")
    page.locator("#answer th[data-column='period'] a").click()
    periods = column(page, 4)
    there = [period for period in periods if period]
    assert periods == there + [""] * (len(periods) - len(there))
    assert 0 < len(there) < len(periods)
    assert there == sorted(there)
    page.locator("#answer th[data-column='amount'] a").click()
    amounts = [int(text.replace(",", "")) for text in column(page, 2)]
    assert amounts == sorted(amounts)


def test_rows_are_filtered_and_counted(open_page: Open) -> None:
    page = opened(open_page, RANKING)
    page.get_by_label("Filter these rows").fill("KOREA 1")
    expect(page.locator(".table-tools .count")).to_have_text("1 of 20 rows")
    expect(page.locator("#stikg-said")).to_have_text("1 of 20 rows")
    assert column(page, 1) == ["South Korea"]
    page.get_by_label("Filter these rows").fill("")
    expect(page.locator(BODY)).to_have_count(20)


def test_the_address_keeps_order_filter_and_columns(open_page: Open) -> None:
    page = opened(open_page, RANKING)
    page.get_by_label("Filter these rows").fill("ia")
    page.wait_for_url("**filter=ia*")
    page.locator("#answer th[data-column='territory'] a").click()
    page.locator("summary.tool").click()
    page.get_by_label("Via a group", exact=True).uncheck()
    rows = column(page, 1)
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#stikg-said")).to_have_text("Link copied")
    link = clipboard(page)
    assert parse_qs(urlsplit(link).query) == {
        "sort": ["territory"], "filter": ["ia"], "hide": ["viaGroup"],
    }  # fmt: skip
    again = opened(open_page, link)
    expect(again.get_by_label("Filter these rows")).to_have_value("ia")
    assert column(again, 1) == rows == sorted(rows)
    expect(again.locator("#answer th[data-column='viaGroup']")).to_be_hidden()
    expect(again.locator("#answer th[data-column='territory']")).to_have_attribute(
        "aria-sort", "ascending"
    )


def test_the_permalink_names_things_as_the_server_does(open_page: Open) -> None:
    page = opened(open_page, "/queries/country-technology-links?territory=Japan")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert clipboard(page).endswith("?territory=territory%3Ajp")


def test_a_table_is_copied_with_its_columns(open_page: Open) -> None:
    page = opened(open_page, "/queries/budgets")
    page.get_by_label("Filter these rows").fill("horizon 2020")
    expect(page.locator(BODY)).to_have_count(1)
    page.get_by_role("button", name="Copy table").click()
    expect(page.locator("#stikg-said")).to_have_text("1 row copied")
    lines = [line.split("\t") for line in clipboard(page).split("\n")]
    assert [len(line) for line in lines] == [len(lines[0])] * 2
    assert lines[0][:3] == ["Of", "Amount", "Currency"]
    assert lines[1][:3] == ["Horizon 2020", "100000000000", "EUR"]
    html = clipboard(page, "text/html")
    assert "<td>Horizon 2020</td><td>100000000000</td><td>EUR</td>" in html
    assert html.count("<tr>") == 2


def test_one_cell_is_copied_with_the_keyboard(open_page: Open) -> None:
    page = opened(open_page, RANKING)
    rows = column(page, 1)
    button = page.get_by_role("button", name="Copy a cell")
    button.focus()
    page.keyboard.press("Enter")
    for key in ("ArrowDown", "End", "Home", "ArrowDown"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.locator("#stikg-said")).to_have_text(f"Copied: {rows[2]}")
    assert clipboard(page) == rows[2]
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.locator("#answer td[tabindex]").count() == 0


def test_a_click_copies_the_cell_and_does_not_leave(open_page: Open) -> None:
    page = opened(open_page, RANKING)
    page.get_by_role("button", name="Copy a cell").click()
    page.locator("#answer tbody td a").first.click()
    expect(page.locator("#stikg-said")).to_have_text("Copied: Germany")
    assert clipboard(page) == "Germany"
    assert urlsplit(page.url).path == RANKING


def test_the_shown_rows_are_saved(open_page: Open) -> None:
    page = opened(open_page, "/queries/statistics?area=Japan&unit=JPY")
    page.locator("#answer th[data-column='value'] a").click()
    page.locator("summary.tool").click()
    page.get_by_label("Passage", exact=True).uncheck()
    name, content = saved(page)
    assert name == "statistics.csv"
    text = content.decode("utf-8")
    assert text.endswith("\r\n") and text.count("\n") == text.count("\r\n")
    heads, *rows = csv.reader(io.StringIO(text, newline=""))
    assert "Passage" not in heads and heads[0] == "Indicator"
    values = [float(row[heads.index("Value")]) for row in rows]
    assert values == sorted(values)
    assert len(rows) == page.locator(BODY).count() > 3


def test_a_text_is_no_formula_to_a_spreadsheet(open_page: Open) -> None:
    values = r'("=1+1" 1) ("@a" -2) ("a,\"b" 3) ("-x" 4)'
    query = quote("SELECT ?x ?n { VALUES (?x ?n) { " + values + " } }")
    page = opened(open_page, f"/sparql?query={query}")
    _, content = saved(page)
    assert content.decode() == 'x,n\r\n\'=1+1,1\r\n\'@a,-2\r\n"a,""b",3\r\n\'-x,4\r\n'


def test_a_paged_table_leaves_the_order_to_the_server(open_page: Open) -> None:
    page = opened(open_page, "/queries/corroborated")
    page.get_by_label("Filter the rows of this page").fill("japan")
    page.wait_for_url("**filter=japan*")
    page.locator("#answer th[data-column='subject'] a").click()
    page.wait_for_url("**sort=subject*")
    assert "filter=japan" in page.url
    expect(page.get_by_label("Filter the rows of this page")).to_have_value("japan")
    page.locator(".paging a[rel='next']").click()
    page.wait_for_url("**page=2*")
    assert "filter=japan" in page.url


def test_tiny_tables_have_no_tools(open_page: Open) -> None:
    page = open_page("/queries/budgets?of=University+Fund")
    assert 0 < page.locator("#answer tbody tr").count() < 4
    assert page.locator(".table-tools").count() == 0


def test_the_head_of_a_long_table_stays(open_page: Open) -> None:
    page = opened(open_page, "/queries/technology-ranking")
    frame = page.locator(".wide.tall")
    frame.evaluate("f => f.scrollTo(0, 400)")
    top = page.locator("#answer thead th").first.bounding_box()
    outer = frame.bounding_box()
    assert top is not None and outer is not None
    assert abs(top["y"] - outer["y"]) < 2


@pytest.mark.parametrize(("width", "theme"), [(1280, "dark"), (390, "light")])
def test_the_tools_shut_nobody_out(width: int, theme: str, open_page: Open, root: Path) -> None:
    page = opened(
        open_page, "/queries/country-technology-links?territory=Japan", width=width, theme=theme
    )
    page.locator("summary.tool").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_violations(page, root) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Copy a cell").click()
    assert serious_violations(page, root) == []
