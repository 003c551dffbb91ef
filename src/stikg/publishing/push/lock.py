"""One push at a time: a triple on the server says who is at work, and until when at the latest.

The time is the server's own, so that clocks need not agree. A push on this machine whose process
has ended holds nothing.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from stikg.errors import EndpointError
from stikg.publishing.push.names import LOCK
from stikg.store.writing import WritableStore

LASTS: Final = timedelta(minutes=10)
"""How long a lock holds unless it is renewed: longer than a request may take."""

RENEWED: Final = 60.0
"""Seconds after which a push at work renews its lock."""

_VALUE: Final = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#value>"


@dataclass(frozen=True)
class Held:
    """A lock: the machine (a digest of its address), the process, and the time of its end."""

    machine: str
    process: int
    until: datetime

    def __str__(self) -> str:
        return f"{self.machine} {self.process} {self.until.isoformat()}"

    @property
    def ended(self) -> bool:
        """Tell whether its process is known to have ended, or is this one."""
        if self.machine != _machine() or sys.platform == "win32":
            return False
        if self.process == os.getpid():
            return True
        try:
            os.kill(self.process, 0)
        except ProcessLookupError:
            return True
        except OSError:
            return False
        return False


class Lock:
    """The lock of this push; renewed while it works, removed at its end."""

    def __init__(self, store: WritableStore) -> None:
        self._store = store
        self._text = ""
        self._renewed = 0.0

    def take(self) -> None:
        """Take the lock.

        :raises EndpointError: if another push holds it.
        """
        now = server_time(self._store)
        old = read_lock(self._store)
        if old is not None and not old.ended and old.until > now:
            raise self._held(old, now)
        self._set(str(old) if old is not None else "", now)

    def renew(self, *, now: bool = False) -> None:
        """Renew the lock if that is due, or before what may take long, ``now``.

        :raises EndpointError: if another push has taken it, because this one was too slow.
        """
        if now or time.monotonic() - self._renewed > RENEWED:
            self._set(self._text, server_time(self._store))

    def release(self) -> None:
        """Remove the lock.

        :raises EndpointError: if the server does not answer.
        """
        if self._store.places.update:
            self._store.update(f"DELETE DATA {{ {_pattern(self._text)} }}")
        else:
            self._store.delete(LOCK)

    def _set(self, old: str, now: datetime) -> None:
        new = str(Held(_machine(), os.getpid(), now + LASTS))
        if not self._store.places.update:
            self._store.put(LOCK, [f'<{LOCK}> {_VALUE} "{new}" .\n'])
        else:  # only if nobody was quicker
            removal = f"DELETE DATA {{ {_pattern(old)} }} ;\n" if old else ""
            free = f"FILTER NOT EXISTS {{ GRAPH <{LOCK}> {{ <{LOCK}> {_VALUE} ?any }} }}"
            self._store.update(f"{removal}INSERT {{ {_pattern(new)} }} WHERE {{ {free} }}")
        self._text, self._renewed = new, time.monotonic()
        held = read_lock(self._store)
        if held is None or str(held) != new:
            raise self._held(held, now)

    def _held(self, held: Held | None, now: datetime) -> EndpointError:
        seconds = max(1, round((held.until - now).total_seconds())) if held else 1
        return self._store.connection.error(
            "another push is at work there",
            remedy=f"wait for its end; if it was broken off, its lock ends in {seconds} s",
        )


def read_lock(store: WritableStore) -> Held | None:
    """Return the lock that is on the server, or None; what cannot be read holds nothing.

    :raises EndpointError: if the server does not answer.
    """
    pattern = f"GRAPH <{LOCK}> {{ <{LOCK}> {_VALUE} ?o }}"
    rows = store.select(f"SELECT ?o {{ {pattern} }} ORDER BY ?o").rows
    if not rows:
        return None
    try:
        machine, process, until = str(rows[0][0]).split(" ")
        return Held(machine, int(process), datetime.fromisoformat(until))
    except ValueError:
        return None


def server_time(store: WritableStore) -> datetime:
    """Return the time of the server's clock, to the second.

    :raises EndpointError: if it does not tell.
    """
    text = str(store.select("SELECT (NOW() AS ?now) { }").rows[0][0])
    try:
        return datetime.fromisoformat(text[:19]).replace(tzinfo=UTC)
    except ValueError as error:
        raise store.connection.error(f"{text!r} is not the time") from error


def _pattern(text: str) -> str:
    return f'GRAPH <{LOCK}> {{ <{LOCK}> {_VALUE} "{text}" }}'


def _machine() -> str:
    return hashlib.sha256(f"stikg {uuid.getnode()}".encode()).hexdigest()[:12]
