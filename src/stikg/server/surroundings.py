"""What surrounds every request: checks before it, headers and one line of the log after it."""

from __future__ import annotations

import json
import logging
import re
import time
from datetime import UTC, datetime
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stikg.server.problems import Refusal, respond
from stikg.server.settings import Settings

ACCESS: Final = logging.getLogger("stikg.access")
FAULTS: Final = logging.getLogger("stikg.server")
LEFT: Final = 499
"""Status in the log of a request whose client has left."""

WORDS: Final = "stikg.words"
"""Key in the scope of a request whose answer holds words of a document: the text of a publisher,
from the disk of whoever started the server."""

_HOST: Final = re.compile(r"(?:[A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?\Z")
_UNCLEAN: Final = re.compile(r"[\x00-\x1f\x7f\\\ufffd\ud800-\udfff]|(?:^|/)\.\.?(?:/|$)")
_LONGEST_SHOWN: Final = 200


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


_EVERYWHERE: Final = _raw(
    {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
            "font-src 'self'; connect-src 'self'; worker-src 'self' blob:; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'"
        ),
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
)
_HERE_ALONE: Final = [
    *_raw({"Cross-Origin-Resource-Policy": "same-origin"}),
    *(
        (name, value)
        for name, value in _EVERYWHERE
        if not name.startswith((b"access-control-", b"cross-origin-"))
    ),
]
"""Headers of an answer that no page of another origin may read."""

_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class Surroundings:
    """The outermost part of the application."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request, let it be answered, and note how that ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        entry = _Entry(scope, send)
        try:
            early = await self._before(scope)
            await (self._app if early is None else early)(scope, receive, entry.send)
        except Exception as error:
            FAULTS.exception("a request ended in an error of ours")
            if entry.status == LEFT:
                await (await respond(Request(scope), error))(scope, receive, entry.send)
        finally:
            entry.write()

    async def _before(self, scope: Scope) -> Response | None:
        """Return the answer of a request that goes no further."""
        refusal = find_fault(scope, self._settings)
        if refusal is not None:
            return await respond(Request(scope), refusal)
        headers = Headers(scope=scope)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            return Response(status_code=204, headers=_PREFLIGHT)
        return None


def find_fault(scope: Scope, settings: Settings) -> Refusal | None:
    """Return why a request is not even looked at, or None."""
    raw = scope.get("raw_path") or b""
    if len(raw) + len(scope["query_string"]) > settings.url_bytes:
        return Refusal(
            414,
            f"the URL is longer than {settings.url_bytes:,} bytes",
            remedy="send a long query by POST",
        )
    if _UNCLEAN.search(scope["path"]) or not scope["path"].startswith("/"):
        return Refusal(400, "the path holds what no path of ours holds")
    host = Headers(scope=scope).get("host")
    if host is not None and not _HOST.match(host):
        return Refusal(400, "the header Host names no host", field="Host")
    return None


class _Entry:
    """A line of the access log while it comes about; adds the headers that every answer has."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._began = time.perf_counter()
        self.status = LEFT
        self._size = 0

    async def send(self, message: Message) -> None:
        """Pass on a part of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            given = {name for name, _ in message["headers"]}
            always = _HERE_ALONE if WORDS in self._scope else _EVERYWHERE
            message["headers"] = [
                *message["headers"],
                *(pair for pair in always if pair[0] not in given),
            ]
        else:
            self._size += len(message.get("body", b""))
        await self._send(message)

    def write(self) -> None:
        """Write the line: JSON, so that nothing that a client sends can begin another."""
        if not ACCESS.isEnabledFor(logging.INFO):
            return
        client = self._scope.get("client")
        now = datetime.now(tz=UTC)
        content = {
            "time": now.isoformat(timespec="milliseconds"),
            "client": client[0] if client else None,
            "method": self._scope["method"],
            "path": self._scope["path"][:_LONGEST_SHOWN],
            "status": self.status,
            "bytes": self._size,
            "milliseconds": round(1000 * (time.perf_counter() - self._began), 1),
        }
        ACCESS.info(json.dumps(content))
