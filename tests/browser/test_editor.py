"""The SPARQL editor: written, completed, run, stopped, and left by keyboard alone."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.browser.conftest import Open, serious_violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

KILLER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ADMINISTERED = "SELECT ?name { ?fund sti:administeredBy agency:jst ; sti:label ?name }"
AGENCIES = [
    "agency:ahrc", "agency:amed", "agency:australian-research-council", "agency:bbsrc",
    "agency:epsrc", "agency:esrc", "agency:innovate-uk", "agency:israel-innovation-authority",
    "agency:jsps", "agency:jst", "agency:mrc", "agency:nedo", "agency:nerc",
    "agency:research-england", "agency:sshrc", "agency:stfc", "agency:ukri",
]  # fmt: skip
"""Those of graph/reference/organisations.ttl."""


def start(page: Page) -> None:
    """Wait for the editor and put the cursor into it."""
    page.locator(".cm-content").click()


def write(page: Page, text: str) -> None:
    """Replace what stands in the editor, without its help."""
    start(page)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def text_of(page: Page) -> str:
    """Return what the form would send."""
    return page.locator("#query").input_value()


def holds(page: Page, pattern: str) -> None:
    """Wait until the text holds a pattern; the policy forbids to wait by a function."""
    from playwright.sync_api import expect

    expect(page.locator("#query")).to_have_value(re.compile(pattern))


def run(page: Page) -> None:
    page.keyboard.press("Control+Enter")


def pick(page: Page, option: str) -> None:
    """Take a completion: wait until the list holds it, and accept it."""
    page.locator("li[role=option]", has_text=option).first.wait_for()
    page.locator("li[role=option]", has_text=option).first.click()


def options(page: Page) -> list[str]:
    page.locator("li[role=option]").first.wait_for()
    return page.locator("li[role=option] .cm-completionLabel").all_inner_texts()


@pytest.fixture
def open_wrong(browser: Browser, server: str) -> Iterator[Page]:
    """Return a page on which a query may be refused: Chromium calls a status 400 an error."""
    said: list[str] = []
    page = browser.new_page(base_url=server, viewport={"width": 1280, "height": 900})
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda entry: said.append(entry.text) if entry.type == "error" else None)
    page.goto("/sparql")
    yield page
    page.close()
    assert [words for words in said if "status of 400" not in words] == []


def test_what_is_written_is_what_the_form_sends(open_page: Open) -> None:
    page = open_page("/sparql")
    start(page)
    assert not page.locator("#query").is_visible()
    page.keyboard.press("Control+a")
    page.keyboard.type("ASK { ")
    assert text_of(page) == "ASK { }"  # the bracket closes itself
    page.keyboard.press("Control+z")
    assert text_of(page).startswith("PREFIX sti:")


def test_a_class_a_property_and_a_thing_are_completed(open_page: Open) -> None:
    page = open_page("/sparql")
    write(page, "SELECT * {  }")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("?fund a ")
    found = options(page)
    assert "sti:FundingAgency" in found and "sti:administers" not in found and "?fund" not in found
    page.keyboard.type("fundinga")
    page.locator("li[role=option]", has_text="prov:Entity").wait_for(state="detached")
    assert options(page) == ["sti:FundingAgency", "frapo:FundingAgency"]
    page.locator(".cm-completionInfo", has_text="whose task is to fund research").wait_for()
    pick(page, "sti:FundingAgency")
    page.keyboard.type(" ; admi")
    assert "sti:administers" in options(page)
    pick(page, "sti:administers")
    page.keyboard.type(' "Japan Sci')
    pick(page, "Japan Science and Technology Agency")
    assert "?fund a sti:FundingAgency ; sti:administers agency:jst" in text_of(page)
    assert '"' not in text_of(page)


def test_properties_come_by_their_use(open_page: Open) -> None:
    """4,039 statements name a thing with a passage, 1,163 a passage with its evidence."""
    page = open_page("/sparql")
    write(page, "SELECT * { ?s ")
    page.keyboard.press("Control+Space")
    found = [label for label in options(page) if label.startswith("sti:")]
    assert found.index("sti:mentions") < found.index("sti:evidencePassage")


def test_things_below_a_prefix_and_graphs(open_page: Open) -> None:
    page = open_page("/sparql")
    write(page, "DESCRIBE ")
    page.keyboard.type("agency:")
    assert len(options(page)) == len(AGENCIES)
    page.keyboard.type("js")
    page.locator("li[role=option]", has_text="Research England").wait_for(state="detached")
    assert options(page) == [
        "Japan Society for the Promotion of Science", "Japan Science and Technology Agency",
    ]  # fmt: skip
    page.keyboard.press("Escape")
    write(page, "SELECT * { GRAPH")
    page.keyboard.type(" ")
    assert "<https://w3id.org/stikg/graph/document/uuki-2022/passages>" in options(page)


def test_variables_and_functions(open_page: Open) -> None:
    page = open_page("/sparql")
    write(page, "SELECT ?agency ?name { ?agency sti:label ?name FILTER(")
    page.keyboard.type("?na")
    assert options(page) == ["?name"]
    page.keyboard.press("Escape")
    write(page, "SELECT ?agency ?name { ?agency sti:label ?name FILTER(")
    page.keyboard.type("strst")
    page.locator(".cm-completionDetail", has_text="(text, start)").wait_for()
    page.wait_for_timeout(150)  # a list that has just come takes no key
    page.keyboard.press("Enter")
    page.keyboard.type('?name, "J')
    assert text_of(page).endswith('FILTER(STRSTARTS(?name, "J")')


@pytest.mark.parametrize("query", [None, ADMINISTERED])
def test_an_answer_comes_without_leaving_the_page(open_page: Open, query: str | None) -> None:
    page = open_page("/sparql")
    page.evaluate("window.here = true")
    start(page)
    if query:
        write(page, query)
    run(page)
    page.locator("table#answer").wait_for()
    rows = page.locator("table#answer tbody td:first-child").all_inner_texts()
    if query:
        assert rows == ["University Fund"]  # graph/documents/uuki-2022/2.5.trig
        assert parse_qs(urlsplit(page.url).query)["query"] == [query]
    else:
        assert sorted(rows) == AGENCIES
        assert page.locator("table#answer a[href='/agency/jst']").count() == 1
    assert page.evaluate("window.here")
    assert "Answer: " in page.locator("#stikg-said").inner_text()
    with page.expect_download() as download:
        page.locator(".take a", has_text="CSV").click()
    lines = Path(download.value.path()).read_text().splitlines()
    assert len(lines) == 1 + len(rows)


def test_the_head_of_a_column_sorts_in_place(open_page: Open) -> None:
    page = open_page(f"/sparql?query={quote('SELECT ?a { ?a a sti:FundingAgency }')}")
    page.evaluate("window.here = true")
    start(page)
    head = page.locator("th[data-column=a] a")
    head.click()
    page.locator("th[aria-sort=ascending]").wait_for()
    head = page.locator("th[data-column=a] a")
    head.click()
    page.locator("th[aria-sort=descending]").wait_for()
    first = page.locator("table#answer tbody td").first
    assert first.inner_text() == "agency:ukri"
    assert page.evaluate("window.here")


def test_yes_and_no(open_page: Open) -> None:
    page = open_page("/sparql")
    for query, answer in (
        ("ASK { agency:jst a sti:FundingAgency }", "Yes"),
        ("ASK { agency:jst a sti:Territory }", "No"),
    ):
        write(page, query)
        run(page)
        page.locator(".truth", has_text=answer).wait_for()
        assert page.locator(".take a").all_inner_texts() == ["JSON", "XML"]


def test_statements_come_as_turtle(open_page: Open) -> None:
    page = open_page("/sparql")
    write(page, "CONSTRUCT { ?f sti:label ?l } { ?f sti:administeredBy agency:jst ; sti:label ?l }")
    run(page)
    turtle = page.locator("pre.turtle")
    turtle.wait_for()
    assert 'fund:university-fund sti:label "University Fund"' in turtle.inner_text()
    assert turtle.locator("a", has_text="fund:university-fund").get_attribute("href") == (
        "/fund/university-fund"
    )
    assert turtle.locator(".sparql-string").inner_text() == '"University Fund"'
    assert page.locator(".size").inner_text() == "1 statement."


def test_a_mistake_is_marked_where_it_is(open_wrong: Page) -> None:
    page = open_wrong
    write(page, "SELECT ?s {\n  ?s a sti:Programme .\n  ?s sti:label , ?l .\n}")
    run(page)
    problem = page.locator(".summary-of-errors a")
    problem.wait_for()
    assert problem.inner_text().startswith("Line 3, column 16: ")
    marker = page.locator(".cm-gutter-lint .cm-lint-marker-error")
    assert marker.count() == 1
    assert page.locator(".cm-lintRange-error").inner_text() == ","
    line = page.locator(".cm-line", has_text="?s sti:label ,")
    box, beside = line.bounding_box(), marker.bounding_box()
    assert box is not None and beside is not None
    assert box["y"] <= beside["y"] + beside["height"] / 2 <= box["y"] + box["height"]
    assert page.locator(".cm-content").get_attribute("aria-invalid") == "true"
    write(page, "ASK { }")
    run(page)
    page.locator(".truth").wait_for()
    assert page.locator(".summary-of-errors, .cm-lint-marker-error").count() == 0


def test_a_page_that_opens_with_a_mistake_shows_it(open_wrong: Page) -> None:
    page = open_wrong
    page.goto(f"/sparql?query={quote('SELECT ?s {')}")
    page.locator(".cm-lint-marker-error").wait_for()
    page.locator(".summary-of-errors a").click()
    assert page.evaluate("document.querySelector('.code').shadowRoot.activeElement !== null")


def test_a_query_is_stopped(open_page: Open, server: str) -> None:
    def replaced() -> int:
        with urllib.request.urlopen(f"{server}/health") as answer:
            return int(json.load(answer)["replaced"])

    page = open_page("/sparql")
    before = replaced()
    write(page, KILLER)
    run(page)
    stop = page.get_by_role("button", name="Stop")
    stop.wait_for()
    page.locator(".running", has_text=re.compile(r"Running, \d")).wait_for()
    stop.click()
    page.locator(".running", has_text="Stopped after").wait_for()
    assert not stop.is_visible()
    for _ in range(100):
        if replaced() != before:
            break
        page.wait_for_timeout(100)
    assert replaced() == before + 1  # the server has ended the work, too
    write(page, "ASK { }")
    run(page)
    page.locator(".truth", has_text="Yes").wait_for()


def test_an_example_asks_before_it_replaces(open_page: Open) -> None:
    page = open_page("/sparql")
    start(page)
    example = page.locator("a[data-example='programmes']")
    example.click()
    holds(page, r"\?programme\b")
    page.keyboard.press("Control+End")
    page.keyboard.type("# mine")
    page.locator("a[data-example='budgets']").click()
    page.get_by_role("button", name="Keep my text").click()
    assert text_of(page).endswith("# mine")
    page.locator("a[data-example='budgets']").click()
    page.get_by_role("button", name="Replace it").click()
    holds(page, r"\?amount\b")
    page.keyboard.press("Control+z")
    assert text_of(page).endswith("# mine")


def test_an_example_is_coloured_and_answered(open_page: Open) -> None:
    page = open_page("/sparql")
    start(page)
    for name, column in (
        ("country-technology-links", "viaGroup"),
        ("programmes", "programmeLabel"),
    ):
        page.locator(f"a[data-example='{name}']").click()
        holds(page, rf"\?{column}\b")
        page.locator(".cm-line span").nth(20).wait_for()
        run(page)
        page.locator(f"th[data-column='{column}']").wait_for()
        assert page.locator("table#answer tbody tr").count() > 10


def test_back_and_forward(open_page: Open) -> None:
    page = open_page("/sparql")
    write(page, "ASK { agency:jst a sti:FundingAgency }")
    run(page)
    page.locator(".truth", has_text="Yes").wait_for()
    write(page, ADMINISTERED)
    run(page)
    page.locator("table#answer").wait_for()
    page.go_back()
    page.locator(".truth", has_text="Yes").wait_for()
    assert text_of(page) == "ASK { agency:jst a sti:FundingAgency }"
    page.go_forward()
    page.locator("table#answer").wait_for()
    assert text_of(page) == ADMINISTERED
    page.go_back()
    page.go_back()
    page.locator("table#answer, .truth").wait_for(state="detached")
    assert "sti:FundingAgency ;" in text_of(page)


def test_recent_queries_are_kept_here_and_cleared(open_page: Open) -> None:
    page = open_page("/sparql")
    write(page, ADMINISTERED)
    run(page)
    page.locator("table#answer").wait_for()
    page.goto("/sparql")
    start(page)
    page.locator("summary", has_text="Your recent queries (1)").click()
    page.locator(".recent button").click()
    assert text_of(page) == ADMINISTERED
    page.get_by_role("button", name="Clear the list").click()
    assert page.evaluate("localStorage.getItem('stikg-queries')") == "[]"
    assert not page.locator("summary", has_text="Your recent queries").is_visible()


def test_a_long_query_goes_by_post(open_page: Open) -> None:
    page = open_page("/sparql")
    long = f"# {'x' * 40_000}\nSELECT ?a {{ ?a a sti:FundingAgency }}"
    write(page, long)
    page.get_by_role("button", name="Copy link").click()
    page.locator("form.editor .hint", has_text="too long for a link").wait_for()
    page.get_by_role("button", name="Run").click()
    page.locator("table#answer").wait_for()
    assert urlsplit(page.url).query == ""
    page.locator("th[data-column=a] a").click()
    page.locator("th[aria-sort=ascending]").wait_for()
    with page.expect_download() as download:
        page.locator(".take button", has_text="CSV").click()
    assert len(Path(download.value.path()).read_text().splitlines()) == 1 + len(AGENCIES)


def test_a_link_is_copied(open_page: Open) -> None:
    page = open_page("/sparql")
    write(page, ADMINISTERED)
    page.get_by_role("button", name="Copy link").click()
    page.locator("form.editor .hint", has_text="The link is copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert parse_qs(urlsplit(copied).query) == {"query": [ADMINISTERED]}


def test_the_keyboard_is_enough(open_page: Open) -> None:
    page = open_page("/sparql")
    page.locator(".cm-content").wait_for()
    page.locator("main a").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("ASK { ?s a sti:Pro")
    options(page)
    page.keyboard.press("Escape")
    assert page.locator("li[role=option]").count() == 0
    page.keyboard.type("gramme ")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Run"
    page.keyboard.press("Enter")
    page.locator(".truth", has_text="Yes").wait_for()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.className") == "code"
    page.keyboard.press("Control+f")
    page.keyboard.type("Programme")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+]")
    assert text_of(page).startswith("  ASK")


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark"), (390, "light")])
def test_the_editor_shuts_nobody_out(open_page: Open, root: Path, width: int, theme: str) -> None:
    page = open_page("/sparql", width=width, theme=theme)
    start(page)
    run(page)
    page.locator("table#answer").wait_for()
    page.keyboard.press("Control+f")
    page.locator(".cm-search").wait_for()
    assert serious_violations(page, root) == []
    page.keyboard.press("Escape")
    write(page, 'SELECT (COUNT(*) AS ?n) { # all\n  ?s a "x"@en, 2.5, <urn:a>, sti:Goal ; ')
    page.keyboard.type("label")
    options(page)
    page.locator(".cm-completionInfo").wait_for()
    assert serious_violations(page, root) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    field = page.get_by_role("textbox", name="Query", exact=True)
    assert "Tab leaves the field" in field.evaluate(
        "e => e.getRootNode().getElementById(e.getAttribute('aria-describedby')).textContent"
    )


def test_the_policy_of_the_server_is_kept(open_page: Open) -> None:
    page = open_page("/sparql")
    page.evaluate(
        "window.broken = [];"
        "addEventListener('securitypolicyviolation', e => broken.push(e.violatedDirective))"
    )
    write(page, "SELECT ?a {\n\n}")
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT * { ?s ?p ?o . }")
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    page.keyboard.type("ASK { ?s a sti:Pr")
    options(page)
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelectorAll('style').length") == 0
    assert page.evaluate("document.querySelector('.code').shadowRoot.adoptedStyleSheets.length") > 0
    assert page.evaluate("getComputedStyle(document.querySelector('.code').shadowRoot"
                         ".querySelector('.cm-scroller')).display") == "flex"  # fmt: skip
    assert page.evaluate("window.broken") == []


def test_without_the_script_the_form_works(open_page: Open) -> None:
    page = open_page("/sparql", script=False)
    page.locator("#query").fill(ADMINISTERED)
    page.get_by_role("button", name="Run").click()
    assert page.locator("table#answer tbody td").all_inner_texts() == ["University Fund"]
    assert page.locator("#query").input_value() == ADMINISTERED
