"""The explorer of a network, on its page and in a file of its own."""

from __future__ import annotations

import csv
import io
import json
import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.sync_api import expect

from stikg.networks import build, network_page
from stikg.results import Table
from stikg.terms import IRI, Literal
from tests.browser.conftest import Open, serious_violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AGENCIES = "/networks/agency-programme"
TECHNOLOGIES = "/networks/country-technology"
JSPS = "Japan Society for the Promotion of Science"
GREY = (95, 106, 114)
"""The colour --c7 of the light theme: here that of the one association alone."""

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</script><img src=x onerror=alert(1)>"


def drawn(page: Page) -> Page:
    page.locator(".net-canvas[data-words]").wait_for()
    return page


def status(page: Page) -> str:
    return page.locator(".net-status").inner_text()


def chosen(page: Page) -> str:
    return page.locator(".net-panel h3").inner_text().strip()


def pixels(page: Page) -> Image.Image:
    shot = page.locator(".net-canvas").screenshot()
    return Image.open(io.BytesIO(shot)).convert("RGB")


def find(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="Find in the picture").fill(name)
    page.get_by_role("combobox", name="Find in the picture").press("Enter")


def edges_of(page: Page, path: str) -> set[tuple[str, str, str]]:
    """Return the distinct edges of the server's own CSV, by their labels."""
    text = page.request.get(f"{path}.csv").text()
    return {
        (row["sourceLabel"], row["relationLabel"], row["targetLabel"])
        for row in csv.DictReader(io.StringIO(text))
    }


