"""URLs of endpoints: what is one, and how much of it may be shown."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from stikg.errors import InputError


def check_url(url: str) -> str:
    """Return the URL of an endpoint.

    :raises InputError: if it is none, or holds a user or password; the message never does.

    >>> check_url("http://me:secret@example.org/sparql")
    Traceback (most recent call last):
    ...
    stikg.errors.InputError: http://example.org/sparql: a user or password does not belong in a URL
      remedy: put user and password into STIKG_USER and STIKG_PASSWORD, or into ~/.netrc
    """
    if "@" in url.partition("://")[2].partition("/")[0]:
        from stikg.store.credentials import REMEDY

        raise InputError(
            "a user or password does not belong in a URL", where=shown_url(url), remedy=REMEDY
        )
    if not (re.match(r"https?://[^\s<>\"]+\Z", url, re.IGNORECASE) and _is_whole(url)):
        raise InputError(f"{url!r} is not the URL of an endpoint", remedy="begin it with http")
    return url


def _is_whole(url: str) -> bool:
    """Tell whether there is a host, a port that can be one, and a path as it is sent."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0 and f"{parts.path}{parts.query}".isascii()
    except ValueError:
        return False


def shown_url(url: str) -> str:
    """Return a URL as it may be shown: without user, password and parameters, which can be keys.

    >>> shown_url("https://me:secret@example.org/sparql?key=42")
    'https://example.org/sparql?…'
    """
    scheme, mark, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    path, asked, _ = path.partition("?")
    return f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path}{'?…' if asked else ''}"
