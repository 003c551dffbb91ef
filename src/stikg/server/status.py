"""Whether the server is well, and what it serves."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import stikg
from stikg.server.service import Service


async def health(request: Request) -> Response:
    """Tell whether queries can be answered; 503 if no worker runs."""
    service: Service = request.app.state.service
    workers = len(service.pool.workers)
    content = {
        "status": "ok" if workers else "down",
        "workers": workers,
        "waiting": service.pool.waiting,
        "replaced": service.pool.replaced,
    }
    return JSONResponse(content, 200 if workers else 503, {"Cache-Control": "no-store"})


async def version(request: Request) -> Response:
    """Tell the versions of the program and of the dataset."""
    service: Service = request.app.state.service
    manifest = service.dataset.manifest
    content = {
        "stikg": stikg.__version__,
        "dataset": manifest.get("version"),
        "canonicalHash": service.version,
        "triples": manifest.get("triples"),
        "graphs": manifest.get("graphs"),
        "documents": manifest.get("documents"),
    }
    known = {key: value for key, value in content.items() if value is not None}
    return JSONResponse(known, headers={"Cache-Control": "no-cache"})


ROUTES = [Route("/health", health), Route("/version", version)]