def saved(page: Page, words: str) -> bytes:
    page.locator(".net-menu summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=words).click()
    return Path(download.value.path()).read_bytes()


@pytest.mark.parametrize("path", [AGENCIES, TECHNOLOGIES])
def test_the_picture_is_drawn_with_names(path: str, open_page: Open) -> None:
    page = drawn(open_page(path))
    colours = pixels(page).getcolors(1_000_000)
    assert colours is not None
    counts = {colour: count for count, colour in colours}
    for colour in ((0, 103, 163), (180, 95, 0), (20, 25, 29)):
        assert counts.get(colour, 0) > 100
    assert int(page.locator(".net-canvas").get_attribute("data-words") or 0) >= 25


def test_without_webgl_the_picture_of_the_server_stays(open_page: Open) -> None:
    page = open_page("/networks")
    page.add_init_script(
        "const given = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...more) {"
        " return kind.includes('webgl') ? null : given.call(this, kind, ...more) }"
    )
    page.goto(AGENCIES, wait_until="networkidle")
    assert page.locator("figure.picture svg").first.is_visible()
    assert page.locator("#net").count() == 0


def test_search_chooses_a_thing_and_the_panel_tells_its_ties(open_page: Open) -> None:
    page = drawn(open_page(AGENCIES))
    find(page, "promotion of science")
    assert chosen(page) == JSPS
    expected = {edge for edge in edges_of(page, AGENCIES) if edge[0] == JSPS}
    assert len(expected) == 11
    told = set()
    panel = page.locator(".net-panel")
    for heading in panel.locator("h4").all():
        relation = heading.inner_text().split(" →")[0].strip()
        for item in heading.locator("xpath=following-sibling::ul[1]/li").all():
            told.add((JSPS, relation, item.locator("button").inner_text().strip()))
    assert told == expected
    item = panel.locator("li", has_text="JSPS International Fellowships").first
    assert [link.get_attribute("href") for link in item.locator("a").all()] == [
        "/document/uuki-2022/8.1.2-h", "/document/uuki-2022/8.1.2-p1",
    ]  # fmt: skip
    item.locator("a").first.click()
    page.wait_for_url("**/document/uuki-2022/8.1.2-h")


def test_the_legend_shows_and_hides(open_page: Open) -> None:
    page = drawn(open_page(AGENCIES))
    edges = edges_of(page, AGENCIES)
    left = {edge for edge in edges if edge[1] != "administers"}
    assert status(page) == "In the picture: 63 things, 62 ties."
    button = page.locator("button[data-ties='administers']")
    assert "(16)" in button.inner_text()
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    things = {edge[end] for edge in left for end in (0, 2)}
    assert status(page) == f"In the picture: {len(things)} of 63 things, {len(left)} of 62 ties."
    assert page.locator("table#edges tbody tr:visible").count() == len(left) == 46
    button.click()
    assert status(page) == "In the picture: 63 things, 62 ties."
    page.locator("button[data-kinds='programme']").click()
    assert page.locator(".net-list", has_text="Global 30").count() == 0


def test_a_view_can_be_sent_and_gone_back_to(open_page: Open) -> None:
    page = drawn(open_page(TECHNOLOGIES))
    page.get_by_label("Arrange").select_option("columns")
    page.locator("button[data-ties='longlisted']").click()
    find(page, "japan")
    page.get_by_role("button", name="Only this and its neighbours").click()
    said = status(page)
    assert said == "In the picture: 15 of 47 things, 14 of 174 ties."
    other = drawn(open_page(page.url[page.url.index("/networks") :]))
    assert (chosen(other), status(other)) == ("Japan", said)
    assert other.get_by_label("Arrange").input_value() == "columns"
    pressed = other.locator("button[data-ties='longlisted']").get_attribute("aria-pressed")
    assert pressed == "false"
    for _ in range(4):
        page.go_back()
    assert "#" not in page.url
    expect(page.locator(".net-panel h3")).to_have_text("Things in the picture")
    assert status(page) == "In the picture: 47 things, 174 ties."
    page.go_forward()
    expect(page.get_by_label("Arrange")).to_have_value("columns")


def test_a_click_on_a_mark_chooses_it_and_dims_the_rest(open_page: Open) -> None:
    page = drawn(open_page(AGENCIES))
    image = pixels(page)
    wide, high = image.size
    spots = [(x, y) for x in range(wide) for y in range(high) if image.getpixel((x, y)) == GREY]
    middle = tuple(sum(spot[axis] for spot in spots) / len(spots) for axis in (0, 1))
    page.locator(".net-canvas").click(position={"x": middle[0], "y": middle[1]})
    assert chosen(page) == "Royal Society"
    page.mouse.move(2, 2)
    faded = pixels(page).getcolors(1_000_000) or []
    full = image.getcolors(1_000_000) or []
    blue = (0, 103, 163)
    assert sum(n for n, colour in faded if colour == blue) < 0.6 * sum(
        n for n, colour in full if colour == blue
    )


def test_files_hold_what_is_shown(open_page: Open) -> None:
    page = drawn(open_page(AGENCIES))
    page.locator("button[data-ties='administers']").click()
    edges = {edge for edge in edges_of(page, AGENCIES) if edge[1] != "administers"}
    things = {edge[end] for edge in edges for end in (0, 2)}
    png = saved(page, "Picture as PNG")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    wide, high = struct.unpack(">II", png[16:24])
    assert wide == 2800 and high > 2000
    svg = ET.fromstring(saved(page, "Picture as SVG"))
    nodes = [node for node in svg.iter(f"{SVG}path") if node.get("class") == "node"]
    assert {node.findtext(f"{SVG}title") for node in nodes} == things
    assert len([group for group in svg.iter(f"{SVG}g") if group.get("class") == "edge"]) == 46
    texts = " ".join("".join(text.itertext()) for text in svg.iter(f"{SVG}text"))
    assert "Organisations and programmes" in texts and "CC BY 4.0" in texts
    rows = list(csv.DictReader(io.StringIO(saved(page, "Ties shown, as CSV").decode())))
    found = {(row["sourceLabel"], row["relationLabel"], row["targetLabel"]) for row in rows}
    assert found == edges
    assert all(row["passage"].startswith("https://w3id.org/stikg/document/") for row in rows)
    gexf = ET.fromstring(saved(page, "For Gephi"))
    places = list(gexf.iter("{http://gexf.net/1.3/viz}position"))
    assert len(places) == len(things)
    assert len({(place.get("x"), place.get("y")) for place in places}) == len(things)


def test_the_same_network_looks_the_same(open_page: Open) -> None:
    first, second = (drawn(open_page(AGENCIES)) for _ in range(2))
    assert saved(first, "Picture as SVG") == saved(second, "Picture as SVG")


def test_the_keyboard_is_enough(open_page: Open) -> None:
    page = drawn(open_page(AGENCIES))
    page.get_by_role("combobox", name="Find in the picture").focus()
    page.keyboard.type("royal soc")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    active = page.locator("#net-find").get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").inner_text().startswith("Royal Society International")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.net-panel') !== null")
    assert chosen(page) == "Royal Society International Exchanges Scheme"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert chosen(page) != "Royal Society International Exchanges Scheme"
    field = page.get_by_role("application")
    field.focus()
    before = pixels(page)
    page.keyboard.press("+")
    page.wait_for_timeout(400)
    assert pixels(page).tobytes() != before.tobytes()
    page.keyboard.press("0")
    page.get_by_role("button", name="← All things").press("Enter")
    assert chosen(page) == "Things in the picture"


@pytest.mark.parametrize(("width", "theme"), [(1280, "dark"), (390, "light"), (390, "dark")])
def test_nobody_is_shut_out_when_a_thing_is_chosen(
    width: int, theme: str, open_page: Open, root: Path
) -> None:
    page = drawn(open_page(f"{AGENCIES}#net&node=agency/jsps", width=width, theme=theme))
    assert chosen(page) == JSPS
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_violations(page, root) == []


def test_the_picture_follows_the_theme(open_page: Open) -> None:
    page = drawn(open_page(AGENCIES))
    assert pixels(page).getpixel((3, 3)) == (255, 255, 255)
    page.locator("#theme-dark").check()
    page.locator(".net-canvas").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    image = pixels(page)
    assert image.getpixel((3, 3)) == (18, 24, 28)
    counts = {colour: count for count, colour in image.getcolors(1_000_000) or []}
    assert counts.get((86, 180, 255), 0) > 100


