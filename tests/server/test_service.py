"""What routes have at hand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from stikg.dataset import Dataset
from stikg.errors import (
    AmbiguousName,
    Busy,
    DatasetError,
    InputError,
    LimitExceeded,
    ParameterError,
    StikgError,
    UnknownName,
    UnknownQuery,
)
from stikg.library import Library
from stikg.server.app import create_app
from stikg.server.problems import describe
from stikg.server.service import Service
from stikg.server.settings import Settings
from stikg.store import RemoteStore
from stikg.terms import IRI, Literal

_T = TypeVar("_T")
QUADS = [(IRI(f"a:{n}"), IRI("a:b"), Literal(str(n)), None) for n in range(30_000)]


def served(
    dataset: Dataset, work: Callable[[Service], Awaitable[_T]], settings: Settings | None = None
) -> _T:
    async def main() -> _T:
        service = Service(dataset, settings or Settings(workers=1))
        try:
            await service.start()
            return await work(service)
        finally:
            await service.stop()

    return asyncio.run(main())


def test_tables_graphs_and_questions_are_those_of_the_dataset(dataset: Dataset) -> None:
    query = dataset.queries.get("programmes")

    async def work(service: Service) -> None:
        text = "SELECT ?s ?l { ?s sti:label ?l } ORDER BY ?s ?l"
        assert await service.table(text) == dataset.sparql(text)
        assert await service.graph("DESCRIBE agency:acme") == dataset.sparql("DESCRIBE agency:acme")
        expected = dataset.query("programmes", organisation="ACME")
        found = await service.answer(query, {"organisation": "ACME"})
        assert found == expected
        assert found.types == expected.types != {}
        with pytest.raises(ParameterError):
            await service.answer(query, {"nosuch": 1})
        with pytest.raises(InputError, match="gives no solutions"):
            await service.table("ASK {}")
        with pytest.raises(InputError, match="gives no triples"):
            await service.graph("SELECT * {}")

    served(dataset, work)


def test_a_dataset_in_memory_is_served_too() -> None:
    async def work(service: Service) -> int:
        return len(await service.table("SELECT * { ?s ?p ?o }"))  # large enough for a thread

    assert served(Dataset.from_quads(QUADS, Library(())), work) == 30_000


def test_an_endpoint_far_away_is_not_served() -> None:
    with pytest.raises(InputError, match="far away"):
        create_app(Dataset(None, store=RemoteStore("http://localhost:9/")))


def test_versions_tell_datasets_apart() -> None:
    one, same, other = (
        Service(Dataset.from_quads(quads, Library(())), Settings()).version
        for quads in (QUADS[:2], QUADS[1::-1], QUADS[:3])
    )
    assert one == same != other


def test_what_is_known_is_made_once_and_forgotten_in_the_end(dataset: Dataset) -> None:
    made: list[str] = []

    async def main() -> None:
        service = Service(dataset, Settings())

        def make(name: str) -> Callable[[], Awaitable[str]]:
            async def run() -> str:
                await asyncio.sleep(0)
                made.append(name)
                return name

            return run

        twice = [service.once("a", make("a")) for _ in range(5)]
        assert await asyncio.gather(*twice) == ["a"] * 5
        for number in range(70):
            assert await service.once(str(number), make(str(number))) == str(number)
        await service.once("a", make("a"))

    asyncio.run(main())
    assert made.count("a") == 2
    assert len(made) == 72


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InputError("x"), 400), (ParameterError("x", parameter="since"), 400),
        (UnknownName("x", candidates=["y"]), 400), (AmbiguousName("x"), 400),
        (UnknownQuery("x"), 404), (LimitExceeded("x"), 503), (Busy("x", seconds=1), 503),
        (DatasetError("x"), 503), (HTTPException(404), 404), (ValueError("secret"), 500),
    ],
)  # fmt: skip
def test_every_error_has_a_status(error: Exception, status: int) -> None:
    problem = describe(error)
    assert problem["status"] == status
    assert "secret" not in str(problem)
    assert problem.get("field") == ("since" if isinstance(error, ParameterError) else None)
    assert problem.get("candidates") == (["y"] if isinstance(error, UnknownName) else None)
    if isinstance(error, StikgError):
        assert problem["type"] == f"https://w3id.org/stikg/errors#{error.anchor}"


async def fail(request: Request) -> Response:
    raise ValueError("secret")


def test_faults_of_ours_tell_nothing_and_are_logged(
    dataset: Dataset, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(dataset, Settings(workers=1))
    app.router.routes.append(Route("/fail", fail))
    with TestClient(app) as client:
        response = client.get("/fail")
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["x-frame-options"] == "DENY"
    assert "secret" not in response.text
    assert "secret" in caplog.text


def test_pages_stand_in_for_problems_and_the_endpoint_in_browsers(dataset: Dataset) -> None:
    async def problem(request: Request, content: dict[str, object]) -> Response:
        return PlainTextResponse(f"page: {content['title']}")

    async def editor(request: Request) -> Response:
        return PlainTextResponse("editor")

    app = create_app(dataset, Settings(workers=1))
    app.state.service.pages.update(problem=problem, editor=editor)
    browser = {"Accept": "text/html,application/xml;q=0.9,*/*;q=0.8"}
    with TestClient(app) as client:
        lost = client.get("/lost", headers=browser)
        assert (lost.status_code, lost.text) == (404, "page: Not Found")
        assert lost.headers["vary"] == "Accept"
        for query in ({}, {"query": "ASK {}"}):
            assert client.get("/sparql", params=query, headers=browser).text == "editor"
        assert client.get("/sparql").headers["content-type"].startswith("text/turtle")
        assert client.get("/lost").json()["status"] == 404
