"""Run the server until it is told to stop."""

from __future__ import annotations

import contextlib
import json
import logging
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TYPE_CHECKING, Final

import uvicorn

from stikg.errors import InputError
from stikg.server.app import create_app
from stikg.server.connections import Connection
from stikg.server.settings import Settings

if TYPE_CHECKING:
    from stikg.dataset import Dataset

_ROOM_FOR_HEADERS: Final = 32 * 1024
_BACKLOG: Final = 1024
_FILES: Final = 65_536
_LAST_WORDS: Final = 3
"""Seconds after the deadline that requests have to end when the server stops."""


def run(dataset: Dataset, settings: Settings, *, ready: Callable[[str], None]) -> None:
    """Serve a dataset until SIGINT or SIGTERM; ``ready`` is called with the URL.

    Requests that are being answered are finished first, as far as their deadline lets them.

    :raises InputError: if the host or the port cannot be had.
    :raises DatasetError: if the dataset is missing or damaged.
    """
    for part in ("store", "names", "queries", "manifest"):
        getattr(dataset, part)  # opened here, one that is damaged is told as such
    app = create_app(dataset, settings)
    listener = _listen(settings)
    _log_as_json()
    _allow_many_files()
    config = uvicorn.Config(
        app,
        http=type("Connection", (Connection,), {"patience": settings.patience}),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=round(settings.deadline) + _LAST_WORDS,
        h11_max_incomplete_event_size=4 * settings.url_bytes + _ROOM_FOR_HEADERS,
    )
    with _quiet_signals(), contextlib.closing(listener):
        _Server(config, lambda: ready(settings.url(listener.getsockname()[1]))).run([listener])


class _Server(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        self._ready()


class JsonLines(logging.Formatter):
    """One line of JSON for each record; those of the access log are such lines already."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        if record.name == "stikg.access":
            return record.getMessage()
        content = {"time": self.formatTime(record), "level": record.levelname.lower()}
        content["message"] = record.getMessage()
        if record.exc_info:
            content["trace"] = self.formatException(record.exc_info)
        return json.dumps(content)


def _listen(settings: Settings) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        address = (settings.host, settings.port)
        return socket.create_server(address, family=family, backlog=_BACKLOG)
    except (OSError, OverflowError) as error:
        raise InputError(
            f"cannot listen there: {getattr(error, 'strerror', None) or error}",
            where=f"{settings.host}:{settings.port}",
            remedy="name another port with --port; 0 takes a free one",
        ) from error


def _log_as_json() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name, level in (
        ("stikg.access", logging.INFO),
        ("stikg.server", logging.INFO),
        ("uvicorn.error", logging.ERROR),
        ("asyncio", logging.ERROR),
    ):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(level)


def _allow_many_files() -> None:
    """Raise the number of connections that may be open at once, as far as the system lets us."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        soft = _FILES if most == resource.RLIM_INFINITY else min(_FILES, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, most))


@contextlib.contextmanager
def _quiet_signals() -> Iterator[None]:
    """Let the signals that stopped the server, which it raises again, do nothing more."""

    def nothing(number: int, frame: FrameType | None) -> None:
        """Do nothing."""

    before = {number: signal.signal(number, nothing) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
