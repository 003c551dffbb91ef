"""The dataset as files at ``/downloads``: each is written when it is first asked for, and kept."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
import weakref
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from stikg.errors import DatasetError
from stikg.serialisation import FORMATS, Format
from stikg.server.links import root_of
from stikg.server.negotiation import prefers_html
from stikg.server.problems import Refusal
from stikg.server.representations import JSON

if TYPE_CHECKING:
    from stikg.server.service import Service

FILES: Final = {f"stikg{form.suffix}": form for form in FORMATS}
"""Name of each file, and its format."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file for download: its size in bytes and the SHA-256 of its content, in hexadecimal."""

    name: str
    path: Path
    format: Format
    size: int
    checksum: str


class Downloads:
    """The files of one dataset, in the folder that goes when the server does."""

    def __init__(self, service: Service) -> None:
        self._store = service.store_folder
        self._folder = service.folder / "downloads"
        self._tasks: dict[str, asyncio.Task[Download]] = {}
        self._one_at_a_time = asyncio.Lock()
        self._folder.mkdir(exist_ok=True)

    @property
    def written(self) -> dict[str, Download]:
        """The files that are there already, by name."""
        return {
            name: task.result()
            for name, task in self._tasks.items()
            if task.done() and not task.cancelled() and task.exception() is None
        }

    async def get(self, name: str) -> Download:
        """Return a file; it is written once, however many ask for it and leave again.

        :raises DatasetError: if it cannot be written.
        """
        return await asyncio.shield(self._task(name))

    def _task(self, name: str) -> asyncio.Task[Download]:
        task = self._tasks.get(name)
        if task is None or (task.done() and name not in self.written):
            task = self._tasks[name] = asyncio.create_task(self._write(name))
            task.add_done_callback(lambda done: done.cancelled() or done.exception())
        return task

    async def _write(self, name: str) -> Download:
        form, path = FILES[name], self._folder / name
        async with self._one_at_a_time:
            await _export(self._store, form, path)
            size, checksum = await asyncio.to_thread(_measured, path)
        return Download(name, path, form, size, checksum)


_OF_SERVICES: Final[weakref.WeakKeyDictionary[Service, Downloads]] = weakref.WeakKeyDictionary()


def downloads_of(service: Service) -> Downloads:
    """Return the files of the dataset of a service."""
    if service not in _OF_SERVICES:
        _OF_SERVICES[service] = Downloads(service)
    return _OF_SERVICES[service]


async def listing(request: Request) -> Response:
    """List the files."""
    service: Service = request.app.state.service
    page = service.pages.get("downloads")
    if page is not None and prefers_html(request.headers.get("accept"), JSON):
        return await page(request)
    content = {"canonicalHash": service.version, "files": files_json(service, root_of(request))}
    return JSONResponse(content, headers={"Vary": "Accept", "Cache-Control": "no-cache"})


def files_json(service: Service, root: str) -> list[dict[str, Any]]:
    """Return the files as JSON values; size and checksum of those that are written already."""
    written = downloads_of(service).written
    found = []
    for name, form in FILES.items():
        entry: dict[str, Any] = {
            "name": name,
            "url": f"{root}downloads/{name}",
            "title": form.title,
            "mediaType": form.media_type,
            "graphs": form.graphs,
        }
        if name in written:
            entry |= {"byteSize": written[name].size, "sha256": written[name].checksum}
        found.append(entry)
    return found


async def download(request: Request) -> Response:
    """Give a file, or the part of it that is asked for."""
    name = request.path_params["name"]
    if name not in FILES:
        raise Refusal(404, f"no file is called {name[:80]!r}", remedy="see /downloads")
    found = await downloads_of(request.app.state.service).get(name)
    headers = {
        "ETag": f'"{found.checksum}"',
        "Repr-Digest": f"sha-256=:{b64encode(bytes.fromhex(found.checksum)).decode()}:",
        "Cache-Control": "no-cache",
    }
    if found.checksum in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return FileResponse(found.path, headers=headers, media_type=found.format.media_type)


async def _export(store: Path, form: Format, target: Path) -> None:
    command: Sequence[str | Path] = ["-P", "-m", "stikg.server.exporting", store, form.name, target]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    try:
        code = await process.wait()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    if code != 0:
        raise DatasetError(
            f"the file {target.name} could not be written", remedy="try: stikg export"
        )


def _measured(path: Path) -> tuple[int, str]:
    with path.open("rb") as stream:
        return path.stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest()


ROUTES = [Route("/downloads", listing), Route("/downloads/{name}", download)]
