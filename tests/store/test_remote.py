"""A remote endpoint, as it should be and in every way it should not."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from stikg.errors import EndpointError, InputError
from stikg.results import Table
from stikg.store import RemoteStore
from stikg.terms import IRI, XSD, BlankNode, Literal

JSON = "application/sparql-results+json"
SOLUTIONS = b"""{"head": {"vars": ["a", "b"]}, "results": {"bindings": [
 {"a": {"type": "uri", "value": "http://e/a"}, "b": {"type": "literal", "value": "x"}},
 {"a": {"type": "bnode", "value": "b0"},
  "b": {"type": "literal", "value": "y", "xml:lang": "en"}},
 {"b": {"type": "typed-literal", "value": "1",
        "datatype": "http://www.w3.org/2001/XMLSchema#integer"}}
]}}"""


class Handler(BaseHTTPRequestHandler):
    """Answers as its server is told, and notes the last request."""

    server: Server

    def answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.server.seen = (self.command, self.path, self.rfile.read(length).decode())
        self.server.behave(self)

    do_GET = do_POST = answer  # noqa: N815

    def reply(
        self, body: bytes, media_type: str = JSON, *, status: int = 200, length: int | None = None,
        **headers: str,
    ) -> None:  # fmt: skip
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Stay silent."""


