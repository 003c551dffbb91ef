"""The way to an endpoint: asked again, elsewhere, and by somebody with a password."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import logging
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from email.utils import formatdate
from pathlib import Path

import pytest

from stikg.errors import EndpointError, InputError
from stikg.store import RemoteStore
from stikg.store.credentials import find_credentials
from stikg.store.remoterequest import Refused
from stikg.store.remoteretries import Retries, retry_after
from tests.fixtures.endpoint import JSON, QUICK, Handler, Server, running

YES = b'{"head": {}, "boolean": true}'
NAME, SECRET = "reader", "open:sesame/42"


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("STIKG_USER", raising=False)
    monkeypatch.delenv("STIKG_PASSWORD", raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        server.behave = lambda handler: handler.reply(YES)
        yield server


@pytest.fixture
def elsewhere() -> Iterator[Server]:
    with running() as server:
        server.behave = lambda handler: handler.reply(YES)
        yield server


def in_turn(*manners: Callable[[Handler], object]) -> Callable[[Handler], object]:
    waiting = list(manners)
    return lambda handler: (waiting.pop(0) if len(waiting) > 1 else waiting[0])(handler)


def refuse(status: int, **headers: str) -> Callable[[Handler], object]:
    return lambda handler: handler.reply(
        b"busy", "text/plain", status=status, length=None, **headers
    )


def agree(handler: Handler) -> None:
    handler.reply(YES)


def drop(handler: Handler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def drop_in_the_middle(handler: Handler) -> None:
    handler.reply(YES[:9], length=len(YES))


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_server_is_asked_again(server: Server, status: int) -> None:
    server.behave = in_turn(refuse(status), refuse(status), agree)
    assert server.store().ask("ASK {}")
    assert len(server.requests) == 3


@pytest.mark.parametrize("manner", [drop, drop_in_the_middle])
def test_a_dropped_connection_is_made_again(
    server: Server, manner: Callable[[Handler], None]
) -> None:
    server.behave = in_turn(manner, agree)
    assert server.store().ask("ASK {}")
    server.behave = manner
    with pytest.raises(EndpointError, match="no connection"):
        server.store().ask("ASK { ?second ?time ?round }")
    second = [path for _, path, _ in server.requests if "second" in path]
    assert len(second) == QUICK.attempts


def test_a_server_that_is_not_there_yet() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    slept: list[float] = []
    retries = Retries(attempts=3, first=0.1, sleep=slept.append)
    with pytest.raises(EndpointError, match="Connection refused"):
        RemoteStore(f"http://127.0.0.1:{port}/", retries=retries).ask("ASK {}")
    assert len(slept) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 413, 414, 500, 501])
def test_what_will_not_pass_is_asked_once(server: Server, status: int) -> None:
    server.behave = refuse(status)
    with pytest.raises(EndpointError, match=f"it refused with {status}: busy"):
        server.store().ask("ASK {}")
    assert len(server.requests) == 1


def test_a_hanging_server_is_asked_once(server: Server) -> None:
    server.behave = lambda handler: handler.server.ended.wait(5)
    with pytest.raises(EndpointError, match="no answer within"):
        server.store(timeout=0.05).ask("ASK {}")
    assert len(server.requests) == 1


def test_retry_after_is_honoured(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    slept: list[float] = []
    retries = Retries(first=0.001, total=100, sleep=slept.append)
    moment = formatdate(time.time() + 40, usegmt=True)
    server.behave = in_turn(
        refuse(503, Retry_After="7"), refuse(503, Retry_After=moment), refuse(503), agree
    )
    with caplog.at_level(logging.WARNING, "stikg"):
        assert server.store(retries=retries).ask("ASK {}")
    assert slept[0] == 7
    assert 37 < slept[1] <= 40
    assert slept[2] < 0.01
    assert [record.message for record in caplog.records] == [
        "stikg: 127.0.0.1 answered 503; asked again in 7 s",
        f"stikg: 127.0.0.1 answered 503; asked again in {slept[1]:.0f} s",
    ]


def test_a_server_that_worked_before_it_refused_is_asked_again_on_its_word(server: Server) -> None:
    """It gave the query up, as ours does after some seconds, and would give it up again."""
    retries = Retries(first=0.001, slow=0)
    server.behave = in_turn(refuse(503), agree)
    with pytest.raises(EndpointError, match="it refused with 503"):
        server.store(retries=retries).ask("ASK {}")
    server.behave = in_turn(refuse(503, Retry_After="0"), agree)
    assert server.store(retries=retries).ask("ASK {}")


def test_a_server_that_wants_to_be_left_for_long_is_left(server: Server) -> None:
    server.behave = refuse(429, Retry_After="3600")
    with pytest.raises(EndpointError, match="it refused with 429: busy"):
        server.store(retries=Retries(sleep=lambda _: pytest.fail("slept"))).ask("ASK {}")
    assert len(server.requests) == 1


def test_pauses_grow_and_differ() -> None:
    def pauses() -> list[float]:
        slept: list[float] = []

        def fail() -> None:
            raise Refused(503, {}, b"")

        with pytest.raises(Refused):
            Retries(attempts=7, first=1, longest=8, total=1e9, sleep=slept.append).run(fail, "h")
        return slept

    first, second = pauses(), pauses()
    assert first != second
    for pause, most in zip(first, (1, 2, 4, 8, 8, 8), strict=True):
        assert most / 2 <= pause <= most


@pytest.mark.parametrize(("said", "seconds"), [("", None), ("-1", None), ("x y", None), ("0", 0)])
def test_retry_after_in_other_forms(said: str, seconds: float | None) -> None:
    assert retry_after({"Retry-After": said}) == seconds


def test_a_stream_is_begun_again_but_never_repeated(server: Server) -> None:
    head = b'{"head": {"vars": ["a"]}, "results": {"bindings": ['
    row = b'{"a": {"type": "literal", "value": "x"}}'
    server.behave = in_turn(
        refuse(503), lambda handler: handler.reply(head + row + b",", length=9999), agree
    )
    rows = server.store().stream("SELECT ?a {}").rows
    assert next(rows)
    with pytest.raises(EndpointError, match="no connection"):
        next(rows)
    assert len(server.requests) == 2


def expected(handler: Handler) -> None:
    """Answer who asks by Basic (RFC 7617), refuse everybody else."""
    given = handler.headers.get("Authorization", "")
    right = base64.b64encode(f"{NAME}:{SECRET}".encode()).decode()
    if given == f"Basic {right}":
        handler.reply(YES)
    else:
        handler.reply(
            f"who are you? {given} {SECRET}".encode(), "text/plain", status=401,
            WWW_Authenticate='Negotiate, Basic realm="x"' if not given else 'Basic realm="x"',
        )  # fmt: skip


def digested(handler: Handler) -> None:
    """Answer who asks by Digest (RFC 2617), refuse everybody else."""
    given = dict(re.findall(r'(\w+)="?([^",]+)', handler.headers.get("Authorization", "")))

    def hashed(text: str) -> str:
        return hashlib.md5(text.encode()).hexdigest()

    first = hashed(f"{NAME}:SPARQL:{SECRET}")
    second = hashed(f"{handler.command}:{handler.path}")
    parts = (first, "abc", given.get("nc", ""), given.get("cnonce", ""), "auth", second)
    if given.get("response") == hashed(":".join(parts)):
        handler.reply(YES)
    else:
        challenge = 'Digest realm="SPARQL", nonce="abc", qop="auth", algorithm="MD5"'
        handler.reply(b"no", "text/plain", status=401, WWW_Authenticate=challenge)


@pytest.mark.parametrize("manner", [expected, digested])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_credentials_of_the_environment(
    server: Server, manner: Callable[[Handler], None], method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STIKG_USER", NAME)
    monkeypatch.setenv("STIKG_PASSWORD", SECRET)
    server.behave = manner
    assert server.store(method=method).ask("ASK {}")
    assert [request[0] for request in server.requests] == [method] * 2
    assert "Authorization" not in server.requests[0][2]  # only who asks for it gets it


def test_a_server_that_asks_nobody_gets_nothing(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STIKG_USER", NAME)
    monkeypatch.setenv("STIKG_PASSWORD", SECRET)
    server.store().ask("ASK {}")
    assert "Authorization" not in server.requests[0][2]


def test_credentials_of_netrc(server: Server, tmp_path: Path) -> None:
    server.behave = expected
    (tmp_path / "netrc").write_text("machine example.org login a password b\n", encoding="utf-8")
    with pytest.raises(EndpointError, match="it refused with 401") as caught:
        server.store().ask("ASK {}")
    assert "STIKG_USER" in str(caught.value.remedy)
    entry = f"machine 127.0.0.1\nlogin {NAME}\npassword {SECRET}\n"
    (tmp_path / "netrc").write_text(entry, encoding="utf-8")
    assert server.store().ask("ASK {}")


def test_a_broken_netrc_is_not_shown(server: Server, tmp_path: Path) -> None:
    server.behave = expected
    (tmp_path / "netrc").write_text(f"machine 127.0.0.1 {SECRET}\n", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read as netrc") as caught:
        server.store().ask("ASK {}")
    assert SECRET not in repr(caught.value) + str(caught.value) + repr(caught.value.__context__)
    assert str(caught.value.where).startswith(f"{tmp_path / 'netrc'}:")


def test_half_of_the_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STIKG_USER", NAME)
    with pytest.raises(InputError, match="STIKG_PASSWORD is not set"):
        find_credentials("http://e/")
    monkeypatch.delenv("STIKG_USER")
    monkeypatch.setenv("STIKG_PASSWORD", SECRET)
    with pytest.raises(InputError, match="STIKG_USER is not set"):
        find_credentials("http://e/")


def test_a_wrong_password_is_tried_once_and_never_repeated(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The server puts it into its own words, and they are shown without it."""
    wrong = "wrong:one"
    monkeypatch.setenv("STIKG_USER", NAME)
    monkeypatch.setenv("STIKG_PASSWORD", wrong)

    def refuse_with_it(handler: Handler) -> None:
        words = f"{wrong} {handler.headers.get('Authorization')} is wrong"
        challenge = 'Basic realm="x"'
        handler.reply(words.encode(), "text/plain", status=401, WWW_Authenticate=challenge)

    server.behave = refuse_with_it
    store = server.store()
    with caplog.at_level(logging.DEBUG), pytest.raises(EndpointError) as caught:
        store.ask("ASK {}")
    assert len(server.requests) == 2
    encoded = base64.b64encode(f"{NAME}:{wrong}".encode()).decode()
    shown = f"{caught.value} {caught.value!r} {store!r} {caplog.text} {caught.value.__cause__!r}"
    assert "*** Basic *** is wrong" in shown
    assert wrong not in shown
    assert encoded not in shown