def test_neighbours_of_a_thing_light_up(open_page: Open) -> None:
    page = open_page("/agency/jsps")
    page.wait_for_load_state("networkidle")
    figure = page.locator("figure.picture").first
    lines = figure.locator("[data-from]").count()
    node = figure.locator("a[data-node]").first
    name = node.get_attribute("data-node")
    own = figure.locator(f"[data-from='{name}'], [data-to='{name}']").count()
    assert 0 < own < lines
    node.focus()
    assert figure.locator(".lit").count() == own
    assert figure.locator("[data-from].dim").count() == lines - own
    node.evaluate("node => node.blur()")
    assert figure.locator(".lit, .dim").count() == 0


@pytest.fixture
def file_page(browser: Browser, tmp_path: Path, explorer: Path) -> Iterator[Page]:
    """Open a network with hostile names from a file, without any network."""
    del explorer
    columns = (
        "source", "sourceLabel", "sourceKindLabel", "target", "targetLabel", "targetKindLabel",
        "relation", "relationLabel", "passage", "origin", "weight",
    )  # fmt: skip
    base = "https://w3id.org/stikg/"
    rows = tuple(
        (IRI(f"{base}agency/{number}"), Literal(f"Agency {number} {HOSTILE}"), Literal("agency"),
         IRI(f"{base}programme/{number // 2}"), Literal(f"Programme {number // 2}"),
         Literal(HOSTILE), IRI(f"{base}ontology/funds"), Literal("funds"),
         IRI(f"{base}document/almanac/{number}-p1"), Literal("stated"), Literal(str(number)))
        for number in range(1, 9)
    )  # fmt: skip
    graph = build(Table(columns, rows), name="ties", title=HOSTILE, weight_title="Joint papers")
    path = tmp_path / "ties.html"
    path.write_text(network_page(graph), encoding="utf-8")
    context = browser.new_context(accept_downloads=True, viewport={"width": 1280, "height": 900})
    context.set_offline(True)
    page = context.new_page()
    faults: list[str] = []
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.goto(path.as_uri())
    yield drawn(page)
    beyond = [url for url in asked if not url.startswith((path.as_uri(), "data:", "blob:"))]
    context.close()
    assert (faults, beyond) == ([], [])


def test_a_file_of_its_own_needs_nobody(file_page: Page, root: Path) -> None:
    assert file_page.locator("h1").inner_text() == HOSTILE
    assert status(file_page) == "In the picture: 13 things, 8 ties."
    find(file_page, "agency 5")
    assert chosen(file_page) == f"Agency 5 {HOSTILE}"
    link = file_page.locator(".net-passages a")
    assert link.inner_text() == "almanac, passage 5-p1"
    assert link.get_attribute("href") == "https://w3id.org/stikg/document/almanac/5-p1"
    assert file_page.url.endswith("#net&node=agency/5")
    assert file_page.locator("img").count() == 0
    assert serious_violations(file_page, root) == []


def test_the_table_of_a_file_is_sorted_and_searched(file_page: Page) -> None:
    rows = file_page.locator("table#edges tbody tr:visible")
    heading = file_page.locator("table#edges th", has_text="Joint papers").get_by_role("button")
    heading.click()
    heading.click()
    assert rows.first.locator("td").nth(3).inner_text() == "8"
    file_page.get_by_label("Filter these rows").first.fill("agency 7")
    expect(rows).to_have_count(1)
    assert rows.first.locator("td").first.inner_text() == f"Agency 7 {HOSTILE}"


def test_the_server_gives_the_file_with_its_filters(open_page: Open) -> None:
    page = open_page(f"{TECHNOLOGIES}?territory=Japan")
    link = page.locator(".take a[data-format='html']")
    with page.expect_download() as download:
        link.click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert download.value.suggested_filename == "country-technology.html"
    assert "<title>Territories and technologies (territory: Japan) – stikg</title>" in text
    assert "<b>18</b> things and <b>21</b> ties" in text


def test_a_file_of_its_own_filters_and_saves(file_page: Page) -> None:
    file_page.get_by_label("Joint papers, at least").fill("6")
    file_page.get_by_label("Joint papers, at least").press("Enter")
    assert status(file_page) == "In the picture: 5 of 13 things, 3 of 8 ties."
    assert file_page.locator("table#edges tbody tr:visible").count() == 3
    svg = ET.fromstring(saved(file_page, "Picture as SVG"))
    assert svg.findtext(f"{SVG}title") == HOSTILE
    assert saved(file_page, "Picture as PNG")[:4] == b"\x89PNG"
    data = json.loads(file_page.locator("#network-data").text_content() or "")
    assert [edge["weight"] for edge in data["edges"]] == [1, 2, 3, 4, 5, 6, 7, 8]
