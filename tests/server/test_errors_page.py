"""Where the types of problems lead."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
BASE = "https://w3id.org/stikg"


def test_the_list_has_the_headings_of_the_documentation(client: TestClient, root: Path) -> None:
    page = (root / "docs" / "errors.md").read_text(encoding="utf-8")
    sections = dict(
        zip(re.findall("^## (.+)$", page, re.M), re.split("^## .+$", page, flags=re.M)[1:],
            strict=True)
    )  # fmt: skip
    found = client.get("/errors", headers={"Accept": "application/json"}).json()["errors"]
    assert sorted(entry["anchor"] for entry in found) == sorted(sections)
    for entry in found:
        assert entry["type"] == f"{BASE}/errors#{entry['anchor']}"
        assert f"Exit code {entry['exitCode']}." in sections[entry["anchor"]]
        assert all(f"`{name}`" in sections[entry["anchor"]] for name in entry["names"])
        assert all(entry["meanings"])
    assert client.get("/errors.json").json()["errors"] == found


@pytest.mark.parametrize(
    ("path", "anchor"),
    [
        ("/sparql?query=ASK+%7B", "syntax-problem"),
        ("/queries/nosuch", "unknown-query"),
        ("/queries/programmes?since=soon", "parameter-error"),
        ("/search?q=a&q=b", "parameter-error"),
    ],
)
def test_the_type_of_a_problem_leads_to_its_heading(
    client: TestClient, path: str, anchor: str
) -> None:
    problem = client.get(path).json()
    assert problem["type"].startswith(BASE)
    place = urlsplit(problem["type"].removeprefix(BASE))
    assert place.fragment == anchor
    page = client.get(place.path, headers=BROWSER)
    assert page.headers["content-type"].startswith("text/html")
    section = page.text.partition(f'<section id="{anchor}"')[2].partition("</section>")[0]
    assert f"<dd>{problem['status']}</dd>" in section


def test_the_page_of_a_problem_leads_there(client: TestClient) -> None:
    assert 'href="/errors#unknown-query"' in client.get("/queries/nosuch", headers=BROWSER).text


def test_what_it_is_given_in(client: TestClient) -> None:
    assert client.get("/errors").headers["content-type"] == "application/json"
    assert client.get("/errors.html").headers["content-type"].startswith("text/html")
    assert client.get("/errors", headers={"Accept": "text/turtle"}).status_code == 406
    assert 'href="/errors"' in client.get("/help", headers=BROWSER).text
