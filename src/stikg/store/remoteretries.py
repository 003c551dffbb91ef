"""Asking a server again that was busy or dropped the connection."""

from __future__ import annotations

import email.utils
import http.client
import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.error import URLError

from stikg.store.remoterequest import Refused

BUSY: Final = frozenset({429, 502, 503, 504})
"""Answers that may be another one a little later."""

_WORTH_TELLING: Final = 2.0
"""Seconds of a pause that nobody should wonder at; the last one without Retry-After is shorter."""
_DROPPED: Final = (ConnectionError, http.client.RemoteDisconnected, http.client.IncompleteRead)
_LOGGER: Final = logging.getLogger("stikg")

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Retries:
    """How often and for how long a server is asked again.

    The pauses are ``first`` seconds, twice as many each time, ``longest`` at most, and by chance up
    to half shorter, so that many who were refused together do not come back together. A server
    that says Retry-After is left in peace for so long. One that took more than ``slow`` seconds to
    refuse has worked on the query, and is asked again only if it says so. After ``total`` seconds
    nobody asks again.
    """

    attempts: int = 4
    first: float = 0.5
    longest: float = 10.0
    total: float = 60.0
    slow: float = 5.0
    sleep: Callable[[float], None] = time.sleep

    def run(self, ask: Callable[[], _Answer], host: str) -> _Answer:
        """Return what ``ask`` returns, called again after an error that may pass.

        Pauses of more than two seconds are told in the log, which is standard error.
        """
        began = time.monotonic()
        for attempt in range(1, self.attempts):
            asked = time.monotonic()
            try:
                return ask()
            except (OSError, http.client.HTTPException) as error:
                pause = self._pause(error, attempt, time.monotonic() - asked)
                if pause is None or time.monotonic() - began + pause > self.total:
                    raise
                reason = (
                    f"answered {error.code}" if isinstance(error, Refused) else "did not answer"
                )
            if pause > _WORTH_TELLING:
                _LOGGER.warning("stikg: %s %s; asked again in %.0f s", host, reason, pause)
            self.sleep(pause)
        return ask()

    def _pause(self, error: Exception, attempt: int, took: float) -> float | None:
        """Return the seconds to wait before the next attempt, or None if there is to be none."""
        pause = min(self.longest, self.first * 2 ** (attempt - 1))
        pause *= random.uniform(0.5, 1)  # noqa: S311 (no secret)
        if isinstance(error, Refused):
            if error.code not in BUSY:
                return None
            said = retry_after(error.headers)
            if said is None:
                return pause if took <= self.slow else None
            return max(said, 0.0)
        cause = error.reason if isinstance(error, URLError) else error
        return pause if isinstance(cause, _DROPPED) else None


def retry_after(headers: Any) -> float | None:
    """Return the seconds of a Retry-After header (RFC 9110, section 10.2.3); None without one.

    >>> retry_after({"Retry-After": "3"})
    3.0
    >>> retry_after({"Retry-After": "soon"}) is None
    True
    """
    said = (headers.get("Retry-After") or "").strip()
    if said.isdecimal():
        return float(said)
    try:
        moment = email.utils.parsedate_to_datetime(said)
    except (ValueError, TypeError):
        return None
    return moment.timestamp() - time.time()