class Server(ThreadingHTTPServer):
    """A server on the loopback interface whose manners can be changed."""

    behave: Callable[[Handler], None]
    seen: tuple[str, str, str]

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent: the client has gone, as it should."""


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def store_of(server: Server, *, timeout: float = 5) -> RemoteStore:
    return RemoteStore(f"http://127.0.0.1:{server.server_port}/sparql", timeout=timeout)


def test_solutions(server: Server) -> None:
    server.behave = lambda handler: handler.reply(SOLUTIONS)
    table = store_of(server).select("SELECT ?a ?b {}", prefixes={"e": "http://e/"})
    assert table == Table(
        ("a", "b"),
        (
            (IRI("http://e/a"), Literal("x")),
            (BlankNode("b0"), Literal("y", language="en")),
            (None, Literal("1", XSD + "integer")),
        ),
    )
    method, path, _ = server.seen
    assert method == "GET"
    sent = parse_qs(urlsplit(path).query)["query"]
    assert sent == ["PREFIX e: <http://e/>\nSELECT ?a ?b {}"]


def test_long_queries_are_posted(server: Server) -> None:
    server.behave = lambda handler: handler.reply(SOLUTIONS)
    query = "SELECT ?a ?b {} #" + "é" * 2000
    store_of(server).select(query)
    method, _, body = server.seen
    assert method == "POST"
    assert parse_qs(body)["query"] == [query]


def test_ask_construct_count_and_quads(server: Server) -> None:
    store = store_of(server)
    server.behave = lambda handler: handler.reply(b'{"head": {}, "boolean": true}')
    assert store.ask("ASK {}")
    server.behave = lambda handler: handler.reply(
        b"<http://e/b> <http://e/p> 1 . <http://e/a> <http://e/p> 'x' .", "text/turtle"
    )
    assert store.construct("CONSTRUCT WHERE { ?s ?p ?o }") == [
        (IRI("http://e/a"), IRI("http://e/p"), Literal("x")),
        (IRI("http://e/b"), IRI("http://e/p"), Literal("1", XSD + "integer")),
    ]
    server.behave = lambda handler: handler.reply(
        b'{"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"type": "literal", '
        b'"datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "12"}}]}}'
    )
    assert store.count() == 12
    server.behave = lambda handler: handler.reply(
        b'{"head": {"vars": ["s", "p", "o", "g"]}, "results": {"bindings": [{'
        b'"s": {"type": "uri", "value": "http://e/s"}, "p": {"type": "uri", "value": "http://e/p"},'
        b'"o": {"type": "literal", "value": "o"}}]}}'
    )
    assert list(store.quads()) == [(IRI("http://e/s"), IRI("http://e/p"), Literal("o"), None)]


def test_rows_come_while_the_server_still_writes(server: Server) -> None:
    read = threading.Event()

    def write_in_two(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.end_headers()
        first, second = SOLUTIONS[:220], SOLUTIONS[220:]
        handler.wfile.write(first)
        assert read.wait(5)
        handler.wfile.write(second)

    server.behave = write_in_two
    stream = store_of(server).stream("SELECT ?a ?b {}")
    assert stream.columns == ("a", "b")
    assert next(stream.rows) == (IRI("http://e/a"), Literal("x"))
    read.set()
    assert [str(row[1]) for row in stream] == ["y", "1"]


def test_a_stream_that_breaks_tells_so_after_its_rows(server: Server) -> None:
    server.behave = lambda handler: handler.reply(SOLUTIONS[:220], length=len(SOLUTIONS))
    stream = store_of(server).stream("SELECT ?a ?b {}")
    assert next(stream.rows) == (IRI("http://e/a"), Literal("x"))
    with pytest.raises(EndpointError, match="no connection"):
        next(stream.rows)


def trickle(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.end_headers()
    for _ in range(60):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def hang_up(handler: Handler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def talk_nonsense(handler: Handler) -> None:
    handler.wfile.write(b"HELLO\r\n\r\n")


BAD: dict[str, tuple[Callable[[Handler], None], str]] = {
    "page with 200": (
        lambda h: h.reply(b"<html><h1>Please log in</h1></html>", "text/html; charset=utf-8"),
        "it answered with a web page: Please log in",
    ),
    "cut JSON": (lambda h: h.reply(SOLUTIONS[:100]), "its answer cannot be read"),
    "cut body": (lambda h: h.reply(SOLUTIONS, length=9999), "no connection: "),
    "JSON of something else": (lambda h: h.reply(b'{"ok": true}'), "it holds no solutions"),
    "JSON list": (lambda h: h.reply(b"[]"), "it is no JSON object"),
    "no JSON": (lambda h: h.reply(b"\xff\xfe", "text/plain"), "its answer cannot be read"),
    "unknown term": (
        lambda h: h.reply(SOLUTIONS.replace(b'"bnode"', b'"triple"')), "of an unknown type: triple"
    ),
    "400": (lambda h: h.reply(b"Parse error at line 3", status=400), "Parse error at line 3"),
    "401": (lambda h: h.reply(b"who are you", status=401), "who are you"),
    "404": (lambda h: h.reply(b"not here", status=404), "not here"),
    "414": (lambda h: h.reply(b"too long", status=414), "too long"),
    "429": (
        lambda h: h.reply(b"<p>slow down</p>", status=429), "it refused with 429: slow down"
    ),
    "500": (lambda h: h.reply(b"out of memory", status=500), "out of memory"),
    "502": (lambda h: h.reply(b"", status=502), "it refused with 502: Bad Gateway"),
    "503": (lambda h: h.reply(b"later", status=503), "it refused with 503: later"),
    "cut by the server": (
        lambda h: h.reply(SOLUTIONS, X_SPARQL_MaxRows="3"), "with the first 3 rows only"
    ),
    "silence": (lambda h: time.sleep(1.5), "no answer within 1 seconds"),
    "trickle": (trickle, "no answer within 1 seconds"),
    "hanging up": (hang_up, "no connection: "),
    "nonsense": (talk_nonsense, "no connection: "),
    "redirect to a file": (
        lambda h: h.reply(b"", status=302, Location="file:///etc/passwd"), "it refused with 302"
    ),
    "endless redirect": (
        lambda h: h.reply(b"", status=302, Location="/sparql"), "it refused with 302"
    ),
}  # fmt: skip


@pytest.mark.parametrize("manner", BAD)
def test_every_failure_is_one_kind_of_error(server: Server, manner: str) -> None:
    server.behave, words = BAD[manner]
    store = store_of(server, timeout=1)
    with pytest.raises(EndpointError) as caught:
        store.select("SELECT ?a ?b {}")
    assert words in caught.value.problem
    assert caught.value.where == store.url
    assert caught.value.exit_code == 3
    assert caught.value.remedy


def test_wrong_answers_to_the_other_forms(server: Server) -> None:
    store = store_of(server)
    server.behave = lambda handler: handler.reply(SOLUTIONS)
    with pytest.raises(EndpointError, match="it holds no truth value"):
        store.ask("ASK {}")
    with pytest.raises(EndpointError, match="it did not answer with a number"):
        store.count()
    with pytest.raises(EndpointError, match="is no format of RDF"):
        store.construct("CONSTRUCT WHERE { ?s ?p ?o }")
    server.behave = lambda handler: handler.reply(b"<http://e/a> <broken", "text/turtle")
    with pytest.raises(EndpointError, match="its answer cannot be read"):
        store.construct("CONSTRUCT WHERE { ?s ?p ?o }")


def test_a_refused_connection() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(EndpointError, match="no connection: "):
        RemoteStore(f"http://127.0.0.1:{port}/").ask("ASK {}")


@pytest.mark.parametrize("url", ["", "example.org", "file:///etc/passwd", "http://a b/", "http://"])
def test_what_is_no_endpoint(url: str) -> None:
    with pytest.raises(InputError, match="is not the URL of an endpoint"):
        RemoteStore(url)
