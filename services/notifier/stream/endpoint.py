"""`GET /v1/stream`: the caller's notifications as server-sent events (HTML standard, section 9.2)."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncGenerator
from datetime import datetime
from uuid import UUID

import msgspec
import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from services.notifier.stream.hub import Hub, NotificationUpdate, active_people, updates_since
from services.notifier.stream.operation import PATH
from shared import tokens
from shared.db.transactions import is_outage
from shared.errors import AppError, DatabaseAway, Unauthorized
from shared.http.problem_details import MEDIA_TYPE, headers_of, language_of, problem
from shared.observability.correlation import correlation_from
from shared.observability.metrics import HTTP_SECONDS

HEARTBEAT_SECONDS = 15.0
MAX_CATCH_UP = 200
"""A reader that missed more changes than this gets one `resync` event: it has to read its lists again."""
MAX_REMEMBERED = 512
"""Sent changes that a connection remembers, so as not to send them again."""
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # Proxies must not buffer the stream.
    "X-Accel-Buffering": "no",
}


log = structlog.get_logger(__name__)


async def stream(request: Request) -> Response:
    """The stream of the bearer token's person, until the token expires; or a problem as JSON."""
    started_at = time.perf_counter()
    correlation_id = correlation_from(request.headers.get("x-request-id"), request.headers.get("traceparent"))
    response = await _respond(request)
    seconds = time.perf_counter() - started_at
    HTTP_SECONDS.labels("GET", PATH, str(response.status_code)).observe(seconds)
    log.info(
        "stream_asked_for",
        status=response.status_code,
        ms=round(seconds * 1000, 1),
        correlation_id=correlation_id,
    )
    response.headers["X-Request-ID"] = correlation_id
    return response


async def _respond(request: Request) -> Response:
    try:
        person, expires_at = _authenticate(request)
        await asyncio.to_thread(_require_active, person)
        since = _last_event_id(request)
    except AppError as error:
        return _problem(request, error)
    except Exception as error:
        if is_outage(error):
            return _problem(request, DatabaseAway())
        raise
    hub: Hub = request.app.state.hub
    return StreamingResponse(
        _events(hub, person, expires_at, since), media_type="text/event-stream", headers=_HEADERS
    )


def _authenticate(request: Request) -> tuple[UUID, float]:
    """The person of the bearer token, and its expiry as Unix time. Raises `Unauthorized`."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthorized
    return tokens.verify(token.strip())


def _require_active(person: UUID) -> None:
    if person not in active_people([person]):
        raise Unauthorized


def _last_event_id(request: Request) -> datetime | None:
    """The watermark in the header Last-Event-ID; None without the header, or if it is not one of our ids."""
    sent = request.headers.get("Last-Event-ID")
    try:
        return None if sent is None else msgspec.convert(sent, datetime)
    except msgspec.ValidationError:
        return None


async def _events(
    hub: Hub, person: UUID, expires_at: float, since: datetime | None
) -> AsyncGenerator[bytes, None]:
    sent: OrderedDict[UUID, datetime] = OrderedDict()
    async with hub.subscribe(person) as subscriber:
        # It subscribes first and catches up afterwards. An update in between comes from both, and `sent`
        # keeps it from being sent twice.
        yield _event("hello", since or hub.watermark, {})
        for update in await _catch_up(person, since):
            if update is None:
                yield _event("resync", hub.watermark, {})
            else:
                _remember(sent, update)
                yield _event("notification", min(update.updated_at, hub.watermark), update)
        while (left := expires_at - time.time()) > 0:
            try:
                update = await asyncio.wait_for(subscriber.queue.get(), min(HEARTBEAT_SECONDS, left))
            except TimeoutError:
                yield b": alive\n\n"
                continue
            if update is None:
                return
            if sent.get(update.id) != update.updated_at:
                _remember(sent, update)
                yield _event("notification", min(update.updated_at, hub.watermark), update)
        yield _event("expired", hub.watermark, {})


async def _catch_up(person: UUID, since: datetime | None) -> list[NotificationUpdate | None]:
    """The updates since the watermark `since`; `[None]` if they are more than `MAX_CATCH_UP`."""
    if since is None:
        return []
    updates = await asyncio.to_thread(updates_since, person, since, MAX_CATCH_UP + 1)
    return [None] if len(updates) > MAX_CATCH_UP else list(updates)


def _remember(sent: OrderedDict[UUID, datetime], update: NotificationUpdate) -> None:
    sent[update.id] = update.updated_at
    sent.move_to_end(update.id)
    if len(sent) > MAX_REMEMBERED:
        sent.popitem(last=False)


def _event(name: str, watermark: datetime, data: object) -> bytes:
    """A server-sent event; its id is the watermark that the reader resumes from."""
    return b"id: %s\nevent: %s\ndata: %s\n\n" % (
        watermark.isoformat().encode(),
        name.encode(),
        msgspec.json.encode(data),
    )


def _problem(request: Request, error: AppError) -> Response:
    """The API's response to `error`, with its headers."""
    language = language_of(request.headers.get("Accept-Language"))
    headers = headers_of(error, language) | {"Vary": "Accept-Language", "Cache-Control": "no-store"}
    return JSONResponse(problem(error, language), error.status, headers, media_type=MEDIA_TYPE)
