"""What the SPARQL editor rests on: its page by GET and POST, its vocabulary, answers as files."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
AGENCIES = "SELECT ?a { ?a a sti:FundingAgency } ORDER BY ?a"
PATTERN = "{ ?a sti:administers ?p ; sti:acronym ?x }"
DESCRIBED = f"CONSTRUCT {PATTERN} {PATTERN}"
ACME = "https://w3id.org/stikg/agency/acme"
BOLT = "https://w3id.org/stikg/agency/bolt"


def test_the_vocabulary_tells_words_and_their_use(client: TestClient) -> None:
    content = client.get("/sparql/vocabulary.json").json()
    assert content["prefixes"]["agency"] == "https://w3id.org/stikg/agency/"
    classes = {word["curie"]: word for word in content["classes"]}
    properties = {word["curie"]: word for word in content["properties"]}
    assert classes["sti:FundingAgency"] == {
        "curie": "sti:FundingAgency", "label": "funding agency", "definition": "", "uses": 2,
    }  # fmt: skip
    assert classes["sti:Programme"]["uses"] == 1
    assert properties["sti:administers"]["uses"] == 1  # two passages say the same
    assert properties["skos:prefLabel"]["label"] == "pref label"
    for words in (content["classes"], content["properties"]):
        uses = [word["uses"] for word in words]
        assert uses == sorted(uses, reverse=True)
    graphs = [graph["curie"] for graph in content["graphs"]]
    assert "<https://w3id.org/stikg/graph/document/tiny-2020/passages>" in graphs
    assert not [name for name in graphs if "1-p1" in name]


def test_the_vocabulary_is_sent_once(client: TestClient) -> None:
    first = client.get("/sparql/vocabulary.json")
    again = client.get("/sparql/vocabulary.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_an_answer_is_a_file(client: TestClient) -> None:
    answer = client.get("/sparql/answer.csv", params={"query": AGENCIES}, headers=HTML)
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="answer.csv"'
    assert answer.text.split() == ["a", ACME, BOLT]
    posted = client.post("/sparql/answer.csv", data={"query": AGENCIES})
    assert posted.text == answer.text
    turtle = client.get("/sparql/answer.nt", params={"query": DESCRIBED})
    assert f'<{ACME}> <https://w3id.org/stikg/ontology/acronym> "ACME" .' in turtle.text


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/sparql/answer.csv", "ASK {}", 406),
        ("/sparql/answer.ttl", AGENCIES, 406),
        ("/sparql/answer.xlsx", AGENCIES, 404),
        ("/sparql/answer.csv", "SELECT", 400),
        ("/sparql/answer.csv", None, 400),
    ],
)
def test_a_file_that_there_is_not(
    client: TestClient, path: str, query: str | None, status: int
) -> None:
    response = client.get(path, params={"query": query} if query else {})
    assert response.status_code == status
    assert response.json()["status"] == status


def test_a_long_query_comes_by_post(client: TestClient) -> None:
    text = f"# {'long ' * 8000}\n{AGENCIES}"
    page = client.post("/sparql", data={"query": text}, headers=HTML)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert 'href="/agency/acme"' in page.text
    assert 'formaction="/sparql/answer.csv"' in page.text
    program = client.post("/sparql", data={"query": text})
    assert program.headers["content-type"] == "application/sparql-results+json"


def test_statements_are_turtle_with_links(client: TestClient) -> None:
    page = client.get("/sparql", params={"query": DESCRIBED}, headers=HTML).text
    assert '<p class="size">2 statements.</p>' in page
    assert '<a class="sparql-name" href="/agency/acme">agency:acme</a>' in page
    assert '<span class="sparql-string">&#34;ACME&#34;</span>' in page
    assert '<span class="sparql-iri">&lt;https://w3id.org/stikg/agency/&gt;</span>' in page


def test_an_empty_answer_is_no_mistake(client: TestClient) -> None:
    query = "CONSTRUCT { ?a a ?b } { ?a sti:nothing ?b }"
    page = client.get("/sparql", params={"query": query}, headers=HTML)
    assert page.status_code == 200
    assert "0 statements." in page.text
    assert "Nothing was found." in page.text
