"""The stream process: `granian --interface asgi --factory services.notifier.stream.app:create_app`."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.notifier.stream.endpoint import HEARTBEAT_SECONDS, stream
from services.notifier.stream.hub import Hub
from services.notifier.stream.operation import PATH
from shared import tokens
from shared.config.settings import settings
from shared.observability import metrics_server
from shared.observability.logs import configure_logging


def create_app() -> Starlette:
    """Build the application. Raises `InvalidSettings` for a wrong setting, before anything is served."""
    configure_logging()
    _raise_open_file_limit()
    metrics_server.serve()
    tokens.key_source()
    origins = [origin.strip() for origin in settings().allowed_origins.split(",") if origin.strip()]
    return Starlette(
        routes=[Route(PATH, stream), Route("/healthz", _healthz)],
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origins=origins,
                allow_headers=["Authorization", "Last-Event-ID"],
                allow_methods=["GET"],
            )
        ],
        lifespan=_lifespan,
    )


def _raise_open_file_limit() -> None:
    """Raise the soft limit of open files to the hard one: each reader needs a file, and 1,024 are common."""
    _, hard_limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard_limit, hard_limit))


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    hub = app.state.hub = Hub()
    tasks = [asyncio.create_task(hub.run()), asyncio.create_task(_disconnect_deactivated_people(hub))]
    yield
    for task in tasks:
        task.cancel()


async def _disconnect_deactivated_people(hub: Hub) -> None:
    while True:
        await asyncio.sleep(HEARTBEAT_SECONDS)
        await hub.disconnect_deactivated_people()


async def _healthz(_: Request) -> Response:
    return JSONResponse({"status": "ok"})
