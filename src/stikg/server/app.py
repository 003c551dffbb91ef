"""The application: the routes of all modules, and what surrounds every answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute

from stikg.errors import StikgError
from stikg.server import pages, problems, status
from stikg.server.service import Service
from stikg.server.settings import Settings

if TYPE_CHECKING:
    from stikg.dataset import Dataset

ROUTES: Final[tuple[BaseRoute, ...]] = (
    *status.ROUTES,
    *pages.ROUTES,
)
"""The routes of every module; the first that fits a path is taken."""


def create_app(dataset: Dataset, settings: Settings | None = None) -> Starlette:
    """Return the application that serves a dataset; its workers start with it.

    :raises InputError: if the dataset is an endpoint far away.
    """
    service = Service(dataset, settings or Settings())
    pages.register(service)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await service.start()
        try:
            yield
        finally:
            await service.stop()

    app = Starlette(
        routes=list(ROUTES),
        lifespan=lifespan,
        exception_handlers={
            StikgError: problems.respond,
            HTTPException: problems.respond,
            Exception: problems.respond,
        },
    )
    app.state.service = service
    return app
