"""A remote endpoint, as it should be and in every way it should not."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from stikg.errors import EndpointError, InputError
from stikg.results import Table
from stikg.store import RemoteStore
from stikg.store.answers import read_solutions
from stikg.terms import IRI, XSD, BlankNode, Literal
from tests.fixtures.endpoint import JSON, QUICK, Handler, Server, running

SOLUTIONS = b"""{"head": {"vars": ["a", "b"]}, "results": {"bindings": [
 {"a": {"type": "uri", "value": "http://e/a"}, "b": {"type": "literal", "value": "x"}},
 {"a": {"type": "bnode", "value": "b0"},
  "b": {"type": "literal", "value": "y", "xml:lang": "en"}},
 {"b": {"type": "typed-literal", "value": "1",
        "datatype": "http://www.w3.org/2001/XMLSchema#integer"}}
]}}"""


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


def test_solutions(server: Server) -> None:
    server.behave = lambda handler: handler.reply(SOLUTIONS)
    table = server.store().select("SELECT ?a ?b {}", prefixes={"e": "http://e/"})
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
    server.store().select(query)
    method, _, body = server.seen
    assert method == "POST"
    assert parse_qs(body)["query"] == [query]


def test_ask_construct_count_and_quads(server: Server) -> None:
    store = server.store()
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
    stream = server.store().stream("SELECT ?a ?b {}")
    assert stream.columns == ("a", "b")
    assert next(stream.rows) == (IRI("http://e/a"), Literal("x"))
    read.set()
    assert [str(row[1]) for row in stream] == ["y", "1"]


def test_a_stream_that_breaks_tells_so_after_its_rows(server: Server) -> None:
    server.behave = lambda handler: handler.reply(SOLUTIONS[:220], length=len(SOLUTIONS))
    stream = server.store().stream("SELECT ?a ?b {}")
    assert next(stream.rows) == (IRI("http://e/a"), Literal("x"))
    with pytest.raises(EndpointError, match="no connection"):
        next(stream.rows)


def trickle(handler: Handler) -> None:
    handler.begin()
    handler.end_headers()
    while not handler.server.ended.wait(0.005):
        handler.wfile.write(b" ")


def trickle_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not handler.server.ended.wait(0.005):
        handler.wfile.write(b"x")


def hang_in_the_body(handler: Handler) -> None:
    handler.begin()
    handler.end_headers()
    handler.wfile.write(SOLUTIONS[:200])
    handler.server.ended.wait(5)


def hang_in_a_refusal(handler: Handler) -> None:
    handler.begin("text/plain", status=400)
    handler.end_headers()
    handler.server.ended.wait(5)


def refuse_without_end(handler: Handler) -> None:
    handler.begin("text/plain", status=400)
    handler.end_headers()
    while not handler.server.ended.is_set():
        handler.wfile.write(b"no " * 10000)


def chunks(*parts: bytes, end: bytes = b"") -> Callable[[Handler], None]:
    def behave(handler: Handler) -> None:
        handler.protocol_version = "HTTP/1.1"
        handler.close_connection = True
        handler.begin(Transfer_Encoding="chunked")
        handler.end_headers()
        for part in parts:
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        handler.wfile.write(end)
        handler.connection.shutdown(socket.SHUT_RDWR)

    return behave


def endless(start: bytes, more: bytes) -> Callable[[Handler], None]:
    def behave(handler: Handler) -> None:
        handler.begin()
        handler.end_headers()
        handler.wfile.write(start)
        while not handler.server.ended.is_set():
            handler.wfile.write(more * 1000)

    return behave


def hang_up(handler: Handler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def talk_nonsense(handler: Handler) -> None:
    handler.wfile.write(b"HELLO\r\n\r\n")


def elsewhere(target: str, status: int = 302) -> Callable[[Handler], None]:
    return lambda handler: handler.reply(b"moved", "text/plain", status=status, Location=target)


LATE = "no answer within 0.1 seconds"
UNREADABLE = "its answer cannot be read: "
HEAD = b'{"head": {"vars": ["a"]}, "results": {"bindings": ['
ROW = b'{"a": {"type": "literal", "value": "x"}},'
BAD: dict[str, tuple[Callable[[Handler], object], str]] = {
    "page with 200": (
        lambda h: h.reply(b"<html><h1>Please log in</h1></html>", "text/html; charset=utf-8"),
        "it answered with a web page: Please log in",
    ),
    "text with 200": (
        lambda h: h.reply(b"too busy", "text/plain"), "it answered with text/plain: too busy"
    ),
    "XML": (
        lambda h: h.reply(b"<sparql/>", "application/sparql-results+xml"),
        "it answered with application/sparql-results+xml:",
    ),
    "compressed": (
        lambda h: h.reply(b"\x1f\x8b", Content_Encoding="gzip"), "it compressed its answer (gzip)"
    ),
    "cut JSON": (lambda h: h.reply(SOLUTIONS[:100]), UNREADABLE),
    "cut between rows": (lambda h: h.reply(HEAD + ROW), UNREADABLE),
    "cut behind the rows": (lambda h: h.reply(HEAD + b"]"), UNREADABLE + "it is cut"),
    "cut body": (lambda h: h.reply(SOLUTIONS, length=9999), "no connection: IncompleteRead"),
    "cut chunk": (chunks(SOLUTIONS[:99], end=b"99\r\nx"), "no connection: IncompleteRead"),
    "cut between chunks": (chunks(SOLUTIONS[:99]), "no connection: IncompleteRead"),
    "two documents": (lambda h: h.reply(SOLUTIONS * 2), "'{' follows its end"),
    "JSON of something else": (lambda h: h.reply(b'{"ok": true}'), "it holds no solutions"),
    "the answer of ASK": (
        lambda h: h.reply(b'{"head": {}, "boolean": true}'), "it holds no solutions"
    ),
    "JSON list": (lambda h: h.reply(b"[]"), "it is no JSON object"),
    "nothing": (lambda h: h.reply(b""), "it is no JSON object"),
    "no UTF-8": (lambda h: h.reply(SOLUTIONS.replace(b'"x"', b'"\xff"')), UNREADABLE + "'utf-8'"),
    "Latin 1": (
        lambda h: h.reply(SOLUTIONS.replace(b'"x"', b'"\xe9"'), f"{JSON}; charset=iso-8859-1"),
        UNREADABLE + "'utf-8'",
    ),
    "half a pair": (
        lambda h: h.reply(SOLUTIONS.replace(b'"x"', b'"\\ud83d"')), "surrogates not allowed"
    ),
    "deep JSON": (lambda h: h.reply(b'{"x": ' + b"[" * 99999), "it is nested too deeply"),
    "columns that are none": (
        lambda h: h.reply(b'{"head": {"vars": [1]}, "results": {"bindings": []}}'), "is no text"
    ),
    "a row that is none": (lambda h: h.reply(HEAD + b"1]}}"), "a row of it is no object"),
    "a term that is none": (lambda h: h.reply(HEAD + b'{"a": 1}]}}'), "a term of it is no object"),
    "a key that is none": (lambda h: h.reply(b"{1: 2}"), UNREADABLE),
    "unknown term": (
        lambda h: h.reply(SOLUTIONS.replace(b'"bnode"', b'"triple"')), "of an unknown type: triple"
    ),
    "400": (lambda h: h.reply(b"Parse error at line 3", status=400), "Parse error at line 3"),
    "401": (lambda h: h.reply(b"who are you", status=401), "it refused with 401: who are you"),
    "404": (lambda h: h.reply(b"not here", status=404), "not here"),
    "414": (lambda h: h.reply(b"too long", status=414), "too long"),
    "429": (
        lambda h: h.reply(b"<p>slow down</p>", status=429), "it refused with 429: slow down"
    ),
    "500": (lambda h: h.reply(b"out of memory", status=500), "out of memory"),
    "502": (lambda h: h.reply(b"", status=502), "it refused with 502: Bad Gateway"),
    "503": (lambda h: h.reply(b"later", status=503), "it refused with 503: later"),
    "204": (lambda h: h.reply(b"", status=204), "it is no JSON object"),
    "silence": (lambda h: h.server.ended.wait(5), LATE),
    "silence in the body": (hang_in_the_body, LATE),
    "silence in a refusal": (hang_in_a_refusal, "it refused with 400: Bad Request"),
    "trickle": (trickle, LATE),
    "trickle of headers": (trickle_headers, LATE),
    "endless rows": (endless(HEAD, ROW), "larger than 200,000 bytes"),
    "endless space": (endless(b"{", b" "), "larger than 200,000 bytes"),
    "endless text": (endless(b'{"', b"x"), "larger than 200,000 bytes"),
    "endless refusal": (refuse_without_end, "it refused with 400: no no no"),
    "hanging up": (hang_up, "no connection: "),
    "nonsense": (talk_nonsense, "no connection: HELLO"),
    "redirect to a file": (
        elsewhere("file:///etc/passwd"), "it refused with 302: a redirect from http to file"
    ),
    "redirect to FTP": (elsewhere("ftp://127.0.0.1/x"), "a redirect from http to ftp"),
    "redirect with a password": (elsewhere("http://a:b@127.0.0.1/"), "to what is no address"),
    "redirect to nowhere": (
        lambda h: h.reply(b"", status=307), "it refused with 307: a redirect to nowhere"
    ),
    "endless redirect": (elsewhere("/sparql"), "it refused with 302: more than 5 redirects"),
}  # fmt: skip


@pytest.mark.parametrize("manner", BAD)
def test_every_failure_is_one_kind_of_error(
    server: Server, manner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stikg.store.remoterequest.MOST_BYTES", 200_000)
    server.behave, words = BAD[manner]
    store = server.store(timeout=0.1 if words in {LATE, BAD["silence in a refusal"][1]} else 5)
    began = time.monotonic()
    with pytest.raises(EndpointError) as caught:
        store.select("SELECT ?a ?b {}")
    assert words in caught.value.problem
    assert len(caught.value.problem) < 500
    assert caught.value.where == store.url
    assert caught.value.exit_code == 3
    assert caught.value.remedy
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    "manner", ["silence in the body", "trickle", "cut body", "no UTF-8", "nothing", "XML"]
)
def test_a_stream_ends_with_the_same_error(server: Server, manner: str) -> None:
    server.behave, words = BAD[manner]
    with pytest.raises(EndpointError) as caught:
        list(server.store(timeout=0.1).stream("SELECT ?a ?b {}"))
    assert words in caught.value.problem


def test_a_stream_may_take_longer_than_an_answer(server: Server) -> None:
    """It is late when no row comes in time, not when the reader takes long or the rows are many."""

    def write_slowly(handler: Handler) -> None:
        handler.begin()
        handler.end_headers()
        handler.wfile.write(HEAD)
        for _ in range(5):
            handler.wfile.write(ROW)
            time.sleep(0.1)
        handler.wfile.write(ROW[:-1] + b"]}}")

    server.behave = write_slowly
    stream = server.store(timeout=0.4).stream("SELECT ?a {}")
    next(stream.rows)
    time.sleep(0.5)
    assert len(list(stream)) == 5
    with pytest.raises(EndpointError, match="no answer within"):
        server.store(timeout=0.4).select("SELECT ?a {}")


def test_a_document_whose_head_comes_last(server: Server) -> None:
    body = (
        b'{"results": {"x": 1, "bindings": [%s]}, "link": [], "head": {"vars": ["a"]}}' % ROW[:-1]
    )
    server.behave = lambda handler: handler.reply(b"\xef\xbb\xbf" + body, "application/json")
    assert server.store().select("SELECT ?a {}") == Table(("a",), ((Literal("x"),),))


def test_what_is_read_does_not_depend_on_the_pieces() -> None:
    """The border of two pieces may be anywhere: in a character, an escape, a number, a word."""
    body = '{"a": [1, true], "head": {"vars": ["é\\u00e9"]}, "n": 12.5e3, '
    body += '"results": {"bindings": [{"éé": {"type": "literal", '
    body += '"value": "\\ud83d\\ude00\\n\U0001f600"}}]}}'
    for size in (1, 2, 3, 5, 7, 11, 400):
        data = body.encode()
        stream = read_solutions(data[i : i + size] for i in range(0, len(data), size))
        assert stream.table() == Table(("éé",), ((Literal("\U0001f600\n\U0001f600"),),))


def test_wrong_answers_to_the_other_forms(server: Server) -> None:
    store = server.store()
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
        RemoteStore(f"http://127.0.0.1:{port}/", retries=QUICK).ask("ASK {}")


@pytest.mark.parametrize(
    "url",
    [
        "", "example.org", "file:///etc/passwd", "http://a b/", "http://", "http:///x",
        "http://e:99999/", "http://e:x/", "http://e:0/", "http://[::1/", "http://e/é",
    ],
)  # fmt: skip
def test_what_is_no_endpoint(url: str) -> None:
    with pytest.raises(InputError, match="is not the URL of an endpoint"):
        RemoteStore(url)
