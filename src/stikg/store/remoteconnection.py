"""The way to a server: one connection with an end, redirects and passwords under control.

SPARQLWrapper opens its requests with urllib's global opener. That one follows redirects with the
Authorization header to any host and to FTP, answers a challenge by Digest only after it has
been installed for the whole process, and waits for as long as one byte comes in each timeout.
"""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final
from urllib import request as urllib
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit

from stikg.errors import StikgError
from stikg.store.credentials import Credentials

_MOST_REDIRECTS: Final = 5
_BASIC: Final = re.compile(r"(?:^|,)\s*Basic\b", re.IGNORECASE)
_DIGEST: Final = re.compile(r"(?:^|,)\s*Digest\s+(.*)", re.IGNORECASE | re.DOTALL)


class Deadline:
    """The end of waiting for a server; a thread cuts the connection when it has come.

    A timeout of the socket alone begins anew with each byte. A ``renewed`` deadline begins anew
    with each row, and does not run while nobody waits.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds
        self._socket: socket.socket | None = None
        self._waiting = self._passed = False
        self._steady = True
        self._lock = threading.Lock()
        self._closed = threading.Event()
        threading.Thread(target=self._watch, daemon=True, name="stikg-deadline").start()

    def take(self, connection: socket.socket) -> None:
        """Remember what to cut; after a redirect it is another connection."""
        with self._lock:
            self._socket = connection

    def renew(self) -> None:
        """Begin anew: a row has come and was used."""
        with self._lock:
            self._steady = False
            self._end = time.monotonic() + self.seconds

    def close(self) -> None:
        """Let the thread end."""
        self._closed.set()

    @contextlib.contextmanager
    def waiting(self) -> Iterator[None]:
        """Wait for the server.

        :raises TimeoutError: if the deadline passes.
        """
        with self._lock:
            self._waiting = True
        try:
            yield
        except (OSError, http.client.HTTPException, ValueError) as error:
            if self._passed:
                raise TimeoutError from error
            raise
        finally:
            with self._lock:
                self._waiting = False
        if self._passed:
            raise TimeoutError

    def _watch(self) -> None:
        while not self._closed.wait(max(0.0, self._end - time.monotonic())):
            with self._lock:
                if time.monotonic() < self._end:
                    continue
                if self._waiting or self._steady:
                    self._passed = True
                    break
                self._end = time.monotonic() + self.seconds
        if self._passed and self._socket is not None:
            with contextlib.suppress(OSError):  # SSLSocket's own shutdown would drop its session
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def open_request(
    request: urllib.Request, deadline: Deadline, credentials: Callable[[], Credentials | None]
) -> Any:
    """Return the response to a request; ``credentials`` are asked for when the server demands them.

    :raises OSError: if there is no answer, or one that refuses (urllib.error.HTTPError).
    :raises http.client.HTTPException: if the answer is no HTTP.
    """
    opener = urllib.OpenerDirector()
    for handler in (
        urllib.ProxyHandler(),
        _Plain(deadline),
        _Secure(deadline),
        urllib.HTTPErrorProcessor(),
        urllib.HTTPDefaultErrorHandler(),
        urllib.UnknownHandler(),
        _Redirects(),
        _Authentication(request.full_url, credentials),
    ):
        opener.add_handler(handler)
    response: Any = None
    try:
        with deadline.waiting():
            response = opener.open(request, timeout=deadline.seconds)
    except TimeoutError:
        if response is not None:  # it came at the last moment
            response.close()
        raise
    return response


class _PlainConnection(http.client.HTTPConnection):
    """A connection whose socket the deadline knows."""

    def __init__(self, *arguments: Any, deadline: Deadline, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._deadline = deadline

    def connect(self) -> None:
        """Connect, and tell the deadline what to cut."""
        super().connect()
        self._deadline.take(self.sock)


class _SecureConnection(http.client.HTTPSConnection):
    """The same with TLS."""

    def __init__(self, *arguments: Any, deadline: Deadline, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._deadline = deadline

    def connect(self) -> None:
        """Connect, and tell the deadline what to cut."""
        super().connect()
        self._deadline.take(self.sock)


class _Plain(urllib.HTTPHandler):
    def __init__(self, deadline: Deadline) -> None:
        super().__init__()
        self._connection = partial(_PlainConnection, deadline=deadline)

    def http_open(self, req: urllib.Request) -> http.client.HTTPResponse:
        """Open a connection without TLS."""
        return self.do_open(self._connection, req)


class _Secure(urllib.HTTPSHandler):
    def __init__(self, deadline: Deadline) -> None:
        super().__init__()
        self._connection = partial(_SecureConnection, deadline=deadline)

    def https_open(self, req: urllib.Request) -> http.client.HTTPResponse:
        """Open a connection with TLS; certificates are checked as Python does."""
        return self.do_open(self._connection, req)


class _Redirects(urllib.HTTPRedirectHandler):
    """Follows a query to another place, never to another protocol, never with a password."""

    def http_error_302(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> Any:
        """Ask at the new place; a posted query is posted again, as RFC 9110 has it for 307."""
        target = urljoin(req.full_url, headers.get("Location", ""))
        parts, before = urlsplit(target), urlsplit(req.full_url)
        count = getattr(req, "redirects", 0) + 1
        if "Location" not in headers:
            problem = "a redirect to nowhere"
        elif parts.scheme not in {"http", "https"} or parts.scheme < before.scheme:
            problem = f"a redirect from {before.scheme} to {parts.scheme}"
        elif "@" in parts.netloc or not parts.netloc:
            problem = "a redirect to what is no address"
        elif count > _MOST_REDIRECTS:
            problem = f"more than {_MOST_REDIRECTS} redirects"
        else:
            problem = ""
        if problem:
            raise HTTPError(req.full_url, code, problem, headers, fp)
        fp.close()
        body = None if code == http.client.SEE_OTHER else req.data
        left_out = set() if body is not None else {"Content-type", "Content-length"}
        kept = {name: text for name, text in req.headers.items() if name not in left_out}
        new = urllib.Request(target.replace(" ", "%20"), data=body, headers=kept)  # noqa: S310
        new.redirects = count  # type: ignore[attr-defined]
        return self.parent.open(new, timeout=req.timeout)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


class _Authentication(urllib.AbstractDigestAuthHandler, urllib.BaseHandler):
    """Answers a challenge of the server that was named, by Digest (RFC 7616) or Basic, once."""

    auth_header = "Authorization"
    handler_order = 490

    def __init__(self, url: str, credentials: Callable[[], Credentials | None]) -> None:
        super().__init__(self)  # type: ignore[arg-type]
        self._origin = _origin(url)
        self._credentials = credentials

    def add_password(self, *arguments: Any) -> None:
        """Take none: there is one user for one server."""

    def find_user_password(self, realm: str, url: str) -> tuple[str | None, str | None]:
        """Return who asks, as the handler of Digest wants to know it."""
        found = self._credentials() if _origin(url) == self._origin else None
        return (found.user, found.password) if found else (None, None)

    def http_error_401(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> Any:
        """Ask again with credentials, unless they were refused or are for another server."""
        if req.has_header(self.auth_header) or _origin(req.full_url) != self._origin:
            return None
        try:
            credentials = self._credentials()
            answer = credentials and self._answer(req, headers, credentials)
        except ValueError:  # an algorithm that nobody here knows
            answer = None
        except StikgError:
            fp.close()
            raise
        if not answer:
            return None
        fp.close()
        req.add_unredirected_header(self.auth_header, answer)
        return self.parent.open(req, timeout=req.timeout)

    def _answer(self, req: Any, headers: Any, credentials: Credentials) -> str | None:
        challenges = ", ".join(headers.get_all("WWW-Authenticate") or [])
        if digest := _DIGEST.search(challenges):
            items = filter(None, urllib.parse_http_list(digest[1]))
            fields = urllib.parse_keqv_list([item for item in items if "=" in item])
            found = self.get_authorization(req, fields)
            return f"Digest {found}" if found else None
        return credentials.basic() if _BASIC.search(challenges) else None


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()
