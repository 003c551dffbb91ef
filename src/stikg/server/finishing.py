"""The last steps of an answer: its tag, packing, and the sending of large ones bit by bit."""

from __future__ import annotations

import asyncio
import gzip
import re
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stikg.errors import Busy
from stikg.server.freshness import entity_tag, is_known
from stikg.server.problems import respond
from stikg.server.settings import Settings

_LEAST: Final = 1000
"""Bytes from which packing pays."""

_LARGE: Final = 1 << 16
"""Bytes from which an answer is packed in a thread, and sent in pieces of that size."""

_AT_ONCE: Final = 4
"""Answers of the largest size that may be on their way at once."""

_PATIENCE: Final = 30.0
"""Seconds in which a client must take a piece."""

_PACKED: Final = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.IGNORECASE)
_TEXT: Final = re.compile(r"text/|application/(?:[\w.-]+\+)?(?:json|xml|javascript)|.*/(?:n-|trig)")


class Finishing:
    """Tags and packs every answer that comes in one piece."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        self._most = _AT_ONCE * settings.result_bytes
        self._on_the_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request be answered, and finish the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start: Message | None = None

        async def finish(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
            elif start is None:
                await send(message)
            elif message.get("more_body", False):
                await send(start)
                await send(message)
                start = None
            else:
                await self._finish(scope, receive, send, start, message.get("body", b""))

        await self._app(scope, receive, finish)

    async def _finish(
        self, scope: Scope, receive: Receive, send: Send, start: Message, body: bytes
    ) -> None:
        if self._on_the_way + len(body) > self._most:
            error = Busy("too many large answers are on their way", seconds=5)
            await (await respond(Request(scope), error))(scope, receive, send)
            return
        self._on_the_way += len(body)
        try:
            if start["status"] == 200:
                start, body = await _dress(Headers(scope=scope), scope["method"], start, body)
            await _send(send, start, body)
        finally:
            self._on_the_way -= len(body)


async def _dress(asked: Headers, method: str, start: Message, body: bytes) -> tuple[Message, bytes]:
    """Return an answer with its tag, packed, or as "not modified"."""
    headers = MutableHeaders(scope=start)
    headers.setdefault("Cache-Control", "no-cache")
    if method in {"GET", "HEAD"} and "no-store" not in headers["Cache-Control"]:
        headers.setdefault("ETag", entity_tag(body))
        if is_known(asked.get("if-none-match"), headers["ETag"]):
            del headers["content-length"], headers["content-type"]
            return {**start, "status": 304}, b""
    if len(body) >= _LEAST and _TEXT.match(headers.get("content-type", "")):
        headers.add_vary_header("Accept-Encoding")
        if "content-encoding" not in headers and _PACKED.search(asked.get("accept-encoding", "")):
            body = await _packed(body)
            headers["Content-Encoding"] = "gzip"
            headers["Content-Length"] = str(len(body))
    return start, body


async def _packed(body: bytes) -> bytes:
    if len(body) < _LARGE:
        return gzip.compress(body, 5, mtime=0)
    return await asyncio.to_thread(gzip.compress, body, 5, mtime=0)


async def _send(send: Send, start: Message, body: bytes) -> None:
    """Send an answer, a large one as fast as its client takes it; give up on one that does not."""
    await send(start)
    view = memoryview(body)
    for begin in range(0, max(1, len(body)), _LARGE):
        piece = bytes(view[begin : begin + _LARGE])
        more = begin + _LARGE < len(body)
        try:
            async with asyncio.timeout(_PATIENCE):
                await send({"type": "http.response.body", "body": piece, "more_body": more})
        except TimeoutError:
            return
