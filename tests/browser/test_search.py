"""Names are suggested while somebody types, in every field for a name."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Open, serious_violations

LIST = "[role='listbox']:visible"


def type_into(page: Page, field: str, text: str) -> None:
    """Put a text into a field at once, so that no answer to a part of it is on its way."""
    expect(page.locator(field)).to_have_attribute("role", "combobox")
    page.locator(field).click()
    page.keyboard.insert_text(text)
    expect(page.locator(LIST)).to_be_visible()


def active(page: Page, field: str) -> str:
    """Return the first words of the suggestion that the field points at."""
    return str(
        page.locator(field).evaluate(
            "f => document.getElementById(f.getAttribute('aria-activedescendant'))"
            "?.querySelector('.name').textContent ?? ''"
        )
    )


@pytest.mark.parametrize(("path", "field"), [("/matrix", "#site-q"), ("/", "#q")])
def test_a_suggestion_leads_to_the_thing(path: str, field: str, open_page: Open) -> None:
    page = open_page(path)
    type_into(page, field, "japan sci")
    page.keyboard.press("ArrowDown")
    assert active(page, field) == "Japan Science and Technology Agency"
    page.keyboard.press("Enter")
    page.wait_for_url("**/agency/jst")
    expect(page.locator("h1")).to_have_text("Japan Science and Technology Agency")


def test_a_click_takes_a_suggestion(open_page: Open) -> None:
    page = open_page("/")
    type_into(page, "#q", "JST")
    first = page.locator(f"{LIST} [role='option']").first
    expect(first.locator(".kind")).to_have_text("funding agency")
    expect(first.locator(".matched")).to_have_text("also called JST")
    expect(first.locator(".matched mark")).to_have_text("JST")
    first.click()
    page.wait_for_url("**/agency/jst")


def test_without_a_choice_enter_searches(open_page: Open) -> None:
    page = open_page("/")
    type_into(page, "#q", "quantum")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=quantum")


def test_the_keys_of_a_combobox(open_page: Open) -> None:
    page = open_page("/")
    field = page.locator("#q")
    type_into(page, "#q", "japan")
    names = page.locator(f"{LIST} .name").all_text_contents()
    assert len(names) == 10
    expect(field).to_have_attribute("aria-expanded", "true")
    for key, expected in (
        ("ArrowDown", names[0]), ("ArrowDown", names[1]), ("End", names[-1]),
        ("ArrowDown", ""), ("ArrowUp", names[-1]), ("Home", names[0]), ("ArrowUp", ""),
    ):  # fmt: skip
        page.keyboard.press(key)
        assert active(page, "#q") == expected
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"{LIST} [aria-selected='true']")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(page.locator("[role='listbox']:visible")).to_have_count(0)
    assert field.input_value() == "japan"
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_a_field_of_a_form_gets_the_name(open_page: Open) -> None:
    page = open_page("/queries/programmes")
    field = "#field-organisation"
    type_into(page, field, "jst")
    kinds = set(page.locator(f"{LIST} .kind").all_text_contents())
    assert kinds == {"funding agency"}
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.url.endswith("/queries/programmes")
    assert page.locator(field).input_value() == "Japan Science and Technology Agency"
    page.keyboard.press("Enter")
    page.wait_for_url("**organisation=Japan+Science*")
    expect(page.locator("#answer tbody tr").first).to_be_visible()


def test_a_name_of_several_things_becomes_a_short_form(open_page: Open) -> None:
    page = open_page("/queries/evidence")
    type_into(page, "#field-resource", "artificial intelligence")
    options = page.locator(f"{LIST} [role='option']")
    options.filter(has=page.get_by_text("technology", exact=True)).first.click()
    assert page.locator("#field-resource").input_value() == "technology:artificial-intelligence"


def test_only_fields_for_things_suggest_names(open_page: Open) -> None:
    page = open_page("/queries/statistics")
    expect(page.locator("#field-subject")).to_have_attribute("role", "combobox")
    assert page.locator("#field-period").get_attribute("role") is None


def test_japanese_is_found_once_it_is_composed(open_page: Open) -> None:
    page = open_page("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.extend(parse_qs(urlsplit(request.url).query)["q"])
            if "/search?" in request.url else None)  # fmt: skip
    expect(page.locator("#q")).to_have_attribute("role", "combobox")
    page.locator("#q").click()
    client = page.context.new_cdp_session(page)
    for text in ("に", "にほ", "にほん"):
        client.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
    page.wait_for_timeout(400)
    assert asked == []
    client.send("Input.insertText", {"text": "日本"})
    expect(page.locator(f"{LIST} [role='option']")).to_contain_text(["also called 日本"])
    assert asked == ["日本"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/territory/jp")


def test_an_answer_that_comes_too_late_is_not_shown(open_page: Open) -> None:
    page = open_page("/")
    held: list[Route] = []
    page.route(re.compile(r"/search\?q=japan&"), lambda route: held.append(route))
    expect(page.locator("#q")).to_have_attribute("role", "combobox")
    page.locator("#q").click()
    page.keyboard.type("japan")
    page.wait_for_timeout(400)
    page.keyboard.press("Control+A")
    page.keyboard.type("quantum")
    expect(page.locator(f"{LIST} .name").first).to_contain_text("Quantum")
    assert len(held) == 1
    assert "net::ERR_ABORTED" in str(held[0].request.failure)


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_the_list_shuts_nobody_out(width: int, theme: str, open_page: Open, root: Path) -> None:
    page = open_page("/", width=width, theme=theme)
    type_into(page, "#site-q", "japan")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_violations(page, root) == []
    box = page.locator(LIST).bounding_box()
    assert box is not None
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
