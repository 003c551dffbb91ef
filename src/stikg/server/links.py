"""Where a client finds what an IRI names: on this server, elsewhere, or nowhere.

Only http and https are ever followed; an IRI of any other scheme is text and no link.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from starlette.requests import Request

from stikg.errors import InputError
from stikg.terms import BASE, check_iri

if TYPE_CHECKING:
    from stikg.server.service import Service

SAFE: Final = "/:@!$&'()*+,;=~"
"""Characters of a path that need no escape (RFC 3986, section 3.3)."""


def root_of(request: Request) -> str:
    """Return what stands before every path of this server in a link; it ends in a slash."""
    service: Service = request.app.state.service
    return (service.settings.base or "").rstrip("/") + "/"


def here(request: Request) -> str:
    """Return the URL of the server's root, as its clients see it; it ends in a slash."""
    service: Service = request.app.state.service
    return (service.settings.base or str(request.base_url)).rstrip("/") + "/"


def path_of(iri: str) -> str:
    """Return the path of an IRI of ours, escaped, without a slash before it.

    >>> path_of("https://w3id.org/stikg/territory/jp")
    'territory/jp'
    """
    return quote(iri.removeprefix(BASE), safe=SAFE)


def href(iri: str, root: str = "/") -> str | None:
    """Return the link to what an IRI names; None if it is no http(s) IRI.

    >>> href("https://w3id.org/stikg/territory/jp"), href("https://ror.org/00097mb19")
    ('/territory/jp', 'https://ror.org/00097mb19')
    >>> href("javascript:alert(1)") is None and href("https://e.org/ onclick=") is None
    True
    """
    if iri.startswith("urn:") or not is_plain(iri):
        return None
    return root + path_of(iri) if iri.startswith(BASE) else iri


def is_plain(iri: str) -> bool:
    """Tell whether an IRI is one that may be asked for: http, https or urn."""
    try:
        check_iri(iri)
    except InputError:
        return False
    return True


def link_header(links: Iterable[tuple[str, Mapping[str, str]]]) -> str:
    """Return the value of a Link header (RFC 8288).

    >>> link_header([("/a.ttl", {"rel": "alternate", "type": "text/turtle"})])
    '</a.ttl>; rel="alternate"; type="text/turtle"'
    """
    return ", ".join(
        f"<{target}>" + "".join(f'; {name}="{value}"' for name, value in attributes.items())
        for target, attributes in links
    )