@pytest.mark.parametrize(
    "challenge", ["Negotiate", "Bearer realm=x", "", 'Digest realm="x", nonce="n", algorithm=NO']
)
def test_a_challenge_that_nobody_here_can_answer(
    server: Server, challenge: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STIKG_USER", NAME)
    monkeypatch.setenv("STIKG_PASSWORD", SECRET)
    server.behave = lambda h: h.reply(b"no", "text/plain", status=401, WWW_Authenticate=challenge)
    with pytest.raises(EndpointError, match="it refused with 401: no"):
        server.store().ask("ASK {}")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "url",
    ["http://me:secret@example.org/sparql", "https://secret@example.org", "http://:secret@e/"],
)
def test_a_password_in_the_url_is_refused_and_not_shown(url: str) -> None:
    with pytest.raises(InputError, match="does not belong in a URL") as caught:
        RemoteStore(url)
    assert "secret" not in str(caught.value)
    assert "STIKG_PASSWORD" in str(caught.value.remedy)


def test_parameters_of_a_url_are_sent_and_not_shown(server: Server) -> None:
    store = RemoteStore(f"{server.url}?key=sesame", retries=QUICK)
    assert store.ask("ASK {}")
    assert server.seen[1].startswith("/sparql?key=sesame&query=")
    assert RemoteStore(f"{server.url}?key=sesame", method="POST").ask("ASK {}")
    assert server.seen == ("POST", "/sparql?key=sesame", "query=ASK+%7B%7D")
    server.behave = refuse(500)
    with pytest.raises(EndpointError) as caught:
        store.ask("ASK {}")
    assert "sesame" not in repr(store) + str(caught.value)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_query_follows_a_redirect_without_the_password(
    server: Server, elsewhere: Server, status: int, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STIKG_USER", NAME)
    monkeypatch.setenv("STIKG_PASSWORD", SECRET)
    target = f"{elsewhere.url}?moved"

    def move(handler: Handler) -> None:
        if "Authorization" in handler.headers:
            handler.reply(b"", status=status, Location=target)
        else:
            expected(handler)

    server.behave = move
    elsewhere.behave = in_turn(
        lambda h: h.reply(b"", status=401, WWW_Authenticate='Basic realm="x"'), agree
    )
    with pytest.raises(EndpointError, match="it refused with 401"):
        server.store(method=method).ask("ASK {}")
    assert server.store(method=method).ask("ASK {}")
    assert [request[0] for request in elsewhere.requests] == [method] * 2
    assert all("Authorization" not in request[2] for request in elsewhere.requests)
    assert {request[2]["Accept"] for request in elsewhere.requests} == {JSON}
    if method == "POST":
        assert elsewhere.seen[2] == "query=ASK+%7B%7D"


def test_see_other_is_fetched(server: Server, elsewhere: Server) -> None:
    target = elsewhere.url
    server.behave = lambda handler: handler.reply(b"", status=303, Location=target)
    assert server.store(method="POST").ask("ASK {}")
    assert elsewhere.seen == ("GET", "/sparql", "")


def test_an_update_is_never_sent_as_one(server: Server) -> None:
    """SPARQLWrapper would send it to the server as an update, with the password."""
    server.behave = refuse(400)
    with pytest.raises(EndpointError):
        server.store().select("INSERT DATA { <e:a> <e:b> <e:c> }")
    method, path, body = server.seen
    assert method == "GET"
    assert path.startswith("/sparql?query=INSERT")
    assert body == ""


def test_no_thread_is_left(server: Server) -> None:
    before = {thread.name for thread in threading.enumerate()}
    store = server.store()
    for manner in (agree, refuse(400), drop):
        server.behave = manner
        with contextlib.suppress(EndpointError):
            store.ask("ASK {}")
    server.behave = lambda handler: handler.reply(b'{"head": {"vars": []}, "results": ', length=99)
    with contextlib.suppress(EndpointError):
        server.store().stream("SELECT * {}")  # and never read
    for _ in range(100):
        if "stikg-deadline" not in {thread.name for thread in threading.enumerate()} - before:
            return
        time.sleep(0.01)
    pytest.fail("a deadline is still watched")
