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

from services.notifier.stream.endpoint import HEARTBEAT_SECONDS, PATH, stream
from services.notifier.stream.hub import Hub
from shared import tokens
from shared.config.settings import settings
from shared.observability import metrics_server
from shared.observability.logs import configure_logging


def create_app() -> Starlette:
    """Build the application. Raises `InvalidSettings` before serving anything with a wrong setting."""
    configure_logging()
    _open_as_many_as_allowed()
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


def _open_as_many_as_allowed() -> None:
    """Each reader takes a file descriptor, and shells often give a program 1,024 unless it asks for more."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    hub = app.state.hub = Hub()
    tasks = [asyncio.create_task(hub.run()), asyncio.create_task(_keep_watch(hub))]
    yield
    for task in tasks:
        task.cancel()


async def _keep_watch(hub: Hub) -> None:
    while True:
        await asyncio.sleep(HEARTBEAT_SECONDS)
        await hub.end_those_not_admitted()


async def _healthz(_: Request) -> Response:
    return JSONResponse({"status": "ok"})
