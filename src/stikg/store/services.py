"""Which other SPARQL endpoints a query may ask: those on a list, and none without one.

The engine knows no token boundaries: it reads ``SERVICE:x {``, ``trueSERVICE<e:x>{`` and
``SERVICESILENT<e:x>{`` as clauses, so what only looks like a name may be one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from stikg.errors import InputError

if TYPE_CHECKING:
    from stikg.library import Token

_ENDPOINT: Final = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[a-z0-9\-._~%!$&()*+,;=:@/?]*)?\Z",
    re.IGNORECASE,
)
_DOTS: Final = re.compile(r"/(?:\.|%2e){1,2}(?:[/?]|\Z)", re.IGNORECASE)
"""Segments that a reader of IRIs may take away."""

_PORTS: Final = {"http": "80", "https": "443"}
_NAMED: Final = frozenset({"iri", "variable", "name"})
_LONGEST: Final = 3
"""Tokens from SERVICE to its bracket: it may be glued to the first, SILENT, an IRI."""


def read_endpoint(url: str) -> str:
    """Return the URL of an endpoint in the one form in which it is compared.

    Scheme and host in lower case, no port that goes without saying, a path.

    :raises InputError: if it is no plain http(s) URL: with user, fragment or dots as a segment.

    >>> read_endpoint("HTTPS://Query.Example.org:443")
    'https://query.example.org/'
    >>> read_endpoint("https://example.org/a/../sparql")
    Traceback (most recent call last):
    ...
    stikg.errors.InputError: https://example.org/a/../sparql: not the URL of an endpoint
      remedy: give it as in https://example.org/sparql
    """
    found = _ENDPOINT.match(url)
    if found is None or _DOTS.search(found["path"] or ""):
        raise InputError(
            "not the URL of an endpoint",
            where=url[:200],
            remedy="give it as in https://example.org/sparql",
        )
    scheme, host = found["scheme"].lower(), found["host"].lower()
    port = "" if found["port"] in {None, _PORTS[scheme]} else f":{found['port']}"
    return f"{scheme}://{host}{port}{found['path'] or '/'}"


def asked_endpoint(tokens: Sequence[Token], index: int) -> str | None:
    """Return the endpoint that the SERVICE at an index asks, in the form of ``read_endpoint``.

    None if it is no IRI that stands there in full, or by a prefix that is declared once.
    ``tokens`` are without white space and comments.
    """
    following = list(tokens[index + 1 : index + _LONGEST])
    if following and following[0].is_word("SILENT"):
        del following[0]
    token = following[0] if following else None
    if token is None:
        return None
    text = token.text[1:-1] if token.kind == "iri" else _expanded(tokens, token)
    return _plain(text)


def may_be_service(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether the engine may read a SERVICE clause inside the token at an index.

    ``tokens`` are without white space and comments.
    """
    token = tokens[index]
    if token.kind in {"iri", "string", "variable"}:
        return False
    found = re.search("service", token.text, re.IGNORECASE)
    if found is None or token.is_word("SERVICE"):
        return False
    named = ":" in token.text[found.end() :]
    for follower in tokens[index + 1 : index + 1 + _LONGEST]:
        if follower.is_mark("{"):
            return named
        if follower.kind not in _NAMED and not follower.text.upper().startswith("SILENT"):
            return False
        named = named or follower.kind in _NAMED
    return False


def _expanded(tokens: Sequence[Token], name: Token) -> str:
    """Return the IRI of a prefixed name; nothing if it is not certain what the engine takes."""
    prefix, colon, local = name.text.partition(":")
    if name.kind != "name" or "\\" in local or "silent" in prefix.casefold():
        return ""
    spaces = [
        space.text[1:-1]
        for declared, space in pairwise(tokens)
        if space.kind == "iri" and _declares(declared.text, prefix + colon)
    ]
    if len(spaces) != 1 or spaces[0].count("/") < 3 or _plain(spaces[0]) is None:
        return ""
    return spaces[0] + local


def _declares(text: str, prefix: str) -> bool:
    """Tell whether a token before an IRI may declare a prefix; PREFIX may be glued to it."""
    return text.endswith(prefix) and text[: -len(prefix)].upper() in {"", "PREFIX"}


def _plain(url: str) -> str | None:
    try:
        return read_endpoint(url)
    except InputError:
        return None
