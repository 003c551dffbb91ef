"""The description of the interface: complete, and true of what the server does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from starlette.testclient import TestClient

from stikg.library import Library, Parameter, Query
from stikg.server.openapi import describe
from stikg.server.schemas import value_schema
from tests.fixtures.folders import Folder
from tests.server.conftest import serving


def test_schemathesis_finds_nothing(compiled: Folder, root: Path, tmp_path: Path) -> None:
    """All its checks, on requests that fit the description and on those that do not.

    Its last phase guesses which answer leads to which request, and guesses wrong.
    """
    with serving(compiled) as (url, _):
        run = subprocess.run(
            [
                sys.executable, "-m", "schemathesis.cli", "run", f"{url}openapi.json",
                "--seed", "1", "--max-examples", "5", "--phases", "examples,coverage,fuzzing",
            ],
            cwd=tmp_path,  # where it leaves its notes
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)]),
                "SCHEMATHESIS_HOOKS": "tests.server.known_names",
            },
            capture_output=True,
            text=True,
        )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert "18 selected / 18 total" in run.stdout


def test_each_query_is_described_by_its_header(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    paths = [path for path in described["paths"] if path.startswith("/queries/")]
    assert sorted(paths) == [
        "/queries/evidence", "/queries/programme-without-start", "/queries/programmes",
        "/queries/two-starts",
    ]  # fmt: skip
    operation = described["paths"]["/queries/programmes"]["get"]
    organisation, since, limit = operation["parameters"]
    assert organisation["schema"]["format"] == "name-of:sti:Organisation"
    assert (organisation["example"], organisation["required"]) == ("ACME", False)
    assert since["schema"] == {"type": "integer", "minimum": 1900, "maximum": 9999}
    assert limit["name"] == "limit"
    evidence = described["paths"]["/queries/evidence"]["get"]["parameters"][0]
    assert evidence["required"]
    assert "allowEmptyValue" not in evidence


def test_what_every_server_has_is_described(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    fixed = {"/sparql", "/.well-known/void", "/errors", "/health", "/version", "/openapi.json",
             "/queries", "/search", "/downloads", "/context.jsonld"}  # fmt: skip
    assert fixed <= set(paths)
    assert all(client.get(path, params={"q": "a"} if path == "/search" else {}).status_code == 200
               for path in fixed)  # fmt: skip
    sparql = paths["/sparql"]
    assert set(sparql) == {"get", "post"}
    assert set(sparql["post"]["requestBody"]["content"]) == {
        "application/x-www-form-urlencoded", "application/sparql-query",
    }  # fmt: skip
    names = [parameter["name"] for parameter in sparql["get"]["parameters"]]
    assert names == ["query", "default-graph-uri", "named-graph-uri"]
    assert {"text/csv", "text/turtle"} <= set(sparql["get"]["responses"]["200"]["content"])


def test_types_of_parameters() -> None:
    found = {kind: value_schema(Parameter("p", kind)) for kind in ("integer", "date", "boolean")}
    assert found == {
        "integer": {"type": "integer"},
        "date": {"type": "string", "format": "date"},
        "boolean": {"type": "boolean"},
    }
    chosen = value_schema(Parameter("p", "choice", values=("a", "b")))
    assert chosen == {"type": "string", "enum": ["a", "b"]}
    assert value_schema(Parameter("p", "string", pattern="[a-z]+"))["pattern"] == "^(?:[a-z]+)$"


def test_a_parameter_with_several_values_and_one_called_limit() -> None:
    parameters = (
        Parameter("limit", "integer", optional=False),
        Parameter("tag", "string", multiple=True, example="a"),
    )
    query = Query("q", "question", "Q", "SELECT ?a { ?a ?b ?c }", parameters=parameters)
    paths = describe(Library([query]), "https://example.org/x/")["paths"]
    limit, tag = paths["/queries/q"]["get"]["parameters"]
    assert limit["required"]
    assert tag["schema"]["type"] == "array"
    assert tag["example"] == ["a"]
