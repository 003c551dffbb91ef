"""Pages for people: whole without JavaScript, in order, escaped, and closed to the outside."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import stikg
from stikg.building import build
from stikg.dataset import Dataset
from stikg.server.app import create_app
from stikg.server.settings import Settings
from tests.fixtures.folders import CLAIMS, THINGS, copy_tiny

MARKUP = '"><img src=x onerror=alert(1)>'
CLASSES = """
sti:Area a owl:Class ; rdfs:label "area"@en .
sti:Agent a owl:Class ; rdfs:label "agent"@en .
sti:Initiative a owl:Class ; rdfs:label "initiative"@en .
sti:Territory rdfs:subClassOf sti:Area .
sti:Organisation rdfs:subClassOf sti:Agent .
sti:Programme rdfs:subClassOf sti:Initiative .
"""
"""What the real questions ask for and the tiny ontology lacks."""

PATHS = (
    "/",
    "/search",
    "/search?q=acme",
    "/search?q=nobody",
    "/agency/acme",
    "/agency/evil",
    "/programme/rockets",
    "/territory/jp",
    "/ontology/FundingAgency",
    "/document/tiny-2020",
    "/document/tiny-2020/1-p1",
    "/document/tiny-2020/1-p2",
    "/matrix",
    "/matrix?territory=territory:jp&technology=technology:lasers&sort=name",
    "/networks",
    "/networks/agency-programme",
    "/networks/agency-programme?role=sti:administers&sort=-degree",
    "/networks/country-technology?territory=Japan",
    "/queries",
    "/queries?tag=programme&q=who",
    "/queries/programmes",
    "/queries/programmes?organisation=ACME&sort=-programme&page=9",
    "/queries/evidence",
    "/queries/evidence?resource=evil",
    "/queries/two-starts",
    "/sparql",
    "/sparql?query=SELECT+%3Fs+%7B+%3Fs+a+sti%3AProgramme+%7D",
    "/sparql?query=ASK+%7B+%3Fs+a+sti%3AProgramme+%7D",
    "/sparql?query=DESCRIBE+agency%3Aevil",
    "/contradictions",
    "/contradictions?kind=dates-differ&severity=warning",
    "/documents",
    "/documents/tiny-2020",
    "/downloads",
    "/help",
)
WRONG = {
    "/nothing": 404,
    "/agency/nobody": 404,
    "/documents/none": 404,
    "/networks/none": 404,
    "/queries/programmes?organisation=<b>nobody</b>": 400,
    f"/networks/agency-programme?territory={MARKUP}": 400,
    f"/sparql?query=SELECT {MARKUP}": 400,
}


class Page(HTMLParser):
    """The elements of a page, and the text of each heading."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, *tags: str) -> list[dict[str, str]]:
        """Return the attributes of the elements with one of some tags."""
        return [attributes for tag, attributes in self.elements if tag in tags]

    @property
    def headings(self) -> list[int]:
        """The levels of the headings, in order."""
        return [int(tag[1]) for tag, _ in self.elements if re.fullmatch("h[1-6]", tag)]


@pytest.fixture(scope="module")
def browser(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a browser's view of the tiny graph, with all questions and a hostile agency."""
    folder = copy_tiny(tmp_path_factory.mktemp("pages") / "tiny")
    for kind in ("questions", "networks"):
        shutil.copytree(root / "queries" / kind, folder.root / "queries" / kind, dirs_exist_ok=True)
    quoted = MARKUP.replace('"', '\\"')
    folder.append(
        THINGS,
        f'\nagency:evil a sti:FundingAgency ;\n    skos:prefLabel "{quoted}"@en ;\n'
        f'    sti:acronym "evil" ;\n    skos:exactMatch <https://example.org/evil> .\n',
    )
    folder.append("ontology/stikg.ttl", CLASSES)
    folder.append(CLAIMS, "\ntiny:1-p1 { agency:evil sti:administers programme:rockets . }\n")
    folder.append(CLAIMS, "\ntiny:1-p2 { programme:rockets sti:startYear 2001 . }\n")
    build(folder.layout)
    client = TestClient(create_app(stikg.open(folder.root), Settings(deadline=5.0)))
    client.headers["Accept"] = "text/html,application/xhtml+xml,*/*;q=0.8"
    with client:
        yield client


@pytest.mark.parametrize("path", PATHS)
def test_each_page_is_whole(browser: TestClient, path: str) -> None:
    response = browser.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    check_order(Page(response.text))
    check_closed(Page(response.text), response.text)
    assert MARKUP not in response.text


@pytest.mark.parametrize(("path", "status"), WRONG.items())
def test_what_goes_wrong_is_a_page_too(browser: TestClient, path: str, status: int) -> None:
    response = browser.get(path)
    assert response.status_code == status
    check_order(Page(response.text))
    check_closed(Page(response.text), response.text)
    assert MARKUP not in response.text


def check_order(page: Page) -> None:
    """Check headings, landmarks, labels and ids."""
    assert page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:]))  # noqa: B905
    assert len(page.all("main")) == 1
    assert page.all("html") == [{"lang": "en"}]
    assert len(page.all("header")) >= 1 <= len(page.all("footer"))
    assert all("aria-label" in nav for nav in page.all("nav"))
    ids = Counter(attributes["id"] for _, attributes in page.elements if "id" in attributes)
    assert [name for name, count in ids.items() if count > 1] == []
    labelled = {label.get("for") for label in page.all("label")}
    for control in page.all("input", "select", "textarea"):
        inside = control.get("type") == "radio"
        assert inside or control.get("id") in labelled or control.get("aria-label"), control
    for attributes in (attributes for _, attributes in page.elements):
        for name in ("aria-labelledby", "aria-describedby"):
            assert all(target in ids for target in attributes.get(name, "").split()), attributes


