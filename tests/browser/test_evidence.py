"""Evidence stands beside each mark, each fact has an address, and long lists are narrowed."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, serious_violations

BESIDE = ".evidence-beside"
MARK = "a[data-stages][aria-label='Japan, AI and ML: shortlisted and longlisted']"


def opened(open_page: Open, path: str, ready: str, **options: object) -> Page:
    page = open_page(path, **options)
    page.locator(ready).first.wait_for(state="attached")
    return page


def test_evidence_beside_a_mark_by_pointer(open_page: Open) -> None:
    page = opened(open_page, "/matrix", ".table-tools")
    page.locator(MARK).hover()
    box = page.locator(BESIDE)
    expect(box).to_contain_text("Japan, AI and ML")
    expect(box.locator(".stage-name")).to_have_count(2)
    stages = [stage.strip() for stage in box.locator(".stage-name").all_text_contents()]
    assert sorted(stages) == ["longlisted", "shortlisted"]
    box.locator("a[href^='/document/ifm-2021/']").first.hover()
    page.wait_for_timeout(500)
    expect(box).to_be_visible()
    page.locator("h1").hover()
    expect(box).to_have_count(0)
    page.locator(MARK).click()
    page.wait_for_url("**technology=technology%3Aai-and-machine-learning#evidence")


def test_evidence_beside_a_mark_by_keyboard(open_page: Open) -> None:
    page = opened(open_page, "/matrix", ".table-tools")
    page.locator(MARK).focus()
    box = page.locator(BESIDE)
    expect(box).to_be_visible()
    expect(page.locator(MARK)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(box.locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(page.locator(MARK)).to_be_focused()
    page.locator(MARK).blur()
    page.locator(MARK).focus()
    expect(box).to_be_visible()
    page.keyboard.press("Tab")
    expect(box.locator("a").first).to_be_focused()
    href = box.locator("a").first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{href}")


def test_the_matrix_is_narrowed(open_page: Open) -> None:
    page = opened(open_page, "/matrix", ".table-tools")
    page.get_by_label("Filter technologies").fill("hydrogen")
    page.get_by_label("Filter countries").fill("japan")
    count = page.locator(".table-tools .count")
    expect(count).to_have_text("3 technologies, 1 country")
    heads = page.locator("#matrix thead th.upright:visible").all_text_contents()
    assert [head.strip() for head in heads] == ["Japan"]
    rows = page.locator("#matrix tbody th[scope='row']:visible").all_text_contents()
    assert len(rows) == 3 and all("hydrogen" in row.lower() for row in rows)
    assert page.locator("#matrix tbody tr:visible:has(td)").first.locator("td:visible").count() == 2
    page.get_by_label("Filter technologies").fill("")
    page.get_by_label("Filter countries").fill("")
    expect(count).to_have_text("27 technologies, 20 countries")


def test_a_link_to_a_fact_opens_its_evidence(open_page: Open) -> None:
    page = opened(open_page, "/agency/jst", ".evidence .tool")
    fact = page.locator("#thing .group[data-property='administers'] li").first
    fact.locator("summary").click()
    fact.get_by_role("button", name="Copy link to this fact").click()
    expect(page.locator("#stikg-said")).to_have_text("Link copied")
    link = str(page.evaluate("navigator.clipboard.readText()"))
    assert urlsplit(link).fragment == "fact-administers-fund-university-fund"
    again = opened(open_page, link, ".evidence .tool")
    target = again.locator("#fact-administers-fund-university-fund")
    expect(target).to_be_focused()
    expect(target.locator("details")).to_have_attribute("open", "")
    assert again.locator("#thing details.evidence[open]").count() == 1


def test_evidence_is_open_again_when_one_comes_back(open_page: Open) -> None:
    page = opened(open_page, "/agency/jst", ".evidence .tool")
    fact = page.locator("#thing .group[data-property='administers'] li").first
    fact.locator("summary").click()
    fact.locator("ul a").first.click()
    page.wait_for_url("**/document/**")
    page.go_back()
    expect(fact.locator("details")).to_have_attribute("open", "")


def test_sections_are_filtered_and_opened_by_address(open_page: Open) -> None:
    page = opened(open_page, "/documents/uuki-2022#section-3", ".table-tools")
    expect(page.locator("#section-3")).to_have_attribute("open", "")
    page.get_by_label("Filter sections and passages").fill("8.1.4")
    shown = page.locator("details.section:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("8.1.4")
    expect(page.locator(".table-tools .count")).to_contain_text("1 of ")


def test_contradictions_are_narrowed_by_words(open_page: Open) -> None:
    page = open_page("/contradictions")
    total = int(str(page.locator("#count").text_content()).split()[0])
    page.get_by_label("Words").fill("JAPAN")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=JAPAN*")
    kept = int(str(page.locator("#count").text_content()).split()[0])
    assert 0 < kept < total
    for finding in page.locator(".finding").all_text_contents():
        assert "japan" in finding.lower()


@pytest.mark.parametrize(("width", "theme"), [(1280, "dark"), (390, "light")])
def test_evidence_shuts_nobody_out(width: int, theme: str, open_page: Open, root: Path) -> None:
    page = opened(open_page, "/matrix", ".table-tools", width=width, theme=theme)
    page.locator(MARK).focus()
    expect(page.locator(BESIDE)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_violations(page, root) == []
    page = opened(open_page, "/agency/nedo", ".evidence .tool", width=width, theme=theme)
    page.locator("#thing details.evidence summary").first.click()
    assert serious_violations(page, root) == []
