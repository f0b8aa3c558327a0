"""`GET /v1/stream`: server-sent events (HTML standard, 9.2) of the caller's notifications."""

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

from services.notifier.stream.hub import Change, Hub, admitted, missed
from shared import tokens
from shared.db.transactions import is_outage
from shared.errors import AppError, DatabaseAway, Unauthorized
from shared.observability.correlation import correlation_from
from shared.observability.metrics import HTTP_SECONDS

PATH = "/v1/stream"
HEARTBEAT_SECONDS = 15.0
MISSED_MOST = 200
"""More missed changes than these are not told one by one: the reader is told to read its lists anew."""
REMEMBERED = 512
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # Proxies must not gather what should arrive at once.
    "X-Accel-Buffering": "no",
}


log = structlog.get_logger(__name__)


async def stream(request: Request) -> Response:
    """The stream of the person whom the bearer token proves, until it expires."""
    began = time.perf_counter()
    correlation_id = correlation_from(request.headers.get("x-request-id"), request.headers.get("traceparent"))
    answer = await _answer(request)
    seconds = time.perf_counter() - began
    HTTP_SECONDS.labels("GET", PATH, str(answer.status_code)).observe(seconds)
    log.info(
        "stream_asked_for",
        status=answer.status_code,
        ms=round(seconds * 1000, 1),
        correlation_id=correlation_id,
    )
    answer.headers["X-Request-ID"] = correlation_id
    return answer


async def _answer(request: Request) -> Response:
    try:
        person, expires_at = _proof(request)
        await asyncio.to_thread(_require_admitted, person)
        since = _since(request)
    except AppError as error:
        return _problem(error)
    except Exception as error:
        if is_outage(error):
            return _problem(DatabaseAway())
        raise
    hub: Hub = request.app.state.hub
    return StreamingResponse(
        _events(hub, person, expires_at, since), media_type="text/event-stream", headers=_HEADERS
    )


def _proof(request: Request) -> tuple[UUID, float]:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthorized
    return tokens.verify(token.strip())


def _require_admitted(person: UUID) -> None:
    if person not in admitted([person]):
        raise Unauthorized


def _since(request: Request) -> datetime | None:
    """The time to read on from that the reader was told; an id that is none of ours tells nothing."""
    sent = request.headers.get("Last-Event-ID")
    try:
        return None if sent is None else msgspec.convert(sent, datetime)
    except msgspec.ValidationError:
        return None


async def _events(
    hub: Hub, person: UUID, expires_at: float, since: datetime | None
) -> AsyncGenerator[bytes, None]:
    told: OrderedDict[UUID, datetime] = OrderedDict()
    async with hub.listening(person) as listener:
        # Connected first, read afterwards: what happens in between is told twice at worst, and then once.
        yield _event("hello", since or hub.settled_at, {})
        for change in await _catch_up(person, since):
            if change is None:
                yield _event("resync", hub.settled_at, {})
            else:
                _remember(told, change)
                yield _event("notification", min(change.updated_at, hub.settled_at), change)
        while (left := expires_at - time.time()) > 0:
            try:
                change = await asyncio.wait_for(listener.waiting.get(), min(HEARTBEAT_SECONDS, left))
            except TimeoutError:
                yield b": alive\n\n"
                continue
            if change is None:
                return
            if told.get(change.id) != change.updated_at:
                _remember(told, change)
                yield _event("notification", min(change.updated_at, hub.settled_at), change)
        yield _event("expired", hub.settled_at, {})


async def _catch_up(person: UUID, since: datetime | None) -> list[Change | None]:
    """The changes missed since `since`; None alone stands for too many."""
    if since is None:
        return []
    changes = await asyncio.to_thread(missed, person, since, MISSED_MOST + 1)
    return [None] if len(changes) > MISSED_MOST else list(changes)


def _remember(told: OrderedDict[UUID, datetime], change: Change) -> None:
    told[change.id] = change.updated_at
    told.move_to_end(change.id)
    if len(told) > REMEMBERED:
        told.popitem(last=False)


def _event(name: str, at: datetime, body: object) -> bytes:
    """One event; its id is the time to read on from."""
    return b"id: %s\nevent: %s\ndata: %s\n\n" % (
        at.isoformat().encode(),
        name.encode(),
        msgspec.json.encode(body),
    )


def _problem(error: AppError) -> Response:
    body = {
        "type": f"urn:botmeni:problem:{error.code}",
        "status": error.status,
        "code": error.code,
        "detail": error.text("es"),
    }
    return JSONResponse(body, error.status, media_type="application/problem+json")
