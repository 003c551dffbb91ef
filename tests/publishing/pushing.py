"""Small releases to push, servers to push them to, and a proxy between that has faults."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from stikg.publishing.push import Release, read_release
from stikg.store import LocalStore
from stikg.store.writing import Connection, Credentials, Patience, WritableStore, find_places
from stikg.terms import BASE, IRI, XSD, Literal, Quad, Term
from tests.engines.servers import Server

HURRIED = Patience(trials=2, timeout=60, pause=0.0, sleep=lambda _: None)
OWN = f"{BASE}graph/push", f"{BASE}graph/release"
STAGING = f"{BASE}staging/"
DUMP = "SELECT ?s ?p ?o ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
Content = set[tuple[str, str, str, str]]

OPENED: list[Connection] = []
"""Connections of the running test."""

TROUBLE: tuple[Term, ...] = (
    Literal('a "quote", a \\ and a tab\t, line\nbreaks\r\n'),
    Literal("\\u0041 is no A, \\\\ are two"),
    Literal("\x01\x7f control"),
    Literal("日本 𝔘 é", language="ja"),
    Literal("colour", language="en-GB"),
    Literal("2022", XSD + "gYear"),
    Literal("2021-07", XSD + "gYearMonth"),
    Literal("2022-06-07", XSD + "date"),
    Literal("-3.31", XSD + "decimal"),
    Literal("2.50", XSD + "decimal"),
    Literal("007", XSD + "integer"),
    Literal("true", XSD + "boolean"),
    Literal("http://example.org/", XSD + "anyURI"),
    IRI("https://example.org/a?b=c&d=é#f"),
    Literal(""),
)
"""Values that are easily lost on the way."""


def quad(number: int, value: Term | str, graph: str | None) -> Quad:
    """Return a small quad."""
    term = Literal(value) if isinstance(value, str) else value
    name = IRI(f"https://example.org/{graph}") if graph else None
    return IRI(f"https://example.org/thing/{number}"), IRI("https://example.org/says"), term, name


OLD = [
    *(quad(n, "as before", None) for n in range(30)),
    *(quad(n, "as before", "kept") for n in range(5)),
    *(quad(n, "old", "changed") for n in range(5)),
    *(quad(n, "gone", "removed") for n in range(5)),
    *(quad(n, value, "trouble") for n, value in enumerate(TROUBLE)),
]
NEW = [
    *(quad(n, "as before", None) for n in range(10, 45)),
    *(quad(n, "as before", "kept") for n in range(5)),
    *(quad(n, "new", "changed") for n in range(3, 9)),
    *(quad(n, "came", "added") for n in range(5)),
    *(quad(n, value, "trouble") for n, value in enumerate(TROUBLE)),
]


def release(quads: list[Quad], version: str) -> Release:
    """Return quads as a release."""
    return read_release(LocalStore.in_memory(quads), version)


def connect(server: Server, url: str = "", protocol: str = "auto") -> WritableStore:
    """Return a server to write to, directly or through a proxy."""
    credentials = Credentials(server.user, server.password) if server.user else None
    connection = Connection(url or server.query, credentials, HURRIED)
    OPENED.append(connection)
    return WritableStore(connection, find_places(connection, protocol=protocol))  # type: ignore[arg-type]


def content(store: WritableStore, *, all: bool = False) -> Content:
    """Return what readers have: all quads but those of the push itself and of its staging."""
    found = {
        (str(s), str(p), o.n3() if o else "", str(g or ""))
        for s, p, o, g in store.select(DUMP).rows
    }
    if all:
        return found
    return {q for q in found if q[3] not in OWN and not q[3].startswith(STAGING)}


def expected(quads: list[Quad]) -> Content:
    """Return quads as ``content`` does."""
    return {(str(s), str(p), o.n3(), str(g or "")) for s, p, o, g in quads}


def ignore(step: str, number: int, total: int) -> None:
    """Say nothing."""


Forward = Callable[[bytes], tuple[int, dict[str, str], bytes]]
Behave = Callable[["Handler", bytes, Forward], None]


class Handler(BaseHTTPRequestHandler):
    """Passes requests on as the proxy is told."""

    protocol_version = "HTTP/1.1"
    server: Proxy

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.count += 1
        self.server.behave(self, body, self.forward)

    do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815

    def forward(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        target = urlsplit(self.server.target)
        line = http.client.HTTPConnection(target.hostname or "", target.port, timeout=60)
        headers = {
            name: value for name, value in self.headers.items()
            if name in {"Accept", "Content-Type", "Authorization"}
        }  # fmt: skip
        line.request(self.command, self.path, body or None, headers)
        with line.getresponse() as reply:
            answer = (
                reply.status,
                {"Content-Type": reply.headers.get("Content-Type", "")},
                reply.read(),
            )
        line.close()
        return answer

    def reply(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def log_message(self, format: str, *arguments: object) -> None:
        """Stay silent."""


class Proxy(ThreadingHTTPServer):
    """A proxy whose manners can be changed; it counts requests."""

    daemon_threads = True
    target: str
    behave: Behave
    count = 0

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent: broken connections are what it is for."""


def pass_on(handler: Handler, body: bytes, forward: Forward) -> None:
    """Be no trouble."""
    handler.reply(*forward(body))


@contextmanager
def proxy_to(server: Server) -> Iterator[Proxy]:
    """Run a proxy before a server."""
    parts = urlsplit(server.query)
    with Proxy(("127.0.0.1", 0), Handler) as proxy:
        proxy.target = f"{parts.scheme}://{parts.netloc}"
        proxy.behave = pass_on
        thread = threading.Thread(target=proxy.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield proxy
        proxy.shutdown()
        thread.join()