def check_closed(page: Page, text: str) -> None:
    """Check that nothing is fetched from elsewhere, and nothing stands where no policy reaches."""
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("src", "action", "data-network"):
            assert attributes.get(name, "/").startswith(("/", "?"))
        href = attributes.get("href", "/")
        if tag == "a" and not href.startswith(("/", "?", "#")):
            assert href.startswith(("http://", "https://"))
            assert attributes["rel"] == "external noopener noreferrer"
        elif tag != "a":
            assert href.startswith("/") and not href.startswith("//")
    assert "<style" not in text
    assert all(form["method"] == "get" for form in page.all("form"))
    assert all("src" in script for script in page.all("script"))


def test_the_style_fetches_nothing(browser: TestClient) -> None:
    path = next(link["href"] for link in Page(browser.get("/").text).all("link"))
    style = browser.get(path)
    assert style.status_code == 200
    assert "url(" not in style.text and "@import" not in style.text


def test_the_policy_lets_nothing_else_in(browser: TestClient) -> None:
    policy = browser.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy


def test_every_link_of_ours_leads_somewhere(browser: TestClient) -> None:
    """Nothing that the first pages link to is missing."""
    seen = set()
    for path in ("/", "/agency/acme", "/matrix", "/networks/agency-programme", "/documents"):
        for link in Page(browser.get(path).text).all("a"):
            href = link["href"].partition("#")[0]
            if href.startswith("/") and "download" not in link:
                seen.add(href)
    assert len(seen) > 25
    slow = re.compile(r"\.(ttl|jsonld|nt|rdf)$")
    missing = [href for href in sorted(seen) if not slow.search(href)
               and browser.get(href).status_code != 200]  # fmt: skip
    assert missing == []


def test_a_fact_has_its_evidence_one_click_away(browser: TestClient) -> None:
    text = browser.get("/agency/acme").text
    fact = text[text.index("Rocket Programme") :]
    evidence = fact[fact.index("<details") : fact.index("</details>")]
    assert "2 passages" in evidence
    assert 'href="/document/tiny-2020/1-p1"' in evidence
    assert "1 Rockets and Lasers" in evidence


def test_a_reading_says_why(browser: TestClient) -> None:
    text = browser.get("/agency/acme").text
    assert "Interpreted" in text and "The seat is implied." in text


def test_a_value_knows_who_says_it(browser: TestClient) -> None:
    """A statement about another thing is shown under the inverse property, with its passage."""
    text = browser.get("/programme/rockets").text
    group = text[text.index("administered by") :]
    fact = group[group.index("Acme Agency") :]
    assert 'href="/document/tiny-2020/1-p1"' in fact[: fact.index("</details>")]


def test_a_passage_shows_what_it_states_and_its_neighbours(browser: TestClient) -> None:
    text = browser.get("/document/tiny-2020/1-p1").text
    assert "collaborates with" in text and "1999" in text
    assert 'rel="prev" href="/document/tiny-2020/1-h"' in text
    assert 'rel="next" href="/document/tiny-2020/1-p2"' in text
    assert "are not in the graph" in text


