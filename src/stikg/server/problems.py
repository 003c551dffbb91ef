"""Errors as ``application/problem+json`` (RFC 9457): what is wrong, where, and what to do next.

A client that would rather have a page gets one when ``service.pages`` holds the key "problem".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from stikg.errors import (
    Busy,
    DatasetError,
    EndpointError,
    LimitExceeded,
    NameProblem,
    ParameterError,
    StikgError,
    UnknownQuery,
)
from stikg.server.negotiation import prefers_html
from stikg.terms import BASE

MEDIA_TYPE: Final = "application/problem+json"
ERRORS: Final = f"{BASE}errors"
"""The page that explains each error under its anchor: ``/errors`` of any server."""

_PLACE: Final = re.compile(r"line (\d+), column (\d+)\Z")
_STATUSES: Final = (
    (Busy, 503),
    (LimitExceeded, 503),
    (UnknownQuery, 404),
    (DatasetError, 503),
    (EndpointError, 502),
    (StikgError, 400),
)
"""Status of each class of error; the first that fits counts."""


class Refusal(HTTPException):
    """A request that is not answered, as HTTP knows it: a status, a reason, a remedy."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        remedy: str | None = None,
        field: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail, headers)
        self.remedy = remedy
        self.field = field


def describe(error: Exception) -> dict[str, Any]:
    """Return what a problem document says of an error.

    >>> from stikg.errors import SyntaxProblem
    >>> describe(SyntaxProblem("no such word", where="line 2, column 7"))["column"]
    7
    """
    if isinstance(error, StikgError):
        return _without_nothing(_of_stikg(error))
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _without_nothing(
        {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": error.detail if isinstance(error, HTTPException) else "this is our fault",
            "remedy": getattr(error, "remedy", None),
            "field": getattr(error, "field", None),
        }
    )


async def respond(request: Request, error: Exception) -> Response:
    """Return the response to a request that ended in an error."""
    content = describe(error)
    headers = {"Cache-Control": "no-store", "Vary": "Accept", **(_headers(error) or {})}
    page = request.app.state.service.pages.get("problem")
    if page is not None and prefers_html(request.headers.get("accept"), MEDIA_TYPE):
        response: Response = await page(request, content)
        response.status_code = content["status"]
        response.headers.update(headers)
        return response
    return JSONResponse(content, content["status"], headers, MEDIA_TYPE)


def title_of(anchor: str) -> str:
    """Return the title of the errors that have a heading in common.

    >>> title_of("unknown-name")
    'Unknown name'
    """
    return anchor.replace("-", " ").capitalize()


def status_of(kind: type[StikgError]) -> int:
    """Return the status of a class of errors."""
    return next(status for parent, status in _STATUSES if issubclass(kind, parent))


def _of_stikg(error: StikgError) -> dict[str, Any]:
    place = _PLACE.search(error.where or "")
    return {
        "type": f"{ERRORS}#{error.anchor}",
        "title": title_of(error.anchor),
        "status": status_of(type(error)),
        "detail": error.problem,
        "remedy": error.remedy,
        "line": int(place[1]) if place else None,
        "column": int(place[2]) if place else None,
        "field": error.parameter if isinstance(error, ParameterError) else None,
        "candidates": list(error.candidates) if isinstance(error, NameProblem) else None,
    }


def _headers(error: Exception) -> Mapping[str, str] | None:
    if isinstance(error, Busy):
        return {"Retry-After": str(error.seconds)}
    return error.headers if isinstance(error, HTTPException) else None


def _without_nothing(content: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if value not in (None, [])}
