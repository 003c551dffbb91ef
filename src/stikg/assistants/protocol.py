"""The Model Context Protocol: tools and resources over standard input and output.

The only module that knows the package mcp.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

import anyio
import anyio.to_thread
import mcp_types as types
from mcp import MCPError
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server

import stikg
from stikg.assistants.answers import Answer
from stikg.assistants.confined import ConfinedStore
from stikg.assistants.general import general
from stikg.assistants.resources import Readable, readables
from stikg.assistants.schemas import ANSWER
from stikg.assistants.settings import Settings
from stikg.assistants.tools import Asked, Tool, canned, find_tool
from stikg.dataset import Dataset
from stikg.errors import NameProblem, ParameterError, StikgError

_INSTRUCTIONS: Final = (
    "A knowledge graph of science, technology and innovation policy{documents}. Every statement is "
    "bound to the passage of the document that makes it, and every answer names its passages: cite "
    "them. Tools whose names begin with query_ answer a question each; prefer them to sparql. "
    "Things are given by any of their names or codes: Japan, 日本, JP, territory:jp. A name that "
    "is not known comes back with the nearest ones. An answer without rows means that no passage "
    "says so, not that it is untrue."
)

_READ_ONLY: Final = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

_Result = TypeVar("_Result")
_Context = ServerRequestContext[Any]


def run(dataset: Dataset, place: str, settings: Settings, kinds: Sequence[str]) -> None:
    """Answer an assistant until it closes standard input."""
    store = ConfinedStore(place, settings)
    dataset.store = store
    server = make_server(Asked(dataset, settings), store, kinds)

    async def main() -> None:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    try:
        anyio.run(main)
    finally:
        store.close()


def make_server(asked: Asked, store: ConfinedStore, kinds: Sequence[str]) -> Server[Any]:
    """Return the server of a dataset, whose store is confined."""
    tools = {tool.name: tool for tool in (*general(asked), *canned(asked, kinds))}
    texts = {readable.uri: readable for readable in readables()}

    async def list_tools(_: _Context, __: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=list(map(_described, tools.values())))

    async def call_tool(_: _Context, call: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            tool = find_tool(tools, call.name)
            answer = await _in_thread(store, lambda: tool.call(call.arguments))
        except StikgError as error:
            return _refused(error)
        return _answered(answer)

    async def list_resources(_: _Context, __: Any) -> types.ListResourcesResult:
        return types.ListResourcesResult(resources=list(map(_listed, texts.values())))

    async def read_resource(
        _: _Context, wanted: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        readable = texts.get(wanted.uri)
        if readable is None:
            raise MCPError(types.INVALID_PARAMS, f"there is no resource {wanted.uri!r}")
        text = await _in_thread(store, lambda: readable.read(asked.dataset))
        content = types.TextResourceContents(
            uri=readable.uri, mime_type=readable.media_type, text=text
        )
        return types.ReadResourceResult(contents=[content])

    return Server(
        "stikg",
        version=stikg.__version__,
        title="Science, technology and innovation policy",
        instructions=_INSTRUCTIONS.format(documents=_documents(asked.dataset)),
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_read_resource=read_resource,
    )


async def _in_thread(store: ConfinedStore, work: Callable[[], _Result]) -> _Result:
    """Run work that asks a store in a thread; if the call is cancelled, so is the query."""
    threads: list[int] = []

    def noted() -> _Result:
        threads.append(threading.get_ident())
        return work()

    try:
        return await anyio.to_thread.run_sync(noted, abandon_on_cancel=True)
    except anyio.get_cancelled_exc_class():
        for thread in threads:
            store.cancel(thread)
        raise


def _described(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=dict(tool.schema),
        output_schema=dict(ANSWER),
        annotations=_READ_ONLY,
    )


def _listed(readable: Readable) -> types.Resource:
    return types.Resource(
        uri=readable.uri,
        name=readable.name,
        description=readable.description,
        mime_type=readable.media_type,
    )


def _answered(answer: Answer) -> types.CallToolResult:
    return types.CallToolResult(
        content=[types.TextContent(text=answer.to_text())], structured_content=answer.to_json()
    )


def _refused(error: StikgError) -> types.CallToolResult:
    """Return an error as the answer of a tool, so that the assistant can mend its call."""
    content: dict[str, Any] = {
        "kind": error.anchor,
        "problem": error.problem,
        "where": error.where,
        "remedy": error.remedy,
    }
    if isinstance(error, NameProblem):
        content["candidates"] = list(error.candidates)
    if isinstance(error, ParameterError):
        content["parameter"] = error.parameter
    return types.CallToolResult(
        content=[types.TextContent(text=str(error))],
        structured_content={"error": {k: v for k, v in content.items() if v is not None}},
        is_error=True,
    )


def _documents(dataset: Dataset) -> str:
    number = dataset.manifest.get("documents")
    if not number:
        return ""
    return " from one source document" if number == 1 else f" from {number} source documents"
