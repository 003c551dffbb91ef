"""The application: the routes of all modules, and what surrounds every answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stikg.errors import StikgError
from stikg.server import (
    catalogue,
    dcat,
    describe,
    downloads,
    explaining,
    openapi,
    pages,
    problems,
    protocol,
    searching,
    status,
    things,
)
from stikg.server.finishing import Finishing
from stikg.server.leaving import Leaving
from stikg.server.service import Service
from stikg.server.settings import Settings
from stikg.server.surroundings import Surroundings

if TYPE_CHECKING:
    from stikg.dataset import Dataset

ROUTES: Final[tuple[BaseRoute, ...]] = (
    *protocol.ROUTES,
    *describe.ROUTES,
    *status.ROUTES,
    *explaining.ROUTES,
    *catalogue.ROUTES,
    *openapi.ROUTES,
    *searching.ROUTES,
    *downloads.ROUTES,
    *dcat.ROUTES,
    *things.ROUTES,
    *pages.ROUTES,
)
"""The routes of every module; the first that fits a path is taken."""


def create_app(dataset: Dataset, settings: Settings | None = None) -> Starlette:
    """Return the application that serves a dataset; its workers start with it.

    :raises InputError: if the dataset is an endpoint far away.
    """
    settings = settings or Settings()
    service = Service(dataset, settings)
    pages.register(service)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        try:
            await service.start()
            yield
        finally:
            await service.stop()

    app = Starlette(
        routes=list(ROUTES),
        lifespan=lifespan,
        middleware=[
            Middleware(Surroundings, settings=settings),
            Middleware(Finishing, settings=settings),
            Middleware(Leaving),
        ],
        exception_handlers={
            StikgError: problems.respond,
            HTTPException: problems.respond,
            ClientDisconnect: _nobody,
        },
    )
    app.state.service = service
    return app


async def _nobody(request: Request, error: Exception) -> Response:
    """Answer one who has left while the body was read."""
    return Response(status_code=400)
