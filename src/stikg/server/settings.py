"""What a server may use, and what a request of it may cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
_MEBIBYTE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits and places of a server; times are in seconds, sizes in bytes.

    ``deadline`` is for the evaluation of one query, ``rows`` and ``result_bytes`` for its answer,
    ``memory`` for what a worker takes on top of its store, ``queue`` for the queries that wait
    for one, ``patience`` for the head of a request, and its body, to come.
    ``nesting`` is for brackets within brackets. ``base`` is the URL under which the server is
    reached, where a proxy stands before it; ``sources`` are the reader's copies of the documents;
    ``services`` the endpoints that queries may ask, in the form of ``read_endpoint``.

    >>> Settings(port=0).url(8765)
    'http://127.0.0.1:8765/'
    """

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    deadline: float = 10.0
    patience: float = 10.0
    rows: int = 100_000
    result_bytes: int = 64 * _MEBIBYTE
    memory: int = 1024 * _MEBIBYTE
    queue: int = 256
    body_bytes: int = _MEBIBYTE
    url_bytes: int = 32 * 1024
    query_characters: int = 100_000
    nesting: int = 200
    cache_bytes: int = 32 * _MEBIBYTE
    sources: Mapping[str, Path] = field(default_factory=dict)
    base: str | None = None
    services: tuple[str, ...] = ()

    @property
    def is_local(self) -> bool:
        """Tell whether only this machine can reach the server."""
        return self.host in LOOPBACK or self.host.startswith("127.")

    def url(self, port: int) -> str:
        """Return the URL under which the server is reached when it listens on a port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.base or f"http://{host}:{port}/"
