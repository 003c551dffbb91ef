"""The canned queries over HTTP: what there is, answers in every form, page by page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from urllib.parse import quote

import openpyxl
import pytest
import rdflib
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from stikg.dataset import Dataset
from stikg.server.app import create_app
from stikg.server.representations import ANSWERS, RDF
from stikg.server.resultset import RS
from stikg.server.service import Service
from stikg.server.settings import Settings
from stikg.terms import BASE

ROCKETS, ACME = f"{BASE}programme/rockets", f"{BASE}agency/acme"
PASSAGES = [f"{BASE}document/tiny-2020/1-p1", f"{BASE}document/tiny-2020/1-p2"]
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def test_the_catalogue_tells_what_can_be_asked(client: TestClient) -> None:
    listed = {query["name"]: query for query in client.get("/queries").json()["queries"]}
    assert list(listed) == ["evidence", "programmes", "programme-without-start", "two-starts"]
    since = listed["programmes"]["parameters"][1]
    assert (since["name"], since["type"], since["minimum"]) == ("since", "year", "1900")
    assert listed["programmes"]["formats"]["csv"] == "/queries/programmes.csv"
    assert listed["programmes"]["iri"] == f"{BASE}query/programmes"
    assert "text" not in listed["programmes"]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("kind=question", ["evidence", "programmes"]),
        ("kind=check&kind=question&kind=", None),
        ("kind=network", []),
    ],
)
def test_the_catalogue_of_some_kinds(
    client: TestClient, asked: str, names: list[str] | None
) -> None:
    found = [query["name"] for query in client.get(f"/queries?{asked}").json()["queries"]]
    assert len(found) == 4 if names is None else found == names


def test_an_answer_has_labels_beside_iris(client: TestClient) -> None:
    answer = client.get("/queries/programmes", params={"organisation": "Acme Agency"})
    assert answer.headers["content-type"] == "application/json"
    content = answer.json()
    row = content["rows"][0]
    assert (row["programme"], row["programmeLabel"]) == (ROCKETS, "Rocket Programme")
    assert (row["organisation"], row["organisationLabel"]) == (ACME, "Acme Agency")
    assert (row["start"], row["origin"]) == (1999, "stated")
    assert [row["passage"] for row in content["rows"]] == PASSAGES
    assert content["types"]["programme"] == "resource"
    assert (content["query"], content["first"], content["total"]) == ("programmes", 0, 2)
    assert content["next"] is None


@pytest.mark.parametrize("name", ["ACME", "acme", "agency:acme", ACME, f"<{ACME}>"])
def test_a_resource_by_any_of_its_names(client: TestClient, name: str) -> None:
    answer = client.get("/queries/programmes.json", params={"organisation": name, "since": ""})
    assert answer.json()["total"] == 2


def test_csv_and_tsv_hold_every_row(client: TestClient) -> None:
    text = client.get("/queries/programmes.csv")
    assert text.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(text.text)))
    assert [row["passage"] for row in rows] == PASSAGES
    assert client.get("/queries/programmes.tsv").text.count("\n") == 3


def test_markdown_and_spreadsheet(client: TestClient) -> None:
    assert "| Rocket Programme |" in client.get("/queries/programmes.md").text
    book = openpyxl.load_workbook(io.BytesIO(client.get("/queries/programmes.xlsx").content))
    assert book.active is not None
    assert book.active.max_row == 3


@pytest.mark.parametrize(("suffix", "media_type"), RDF.items())
def test_an_answer_as_rdf(client: TestClient, suffix: str, media_type: str) -> None:
    answer = client.get(f"/queries/programmes{suffix}", params={"organisation": "ACME"})
    assert answer.headers["content-type"].partition(";")[0] == media_type
    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=answer.text, format=media_type)
    rs = rdflib.Namespace(RS)
    assert len(set(graph.subjects(rdflib.RDF.type, rs.ResultSolution))) == 2
    values = set(graph.objects(None, rs.value))
    assert {rdflib.URIRef(ROCKETS), rdflib.Literal("Rocket Programme")} <= values


@pytest.mark.parametrize(("suffix", "media_type"), ANSWERS.items())
def test_accept_chooses_as_the_suffix_does(
    client: TestClient, suffix: str, media_type: str
) -> None:
    by_accept = client.get("/queries/programmes", headers={"Accept": media_type})
    by_suffix = client.get(f"/queries/programmes{suffix}", headers={"Accept": "image/png"})
    assert by_accept.headers["content-type"] == by_suffix.headers["content-type"]
    assert by_accept.headers["vary"].startswith("Accept")
    assert f'</queries/programmes{suffix}>; rel="alternate"' in by_accept.headers["link"]
    if suffix != ".xlsx":  # which says when it was made
        assert by_accept.content == by_suffix.content


def test_nothing_that_is_accepted(client: TestClient) -> None:
    answer = client.get("/queries/programmes", headers={"Accept": "image/png"})
    assert (answer.status_code, answer.json()["field"]) == (406, "Accept")


def pages_of(client: TestClient, link: str | None) -> Iterator[dict[str, object]]:
    """Follow the links to the next page."""
    while link is not None:
        answer = client.get(link)
        assert answer.status_code == 200, answer.text
        yield answer.json()
        link = answer.json()["next"]
        assert (f'<{link}>; rel="next"' in answer.headers["link"]) == (link is not None)


@pytest.mark.parametrize(("limit", "sizes"), [(1, [1, 1]), (2, [2]), (3, [2])])
def test_pages_are_right_up_to_the_last(client: TestClient, limit: int, sizes: list[int]) -> None:
    link = f"/queries/programmes?organisation={quote('Acme Agency')}&limit={limit}"
    found = list(pages_of(client, link))
    rows = [page["rows"] for page in found]
    assert [len(part) for part in rows if isinstance(part, list)] == sizes
    together = [row["passage"] for part in rows if isinstance(part, list) for row in part]
    assert together == PASSAGES
    assert {page["total"] for page in found} == {2}
    assert [page["first"] for page in found] == [0, 1][: len(sizes)]


def test_other_formats_have_pages_too(client: TestClient) -> None:
    first = client.get("/queries/programmes.csv?limit=1")
    assert first.text.count("\n") == 2
    following = first.links["next"]["url"]
    assert following.startswith("/queries/programmes.csv?")
    assert "next" not in client.get(following).links


def test_a_mark_leads_nowhere_else(client: TestClient) -> None:
    mark = client.get("/queries/programmes?limit=1").links["next"]["url"].partition("next=")[2]
    for asked in (
        f"/queries/programmes?since=1990&limit=1&next={mark}",
        f"/queries/two-starts?next={mark}",
        "/queries/programmes?next=AAAA",
        "/queries/programmes?next=%00",
        f"/queries/programmes?next={mark}&next={mark}",
    ):
        answer = client.get(asked)
        assert (answer.status_code, answer.json()["field"]) == (400, "next"), asked


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("organisation=Acmee", "organisation"),
        ("organisation=Japan", "organisation"),
        ("organization=ACME", "organization"),
        ("organisation=ACME&organisation=ACME", "organisation"),
        ("since=soon", "since"),
        ("since=1850", "since"),
        ("since=1990&since=1991", "since"),
        (f"organisation={'a' * 2001}", "organisation"),
        ("limit=0", "limit"),
        ("limit=10001", "limit"),
        ("limit=ten", "limit"),
        ("limit=%D9%A3", "limit"),
    ],
)
def test_a_wrong_field_is_named(client: TestClient, asked: str, field: str) -> None:
    answer = client.get(f"/queries/programmes?{asked}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["field"] == field


def test_a_missing_field_is_named(client: TestClient) -> None:
    answer = client.get("/queries/evidence?resource=").json()
    assert (answer["status"], answer["field"]) == (400, "resource")
    assert "resource=Japan" in answer["remedy"]


@pytest.mark.parametrize(
    "value",
    [
        '" } SELECT * { ?s ?p ?o } #', "\\u0022 }", "<urn:x> } UNION { ?a ?b ?c", "' OR 1=1",
        f"<{ACME}> . ?s ?p ?o", f"{ACME}> }} #", "?organisation", "$since", "{{since}}",
    ],
)  # fmt: skip
def test_a_value_never_becomes_a_part_of_the_query(client: TestClient, value: str) -> None:
    answer = client.get("/queries/programmes", params={"organisation": value})
    assert (answer.status_code, answer.json()["field"]) == (400, "organisation")


@pytest.mark.parametrize("name", ["nosuch", "inverses", "programmes.pdf", ".csv", "programmes."])
def test_what_is_no_query(client: TestClient, name: str) -> None:
    answer = client.get(f"/queries/{name}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_known_answer_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/queries/programmes").headers["etag"]
    again = client.get("/queries/programmes", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head("/queries/programmes").headers["etag"] == tag


def test_browsers_get_the_page_that_is_registered(dataset: Dataset) -> None:
    app = create_app(dataset, Settings(workers=1))

    async def page(request: Request) -> Response:
        query = getattr(request.state, "query", None)
        return PlainTextResponse(f"page of {query.name if query else 'all'}")

    app.state.service.pages |= {"queries": page, "query": page}
    with TestClient(app) as client:
        assert client.get("/queries", headers=BROWSER).text == "page of all"
        assert client.get("/queries/programmes", headers=BROWSER).text == "page of programmes"
        assert client.get("/queries/programmes.html").text == "page of programmes"
        assert client.get("/queries/nosuch", headers=BROWSER).status_code == 404
        assert client.get("/queries/programmes").headers["content-type"] == "application/json"


def test_links_begin_with_the_base_behind_a_proxy(dataset: Dataset) -> None:
    settings = Settings(workers=1, base="https://example.org/policy/")
    with TestClient(create_app(dataset, settings)) as client:
        link = client.get("/queries/programmes?limit=1").json()["next"]
    assert link.startswith("https://example.org/policy/queries/programmes?limit=1&next=")


def test_an_answer_is_written_once(dataset: Dataset) -> None:
    app = create_app(dataset, Settings(workers=1))
    with TestClient(app) as client:
        service: Service = app.state.service
        first = client.get("/queries/programmes?organisation=ACME", headers={"Accept": "text/csv"})
        path = ("/queries/programmes", b"organisation=ACME", ".csv")
        written = service.written.find(path)
        assert written is not None and written.body == first.content
        again = client.get("/queries/programmes?organisation=ACME", headers={"Accept": "text/csv"})
        assert (again.content, again.headers) == (first.content, first.headers)
        other = client.get("/queries/programmes?organisation=bolt", headers={"Accept": "text/csv"})
        assert other.content != first.content
        assert client.get("/queries/programmes?organisation=ACME").json()["total"] >= 1
