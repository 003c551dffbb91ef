"""Pages from templates: what every page has, and the way from data to HTML."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

import stikg
from stikg.server.pages.asking import service_of

SERVER: Final = Path(__file__).resolve().parents[1]
STATIC: Final = SERVER / "static"
BUNDLE: Final = SERVER / "bundle"
"""What makes pages richer in a browser: built from web/, and not needed."""

MENU: Final = (
    ("/search", "Search"),
    ("/queries", "Questions"),
    ("/matrix", "Countries and technologies"),
    ("/networks", "Networks"),
    ("/contradictions", "Contradictions"),
    ("/documents", "Documents"),
    ("/downloads", "Downloads"),
    ("/help", "Help"),
)


def page(
    request: Request, template: str, *, title: str, status: int = 200, **content: Any
) -> HTMLResponse:
    """Return a page; everything in ``content`` is escaped where the template puts it."""
    service = service_of(request)
    root = root_of(request)
    around = {
        "title": title,
        "root": root,
        "path": request.scope["path"],
        "menu": MENU,
        "asset": lambda name: f"{root}/static/{name}?v={_digest(name)}",
        "script": (BUNDLE / "explorer.js").is_file(),
        "version": service.version,
        "program": stikg.__version__,
    }
    text = environment().get_template(template).render({**around, **content})
    return HTMLResponse(text, status, {"Vary": "Accept", "Cache-Control": "no-cache"})


def root_of(request: Request) -> str:
    """Return what stands before every path of ours: nothing, or where a proxy has put us."""
    base = service_of(request).settings.base
    return urlsplit(base).path.rstrip("/") if base else ""


def changed(request: Request, **values: str | None) -> str:
    """Return the query of the URL of a request with some fields changed; None takes one away."""
    pairs = [
        (name, value)
        for name, value in request.query_params.multi_items()
        if name not in values and value
    ]
    pairs += [(name, value) for name, value in values.items() if value]
    return f"?{urlencode(pairs)}" if pairs else "?"


def query_string(pairs: Iterable[tuple[str, str]]) -> str:
    """Return fields as the query of a URL; nothing if there are none.

    >>> query_string([("territory", "territory:jp")])
    '?territory=territory%3Ajp'
    """
    text = urlencode(list(pairs))
    return f"?{text}" if text else ""


@cache
def environment() -> Environment:
    """Return the templates: values are escaped, and a value that is missing is an error."""
    made = Environment(
        loader=FileSystemLoader(SERVER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(number=number, plural=plural, noun=noun, query=_query)
    return made


def number(value: int | str) -> str:
    """Return a number as people write it.

    >>> number(47189)
    '47,189'
    """
    return f"{int(value):,}"


def plural(count: int, one: str, many: str = "") -> str:
    """Return a number and its noun.

    >>> plural(1, "passage"), plural(1200, "country", "countries")
    ('1 passage', '1,200 countries')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def noun(one: str, count: int) -> str:
    """Return a noun as it follows a number.

    >>> noun("territory", 40), noun("goal", 1), noun("strategy of a country", 2)
    ('territories', 'goal', 'strategies of a country')
    """
    first, _, rest = one.partition(" of ")
    if count == 1:
        return one
    many = f"{first[:-1]}ies" if first.endswith("y") and first[-2] not in "aeo" else f"{first}s"
    return f"{many} of {rest}" if rest else many


def _query(values: Mapping[str, str]) -> str:
    return query_string((name, value) for name, value in values.items() if value)


@lru_cache(maxsize=16)
def _digest(name: str) -> str:
    path = STATIC / name
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else "none"
