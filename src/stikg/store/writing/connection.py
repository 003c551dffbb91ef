"""One kept connection to a server: requests tried again with patience, answers whole or an error.

Every request of this package may be sent twice without harm, so all of them are tried again.
"""

from __future__ import annotations

import http.client
import re
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from stikg.errors import EndpointError, InputError
from stikg.store.credentials import Credentials
from stikg.store.writing.credentials import authorise

PASSING: Final = frozenset({429, 502, 503, 504})
"""Refusals that may be over in a moment."""

_TAG: Final = re.compile(r"<[^>]*>")
_LONGEST_WORDS: Final = 300


@dataclass(frozen=True)
class Patience:
    """How often a request is sent, how long each may take, how long is waited between, in seconds.

    The pause doubles from one trial to the next.
    """

    trials: int = 5
    timeout: float = 300
    pause: float = 0.5
    longest_pause: float = 30
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True)
class Reply:
    """An answer of a server, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def well(self) -> bool:
        """Tell whether it did what was asked."""
        return 200 <= self.status < 300

    def words(self) -> str:
        """Return what it says of itself, on one short line."""
        text = " ".join(_TAG.sub(" ", self.body.decode("utf-8", "replace")).split())
        return text if len(text) <= _LONGEST_WORDS else text[: _LONGEST_WORDS - 1] + "…"


class Connection:
    """A way to one server; all URLs asked of it have its scheme, host and port."""

    def __init__(
        self, url: str, credentials: Credentials | None = None, patience: Patience | None = None
    ) -> None:
        parts = split_url(url)
        self.url = url
        self.credentials = credentials
        self.patience = patience or Patience()
        self._secure = parts.scheme == "https"
        self._address = (parts.hostname or "", parts.port or (443 if self._secure else 80))
        self._line: http.client.HTTPConnection | None = None
        self._challenges: list[str] = []
        self._uses = 0
        self._met = False

    def request(
        self, method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str]
    ) -> Reply:
        """Return the answer to a request, whatever its status; passing failures are tried again.

        :raises EndpointError: if no trial has an answer.
        """
        parts = split_url(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        problem = ""
        for trial in range(self.patience.trials):
            if trial:
                self._wait(trial)
            try:
                reply = self._send(method, path, body, headers)
            except (OSError, http.client.HTTPException) as error:
                self.close()
                problem = _reason(error, self.patience.timeout)
                if not self._met and isinstance(error, (ConnectionRefusedError, socket.gaierror)):
                    remedy = "look at the URL, and whether the server runs"
                    raise self.error(problem, remedy=remedy) from error
                continue
            self._met = True
            if reply.status not in PASSING:
                return reply
            problem = f"it refused with {reply.status}: {reply.words()}"
            self._wait_as_told(reply.headers.get("retry-after", ""))
        raise self.error(
            f"{problem} ({self.patience.trials} trials)",
            remedy="look whether the server runs, then repeat the command: it goes on where it was",
        )

    def error(self, problem: str, *, where: str = "", remedy: str = "") -> EndpointError:
        """Return an error of this server that holds no password."""
        if self.credentials:
            problem = self.credentials.remove_from(problem)
        return EndpointError(problem, where=where or self.url, remedy=remedy or None)

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        reply = self._send_once(method, path, body, headers)
        if reply.status == 401 and self.credentials:
            asked = reply.headers.get("www-authenticate", "")
            if not self._challenges or self._uses > 1:  # or the nonce is too old
                self._challenges, self._uses = re.split(r",\s*(?=(?:Digest|Basic)\b)", asked), 0
                reply = self._send_once(method, path, body, headers)
        return reply

    def _send_once(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        sent = {"User-Agent": "stikg", **headers}
        if self.credentials and self._challenges:
            self._uses += 1
            proof = authorise(self._challenges, self.credentials, method, path, count=self._uses)
            sent |= {"Authorization": proof} if proof else {}
        line = self._open()
        line.request(method, path, body=body or None, headers=sent)
        with line.getresponse() as answer:
            content = self._read(answer)
            reply = Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, content)
        if answer.will_close:
            self.close()
        return reply

    def _read(self, answer: http.client.HTTPResponse) -> bytes:
        """Read a whole body; the timeout of a socket alone lets a trickle go on for ever."""
        until = time.monotonic() + self.patience.timeout
        pieces = []
        while piece := answer.read1(1 << 16):
            pieces.append(piece)
            if time.monotonic() > until:
                raise TimeoutError
        if answer.length:
            raise http.client.IncompleteRead(b"", answer.length)
        return b"".join(pieces)

    def _open(self) -> http.client.HTTPConnection:
        if self._line is None:
            kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
            self._line = kind(*self._address, timeout=self.patience.timeout)
            self._line.connect()
            self._line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._line

    def _wait(self, trial: int) -> None:
        pause = self.patience.pause * 2 ** (trial - 1)
        self.patience.sleep(min(pause, self.patience.longest_pause))

    def _wait_as_told(self, seconds: str) -> None:
        if seconds.isdigit():
            self.patience.sleep(min(float(seconds), self.patience.longest_pause))


def split_url(url: str) -> SplitResult:
    """Return the parts of the URL of a server.

    :raises InputError: if it is none, or holds a password.

    >>> split_url("http://ann:secret@example.org/")
    Traceback (most recent call last):
    ...
    stikg.errors.InputError: a password in a URL stays in histories and logs
      remedy: set STIKG_USER and STIKG_PASSWORD, or write it into netrc
    """
    if re.match(r"[^/]*//[^/?#]*@", url):
        raise InputError(
            "a password in a URL stays in histories and logs",
            remedy="set STIKG_USER and STIKG_PASSWORD, or write it into netrc",
        )
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
        usable = usable and parts.port != 0
    except ValueError:
        usable = False
    if not usable or re.search(r"[\s<>\"]", url):
        raise InputError(f"{url!r} is not the URL of a server", remedy="begin it with http")
    return parts


def _reason(error: Exception, timeout: float) -> str:
    if isinstance(error, TimeoutError):
        return f"it did not answer within {timeout:g} s"
    if isinstance(error, http.client.IncompleteRead):
        return "its answer was cut short"
    return f"the connection failed: {str(error) or type(error).__name__}"
