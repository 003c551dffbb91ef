"""What each error means, at ``/errors``: where the types of problem documents lead.

The list is made from the error tree; a page of it comes from ``service.pages``, key "errors".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from stikg import errors
from stikg.errors import StikgError
from stikg.server.problems import ERRORS, status_of, title_of
from stikg.server.representations import JSON, PAGE, alternates, read_wish

if TYPE_CHECKING:
    from stikg.server.service import Service

PATH: Final = "/errors"
_FORMS: Final = {".json": JSON}


@dataclass(frozen=True, slots=True)
class Explained:
    """A type of error: where it is explained, what it means, how it shows.

    ``names`` are the Python classes with that heading, ``meanings`` says what each is; ``status``
    is that over HTTP, ``exit_code`` that of the command.
    """

    type: str
    anchor: str
    title: str
    names: tuple[str, ...]
    meanings: tuple[str, ...]
    status: int
    exit_code: int


def explained_errors() -> list[Explained]:
    """Return all types of errors, in the order of the tree.

    >>> [found.anchor for found in explained_errors()][:3]
    ['stikg-error', 'input-error', 'syntax-problem']
    """
    by_anchor: dict[str, list[type[StikgError]]] = {}
    for kind in _tree(StikgError):
        by_anchor.setdefault(kind.anchor, []).append(kind)
    return [
        Explained(
            f"{ERRORS}#{anchor}",
            anchor,
            title_of(anchor),
            tuple(kind.__name__ for kind in kinds),
            tuple((kind.__doc__ or "").partition("\n")[0] for kind in kinds),
            status_of(kinds[0]),
            kinds[0].exit_code,
        )
        for anchor, kinds in by_anchor.items()
    ]


async def explained(request: Request) -> Response:
    """Give the list of errors, as a page or as JSON."""
    service: Service = request.app.state.service
    page = service.pages.get("errors")
    wish = read_wish(request, request.url.path, _FORMS, has_page=page is not None)
    if page is not None and wish.suffix == PAGE:
        response = await page(request)
    else:
        content = [{**asdict(found), "exitCode": found.exit_code} for found in explained_errors()]
        for entry in content:
            del entry["exit_code"]
        response = JSONResponse({"errors": content})
    response.headers.update({"Vary": "Accept", "Link": alternates(PATH, _FORMS)})
    return response


def _tree(kind: type[StikgError]) -> Iterator[type[StikgError]]:
    """Yield a class of errors and all below it; those that others have derived are not ours."""
    yield kind
    for below in kind.__subclasses__():
        if below.__module__ == errors.__name__:
            yield from _tree(below)


ROUTES = [Route(path, explained) for path in (PATH, f"{PATH}.json", f"{PATH}.html")]