def test_the_matrix_has_a_mark_and_its_evidence(browser: TestClient) -> None:
    text = browser.get("/matrix").text
    assert 'aria-label="Japan, Lasers: shortlisted"' in text
    assert 'id="evidence"' not in text
    asked = browser.get("/matrix?territory=territory:jp&technology=technology:lasers").text
    panel = asked[asked.index('id="evidence"') : asked.index("</section>")]
    assert 'href="/document/tiny-2020/1-p2"' in panel


def test_the_picture_and_the_tables_of_a_network_agree(browser: TestClient) -> None:
    page = Page(browser.get("/networks/agency-programme").text)
    drawn = {attributes["data-node"] for attributes in page.all("a") if "data-node" in attributes}
    listed = browser.get("/networks/agency-programme.json").json()
    assert drawn == {node["id"] for node in listed["nodes"]}
    assert len(drawn) == 3


@pytest.mark.parametrize(
    ("suffix", "beginning"),
    [
        ("csv", b"source,"),
        ("gexf", b"<?xml"),
        ("graphml", b"<?xml"),
        ("net", b"*Vertices"),
        ("json", b"{"),
        ("svg", b"<?xml"),
        ("png", b"\x89PNG"),
    ],
)
def test_a_network_can_be_taken_away(browser: TestClient, suffix: str, beginning: bytes) -> None:
    response = browser.get(f"/networks/agency-programme.{suffix}")
    assert response.status_code == 200
    assert response.content.startswith(beginning)


def test_an_empty_network_is_not_drawn(browser: TestClient) -> None:
    assert browser.get("/networks/country-technology.svg?territory=DE").status_code == 400
    assert "There are no ties" in browser.get("/networks/country-technology?territory=DE").text


def test_a_form_is_filled_in_and_answered(browser: TestClient) -> None:
    page = Page(browser.get("/queries/programmes").text)
    assert {"name": "organisation"}.items() <= next(
        field for field in page.all("input", "select") if field.get("id") == "field-organisation"
    ).items()
    text = browser.get("/queries/programmes?organisation=ACME&kind=").text
    assert "Rocket Programme" in text and "Bolt Agency</a></td>" not in text
    assert 'href="/queries/programmes.csv?organisation=agency%3Aacme"' in text


def test_a_wrong_field_is_named_with_what_may_be_meant(browser: TestClient) -> None:
    response = browser.get("/queries/evidence?resource=Acme Agensy")
    assert response.status_code == 400
    assert 'href="#field-resource"' in response.text
    assert 'aria-invalid="true"' in response.text
    assert 'href="?resource=Acme+Agency"' in response.text


def test_what_must_be_filled_in_is_asked_for_first(browser: TestClient) -> None:
    text = browser.get("/queries/evidence").text
    assert 'id="answer-title"' not in text and "or try" in text


def test_a_column_sorts_both_ways(browser: TestClient) -> None:
    up, down = (
        re.findall(
            r'href="/agency/(\w+)"', browser.get(f"/queries/organisations?sort={order}").text
        )
        for order in ("organisation", "-organisation")
    )
    assert up == down[::-1] and len(set(up)) == 3


def test_contradictions_show_both_passages(browser: TestClient) -> None:
    text = browser.get("/contradictions").text
    assert "1999" in text and "2001" in text
    assert text.index('href="/document/tiny-2020/1-p1"') < text.index(
        'href="/document/tiny-2020/1-p2"'
    )
    assert "None fits" in browser.get("/contradictions?severity=error").text


def test_a_mistake_in_sparql_has_its_place(browser: TestClient) -> None:
    response = browser.get("/sparql", params={"query": "SELECT ?s {\n ?s a sti:Programme \n"})
    assert response.status_code == 400
    assert re.search(r"Line \d+, column \d+", response.text)


def test_a_graph_without_questions_has_its_pages(client: TestClient) -> None:
    """The tiny graph alone has no network, no matrix and no list of contradictions."""
    for path in ("/", "/matrix", "/networks", "/contradictions", "/documents", "/queries"):
        response = client.get(path, headers={"Accept": "text/html"})
        assert response.status_code == 200, path


def test_a_proxy_may_put_us_below_a_path(dataset: Dataset) -> None:
    settings = Settings(base="https://host.example/graph/")
    with TestClient(create_app(dataset, settings)) as client:
        text = client.get("/agency/acme", headers={"Accept": "text/html"}).text
    own = [link["href"] for link in Page(text).all("a") if link["href"].startswith("/")]
    assert len(own) > 10
    assert all(href.startswith("/graph/") for href in own)
