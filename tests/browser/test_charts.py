"""Charts say what the table says, number by number, and can be taken away."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, serious_violations

RANKING = "/queries/territory-ranking"
CHART = "[data-chart] svg"


def opened(open_page: Open, path: str, **options: object) -> Page:
    page = open_page(path, **options)
    page.locator(CHART).wait_for()
    return page


def asked(page: Page, path: str) -> list[dict[str, str]]:
    """Return the rows that the server gives as CSV."""
    return list(csv.DictReader(io.StringIO(page.request.get(path).text(), newline="")))


def widths(page: Page) -> list[float]:
    return [float(bar.get_attribute("width") or 0) for bar in page.locator(f"{CHART} .bar").all()]


def test_a_ranking_has_a_bar_for_each_row(open_page: Open) -> None:
    page = opened(open_page, RANKING)
    rows = asked(page, f"{RANKING}.csv")
    numbers = [int(row["technologies"]) for row in rows]
    assert page.locator(f"{CHART} .value").all_text_contents() == list(map(str, numbers))
    names = page.locator(f"{CHART} text:not(.value):not(.head)").all_text_contents()
    assert names == [row["territoryLabel"] for row in rows]
    longest = widths(page)[0]
    assert [round(width / longest * numbers[0]) for width in widths(page)] == numbers


def test_a_chart_follows_the_filter(open_page: Open) -> None:
    page = opened(open_page, RANKING)
    page.get_by_label("Filter these rows").fill("an")
    page.wait_for_url("**filter=an*")
    shown = page.locator("#answer tbody tr:visible td:first-child").all_text_contents()
    assert 1 < len(shown) < 20
    names = page.locator(f"{CHART} text:not(.value):not(.head)").all_text_contents()
    assert names == [name.strip() for name in shown]


def test_one_figure_a_year_makes_a_line(open_page: Open) -> None:
    fields = urlencode({"indicator": "inbound mobile international researchers"})
    page = opened(open_page, f"/queries/statistics?{fields}")
    expect(page.locator(f"{CHART} .head")).to_have_text(
        "inbound mobile international researchers (persons)"
    )
    assert page.locator(f"{CHART} .value").all_text_contents() == ["37,453", "39,473", "34,678"]
    assert page.locator(f"{CHART} text[text-anchor='middle']:not(.value)").all_text_contents() == [
        "2010", "2017", "2019",
    ]  # fmt: skip
    places = [
        (float(dot.get_attribute("cx") or 0), float(dot.get_attribute("cy") or 0))
        for dot in page.locator(f"{CHART} circle").all()
    ]
    (x0, y0), (x1, y1), (x2, y2) = places
    assert (x1 - x0) / (x2 - x0) == pytest.approx(7 / 9, abs=0.01)
    assert y1 < y0 < y2


def test_bounds_are_told_and_spans_of_years_are_bars(open_page: Open) -> None:
    fields = urlencode({"indicator": "field-weighted citation impact"})
    page = opened(open_page, f"/queries/statistics?{fields}")
    assert page.locator(f"{CHART} .value").all_text_contents() == [
        "0.93", "at least 1.2", "up to 1.6", "1.56", "1",
    ]  # fmt: skip
    assert page.locator(f"{CHART} .edge").count() == 0


def test_too_many_figures_are_not_drawn(open_page: Open) -> None:
    page = open_page("/queries/statistics")
    expect(page.locator("[data-chart]")).to_contain_text("too many for a chart")
    assert page.locator(CHART).count() == 0


def test_a_chart_is_saved(open_page: Open) -> None:
    page = opened(open_page, RANKING, theme="dark")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save chart as SVG").click()
    assert waiting.value.suggested_filename == "territory-ranking-chart.svg"
    drawing = ET.parse(waiting.value.path()).getroot()
    texts = ["".join(text.itertext()) for text in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Germany", "18"} <= set(texts)
    fills = {element.get("fill", "") for element in drawing.iter()}
    assert "rgb(86, 180, 255)" in fills and not any("var(" in fill for fill in fills)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save chart as PNG").click()
    content = Path(waiting.value.path()).read_bytes()
    assert content.startswith(b"\x89PNG")
    box = page.locator(CHART).bounding_box()
    assert box is not None
    assert int.from_bytes(content[16:20], "big") == pytest.approx(2 * box["width"], abs=4)


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_a_chart_shuts_nobody_out(width: int, theme: str, open_page: Open, root: Path) -> None:
    page = opened(open_page, RANKING, width=width, theme=theme)
    image = page.get_by_role("img", name="Chart: Territories by number of technologies")
    expect(image).to_be_visible()
    assert "from 1 (" in str(image.locator("desc").text_content())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_violations(page, root) == []
