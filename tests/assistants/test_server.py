"""The server as a host meets it: over its pipes, by the package's own client."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, MCPError
from mcp.types import TextContent, TextResourceContents

from tests.assistants.conftest import server
from tests.fixtures.folders import Folder

KILLER = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?a = ?l && ?a != ?l) }"
PROGRAMMES = ["query_programmes", "query_programme_without_start"]
ROCKETS = "https://w3id.org/stikg/programme/rockets"
FIRST = "https://w3id.org/stikg/document/tiny-2020/1-p1"
SECOND = "https://w3id.org/stikg/document/tiny-2020/1-p2"


def text_of(result: Any) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def test_every_canned_query_is_a_tool_made_from_its_header(ask: Any) -> None:
    async def talk(client: Client) -> Any:
        assert client.server_info is not None
        assert client.server_info.name == "stikg"
        assert "from one source document" in (client.instructions or "")
        return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in ask(talk)}
    assert list(tools) == [
        "search", "show", "evidence", "sparql", "query_evidence", "query_programmes",
        "query_programme_without_start", "query_two_starts",
    ]  # fmt: skip
    schema = tools["query_programmes"].input_schema
    assert schema["properties"]["since"] == {
        "type": "integer",
        "description": "Started in or after; such as 1990",
        "minimum": 1900,
    }
    assert "any name or code of a sti:Organisation" in str(schema["properties"]["organisation"])
    assert "required" not in schema
    assert tools["query_evidence"].input_schema["required"] == ["resource"]
    assert all(tool.annotations.read_only_hint for tool in tools.values())
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name in tools)


def test_kinds_choose_the_canned_queries(ask: Any) -> None:
    async def talk(client: Client) -> list[str]:
        return [tool.name for tool in (await client.list_tools()).tools]

    names = ask(talk, "--kind", "question")
    assert names[4:] == ["query_evidence", "query_programmes"]


@pytest.mark.parametrize("name", ["ACME", "acme agency", "agency:acme"])
def test_a_canned_query_answers_with_labels_and_passages(call: Any, name: str) -> None:
    result = call("query_programmes", {"organisation": name, "since": 1990.0})
    assert not result.is_error
    content = result.structured_content
    assert content["asked"] == {"organisation": name, "since": 1990}
    assert content["total"] == 2
    assert content["rows"][0]["programme"] == {"iri": ROCKETS, "label": "Rocket Programme"}
    assert content["rows"][0]["start"] == 1999
    assert [passage["iri"] for passage in content["passages"]] == [FIRST, SECOND]
    assert content["passages"][0] == {
        "iri": FIRST,
        "curie": FIRST,
        "document": {
            "iri": "https://w3id.org/stikg/document/tiny-2020",
            "label": "A Tiny Report",
        },
        "section": "1",
        "sectionTitle": "Rockets and Lasers",
        "kind": "paragraph",
        "start": 0,
        "end": 9,
    }
    text = text_of(result)
    assert "| Rocket Programme (programme:rockets) | Acme Agency (agency:acme) | 1999 |" in text
    assert f"A Tiny Report, section 1 “Rockets and Lasers”, paragraph <{FIRST}>" in text


def test_the_example_of_the_page_is_what_is_answered(call: Any, root: Path) -> None:
    page = (root / "docs" / "assistants.md").read_text(encoding="utf-8")
    example = json.loads(re.findall(r"```json\n(.*?)```", page, re.DOTALL)[1])
    result = call("query_programmes", {"organisation": "ACME", "limit": 1}).structured_content
    assert result.pop("nextOffset") == 1
    assert result == {**example, "total": 2}


@pytest.mark.parametrize(
    ("tool", "arguments", "expected"),
    [
        ("query_programmes", {"organisation": "Acmee"},
         {"kind": "unknown-name", "candidates": ["Acme Agency"]}),
        ("query_programmes", {"organisation": "Japan"}, {"kind": "unknown-name"}),
        ("query_programmes", {"since": "soon"},
         {"kind": "parameter-error", "parameter": "since"}),
        ("query_programmes", {"since": 1850}, {"kind": "parameter-error", "parameter": "since"}),
        ("query_programmes", {"since": {"a": 1}},
         {"kind": "parameter-error", "parameter": "since"}),
        ("query_programmes", {"organisaton": "ACME"},
         {"kind": "parameter-error", "parameter": "organisaton"}),
        ("query_programmes", {"limit": 0}, {"kind": "parameter-error", "parameter": "limit"}),
        ("query_programmes", {"offset": True}, {"kind": "parameter-error"}),
        ("query_evidence", {}, {"kind": "parameter-error", "parameter": "resource"}),
        ("search", {}, {"kind": "parameter-error", "parameter": "text"}),
        ("search", {"text": 1}, {"kind": "parameter-error", "parameter": "text"}),
        ("show", {"name": "Acmee"}, {"kind": "unknown-name", "candidates": ["Acme Agency"]}),
        ("evidence", {"thing": "ACME", "property": "sti:administer"},
         {"kind": "unknown-name", "candidates": ["sti:administers", "sti:administeredBy"]}),
        ("evidence", {"thing": "agency:nosuch"}, {"kind": "unknown-name"}),
        ("evidence", {"thing": "ACME", "value": "agency:nosuch"}, {"kind": "unknown-name"}),
        ("query_programms", {},
         {"kind": "unknown-query", "candidates": PROGRAMMES}),
        ("programmes", {}, {"kind": "unknown-query", "candidates": PROGRAMMES}),
        ("sparql", {"query": "SELECT ?s {\n ?s a"}, {"kind": "syntax-problem"}),
        ("sparql", {"query": "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"},
         {"kind": "input-error", "where": "line 1, column 7"}),
        ("sparql", {"query": "LOAD <http://127.0.0.1:9/>"}, {"kind": "input-error"}),
        ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}, {"kind": "input-error"}),
        ("sparql", {"query": f"ASK {{ ?s ?p {'x' * 20_000} }}"}, {"kind": "input-error"}),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_said(
    call: Any, tool: str, arguments: dict[str, Any], expected: dict[str, Any]
) -> None:
    result = call(tool, arguments)
    assert result.is_error
    error = result.structured_content["error"]
    assert {key: error.get(key) for key in expected} == expected, error
    assert error["problem"] in text_of(result)


def test_several_questions_in_one_conversation(ask: Any) -> None:
    async def talk(client: Client) -> dict[str, Any]:
        answers = {
            "search": ("search", {"text": "rocket"}),
            "nothing": ("search", {"text": "zeppelin"}),
            "class": ("search", {"text": "acme", "class": "sti:Programme"}),
            "show": ("show", {"name": "日本"}),
            "thing": ("evidence", {"thing": "ACME"}),
            "statement": ("evidence", {"thing": "ACME", "property": "sti:administers"}),
            "value": ("evidence", {"thing": "ACME", "value": "Bolt Agency"}),
            "literal": ("evidence", {"thing": "Rocket Programme", "value": "1999"}),
            "read": ("evidence", {"thing": "ACME", "value": "Japan"}),
            "label": ("evidence", {"thing": "ACME", "property": "collaborates with"}),
            "unsaid": ("evidence", {"thing": "ACME", "value": "Lasers"}),
            "empty": ("query_programmes", {"organisation": "Bolt Agency"}),
        }
        return {key: await client.call_tool(*question) for key, question in answers.items()}

    answers = ask(talk)
    assert not any(answer.is_error for answer in answers.values())
    found = {key: answer.structured_content for key, answer in answers.items()}
    passages = {key: [p["iri"] for p in item["passages"]] for key, item in found.items()}
    assert found["search"]["rows"][0]["thing"]["label"] == "Rocket Programme"
    assert FIRST in passages["search"]
    assert found["search"]["passages"][0]["about"] == [ROCKETS]
    assert found["nothing"]["notes"] == ["Nothing has such a name."]
    assert found["class"]["total"] == 0
    assert found["show"]["thing"]["classes"] == ["sti:Territory"]
    assert SECOND in passages["show"]
    assert {row["origin"] for row in found["thing"]["rows"] if row["passage"] is None} == {
        "curated"
    }, "what is curated has no passage"
    assert {row["origin"] for row in found["thing"]["rows"] if row["passage"]} == {"read", "stated"}
    assert passages["thing"] == passages["statement"] == [FIRST, SECOND]
    assert found["statement"]["total"] == 2
    assert passages["value"] == passages["literal"] == [FIRST]
    (row,) = found["read"]["rows"]
    assert (row["origin"], row["reason"]) == ("read", "The seat is implied.")
    assert passages["read"] == [SECOND]
    assert passages["label"] == [FIRST]
    assert found["unsaid"]["notes"] == ["No passage of the one document states it."]
    assert found["empty"]["notes"] == ["No passage of the one document states it."]


def test_sparql_of_every_form_brings_its_passages(ask: Any) -> None:
    async def talk(client: Client) -> dict[str, Any]:
        queries = {
            "select": "SELECT ?g ?s { GRAPH ?g { ?s sti:startYear ?y } }",
            "reading": "SELECT ?g { GRAPH ?g { ?s sti:locatedIn ?y } }",
            "count": "SELECT ?a (COUNT(*) AS ?n) { ?a sti:administers ?p } GROUP BY ?a",
            "ask": "ASK { agency:acme sti:administers ?p }",
            "construct": "CONSTRUCT WHERE { ?s sti:startYear ?y }",
            "describe": "DESCRIBE agency:bolt",
        }
        return {
            key: (await client.call_tool("sparql", {"query": query})).structured_content
            for key, query in queries.items()
        }

    found = ask(talk)
    passages = {key: [p["iri"] for p in item["passages"]] for key, item in found.items()}
    assert passages["select"] == [FIRST]
    assert found["select"]["rows"][0]["s"] == {"iri": ROCKETS, "label": "Rocket Programme"}
    assert SECOND in passages["reading"]
    assert found["count"]["rows"][0]["n"] == 1
    assert passages["count"] == [FIRST, SECOND]
    assert "cite none" in found["count"]["notes"][0]
    assert found["ask"]["rows"] == [{"answer": True}]
    assert found["construct"]["rows"][0]["value"] == 1999
    assert passages["construct"] == [FIRST]
    assert FIRST in passages["describe"]


def test_pages_follow_each_other_to_the_last(ask: Any) -> None:
    query = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"

    async def talk(client: Client) -> list[dict[str, Any]]:
        pages = []
        offset: int | None = 0
        while offset is not None:
            asked = {"query": query, "limit": 100, "offset": offset}
            pages.append((await client.call_tool("sparql", asked)).structured_content)
            offset = pages[-1].get("nextOffset")
        return pages

    pages = ask(talk, "--characters", "20000")
    rows = [json.dumps(row) for page in pages for row in page["rows"]]
    assert len(rows) == len(set(rows)) == pages[0]["total"]
    assert all(len(page["rows"]) < 100 for page in pages), "an answer is as long as it may be"
    assert all(len(json.dumps(page["rows"], ensure_ascii=False)) < 20_000 for page in pages)


def test_a_query_that_takes_too_long_is_ended_and_the_next_is_answered(ask: Any) -> None:
    async def talk(client: Client) -> tuple[Any, float, Any]:
        began = time.monotonic()
        late = await client.call_tool("sparql", {"query": KILLER})
        return late, time.monotonic() - began, await client.call_tool("show", {"name": "ACME"})

    late, seconds, after = ask(talk, "--deadline", "2")
    assert late.is_error
    assert "took longer than 2 seconds" in text_of(late)
    assert seconds < 10
    assert not after.is_error


def test_a_call_that_is_cancelled_ends_its_query(ask: Any) -> None:
    async def talk(client: Client) -> tuple[Any, float]:
        await client.call_tool("show", {"name": "ACME"})
        with anyio.move_on_after(1):
            await client.call_tool("sparql", {"query": KILLER})
        began = time.monotonic()
        return await client.call_tool("show", {"name": "ACME"}), time.monotonic() - began

    after, seconds = ask(talk, "--deadline", "100")
    assert not after.is_error
    assert seconds < 20, "else it waited for the deadline"


def test_resources_are_the_prefixes_and_the_vocabulary(ask: Any) -> None:
    async def talk(client: Client) -> dict[str, str]:
        listed = (await client.list_resources()).resources
        with pytest.raises(MCPError, match="no resource"):
            await client.read_resource("stikg://nothing")
        texts = {}
        for item in listed:
            (content,) = (await client.read_resource(item.uri)).contents
            assert isinstance(content, TextResourceContents)
            texts[item.uri] = content.text
        return texts

    texts = ask(talk)
    assert "PREFIX sti: <https://w3id.org/stikg/ontology/>\n" in texts["stikg://prefixes"]
    assert "- `sti:startYear` (start year)" in texts["stikg://vocabulary"]


def test_an_older_client_is_answered_too(root: Path, compiled: Folder) -> None:
    async def main() -> Any:
        async with Client(server(root, compiled), mode="legacy") as client:
            return client.protocol_version, await client.call_tool("show", {"name": "ACME"})

    version, result = anyio.run(main)
    assert version < "2026"
    assert result.structured_content["thing"]["label"] == "Acme Agency"


def test_the_server_ends_with_its_input_and_says_nothing_else(root: Path, compiled: Folder) -> None:
    parameters = server(root, compiled)
    done = subprocess.run(
        [parameters.command, *parameters.args],
        env=parameters.env, cwd=compiled.root, input="", capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_without_the_package_the_command_says_what_to_install(compiled: Folder) -> None:
    program = (
        "import sys; sys.modules['mcp'] = sys.modules['mcp_types'] = sys.modules['anyio'] = None\n"
        "from stikg.cli import main; main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", program, "--folder", str(compiled.root), "mcp"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, input="")
    assert done.returncode == 2
    assert "remedy: pip install 'stikg[mcp]'" in done.stderr
    assert "Traceback" not in done.stderr
