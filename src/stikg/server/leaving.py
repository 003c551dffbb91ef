"""A client that leaves takes its work with it: nobody evaluates for no one."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SOON: Final = 0.05
"""Seconds in which most requests are answered; so long, nobody looks whether a client is there."""


class Leaving:
    """Cancels the answering of a request when its client has closed the connection."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request be answered as long as somebody waits."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        door = _Door(receive, has_body=scope["method"] not in {"GET", "HEAD"})
        answering = asyncio.ensure_future(self._app(scope, door.receive, send))
        watching: asyncio.Task[None] | None = None
        try:
            await asyncio.wait({answering}, timeout=_SOON)
            if not answering.done():
                watching = asyncio.create_task(door.until_left())
                await asyncio.wait({answering, watching}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if watching is not None:
                watching.cancel()
            if not answering.done():
                answering.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await answering


class _Door:
    """What comes in: the body for who reads it, the leaving of the client for who watches."""

    def __init__(self, receive: Receive, *, has_body: bool) -> None:
        self._receive = receive
        self._given = has_body
        self._whole = asyncio.Event()
        self._left = asyncio.Event()
        if not has_body:
            self._whole.set()

    async def receive(self) -> Message:
        """Return the next part of the body; behind its end, once it is so, that all have left."""
        if not self._given:  # a GET has no body, whatever comes with it
            self._given = True
            return {"type": "http.request", "body": b"", "more_body": False}
        if self._whole.is_set():
            await self._left.wait()
            return {"type": "http.disconnect"}
        message = await self._receive()
        if not message.get("more_body", False):
            self._whole.set()
        return message

    async def until_left(self) -> None:
        """Return when the client has left; as long as a body comes, its reader sees that."""
        await self._whole.wait()
        while (await self._receive())["type"] != "http.disconnect":
            continue
        self._left.set()
