"""The tiny knowledge graph, and the server's own client talking to it over its pipes."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult

from stikg.assistants.confined import ConfinedStore
from stikg.assistants.settings import Settings
from stikg.building import build
from stikg.dataset import Dataset
from stikg.dataset import open as open_dataset
from tests.fixtures.folders import Folder, copy_tiny

Ask = Callable[..., Any]


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Return a compiled copy of the tiny knowledge graph; no test may change it."""
    folder = copy_tiny(tmp_path_factory.mktemp("compiled") / "tiny")
    build(folder.layout)
    return folder


@pytest.fixture(scope="session")
def place(compiled: Folder) -> str:
    """Return the folder of its store."""
    return str(compiled.layout.current() / "store")


@pytest.fixture
def dataset(compiled: Folder) -> Dataset:
    """Return the dataset in this process."""
    return open_dataset(compiled.root)


@pytest.fixture
def confine(place: str) -> Any:
    """Return a function that opens the store in a process of its own."""
    stores: list[ConfinedStore] = []

    def open_confined(**limits: Any) -> ConfinedStore:
        stores.append(ConfinedStore(place, Settings(**limits)))
        return stores[-1]

    yield open_confined
    for store in stores:
        store.close()


def server(root: Path, folder: Folder, *options: str) -> StdioServerParameters:
    """Return how a host starts the server."""
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "stikg.cli", "--folder", str(folder.root), "mcp", *options],
        env={"PYTHONPATH": os.pathsep.join([str(root / "src"), *sys.path])},
        cwd=folder.root,
    )


@pytest.fixture
def ask(root: Path, compiled: Folder) -> Ask:
    """Return a function that starts the server and talks to it, as a host does."""

    def run(talk: Callable[[Client], Awaitable[Any]], *options: str) -> Any:
        async def main() -> Any:
            async with Client(server(root, compiled, *options)) as client:
                return await talk(client)

        return anyio.run(main)

    return run


@pytest.fixture(scope="module")
def conversation(root: Path, compiled: Folder) -> Iterator[tuple[BlockingPortal, Client]]:
    """Return a conversation with one server for many calls, and where to wait for it."""
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(server(root, compiled))) as client,
    ):
        yield portal, client


@pytest.fixture
def call(conversation: tuple[BlockingPortal, Client]) -> Callable[..., CallToolResult]:
    """Return a function that calls one tool."""
    portal, client = conversation

    def run(tool: str, arguments: dict[str, Any]) -> CallToolResult:
        result: CallToolResult = portal.call(client.call_tool, tool, arguments)
        return result

    return run
