"""How often one person may ask: counted per person, or per address as long as nobody has signed in.

Counting never stands in the way: without its Redis each process counts by itself, and asks a tenth of a
second at most before it does.
"""

from __future__ import annotations

import time

import structlog
from flask import Flask, Response, g, request
from flask_limiter import Limiter, RequestLimit
from limits import parse_many
from limits.errors import StorageError
from redis.backoff import NoBackoff
from redis.retry import Retry

from shared.settings import InvalidSettings, settings

log = structlog.get_logger(__name__)

LIMIT_HEADER, REMAINING_HEADER, RESET_HEADER = "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"
HEADERS = (LIMIT_HEADER, REMAINING_HEADER, RESET_HEADER)
UNLIMITED = frozenset({"healthz", "readyz", "metrics"})

_REDIS_SECONDS = 0.1
_REDIS_OPTIONS = {
    "socket_timeout": _REDIS_SECONDS,
    "socket_connect_timeout": _REDIS_SECONDS,
    "retry": Retry(NoBackoff(), 0),
    "wrap_exceptions": True,
}


def register(app: Flask) -> None:
    """Count every request of `app`; stands after `access.identify`. Raises `InvalidSettings`."""
    config = settings()
    if not config.rate_limit:
        return
    shared = config.rate_limit_storage_url.startswith("redis")
    limiter = Limiter(
        _who,
        application_limits=[_checked(config.rate_limit)],
        storage_uri=config.rate_limit_storage_url,
        storage_options=_REDIS_OPTIONS if shared else {},  # type: ignore[arg-type]
        strategy="fixed-window",
        in_memory_fallback_enabled=shared,
        swallow_errors=True,
        key_prefix="botmeni",
    )
    # Whoever watches over us is never turned away; a preflight cannot be told anything.
    limiter.request_filter(lambda: is_unlimited(request.endpoint) or request.method == "OPTIONS")
    limiter.init_app(app)

    @app.after_request
    def tell(response: Response) -> Response:
        if limiter.current_limit is not None:
            _tell(response, limiter.current_limit)
        return response


def is_unlimited(endpoint: str | None) -> bool:
    """Whether calls of `endpoint` are not counted; the page's files cost little and come many at once."""
    return endpoint in UNLIMITED or (endpoint or "").startswith("page")


def _who() -> str:
    return f"person:{g.person_id}" if g.person_id else f"address:{request.remote_addr}"


def _tell(response: Response, limit: RequestLimit) -> None:
    """The headers of draft-ietf-httpapi-ratelimit-headers-06 and RFC 9110's Retry-After, in seconds."""
    try:
        remaining, reset_at = limit.remaining, limit.reset_at
    except StorageError:
        log.warning("rate_limit_storage_away")
        return
    seconds = str(max(0, round(reset_at - time.time())))
    response.headers[LIMIT_HEADER] = str(limit.limit.amount)
    response.headers[REMAINING_HEADER] = str(remaining)
    response.headers[RESET_HEADER] = seconds
    if limit.breached:
        response.headers["Retry-After"] = seconds


def _checked(limit: str) -> str:
    try:
        parse_many(limit)
    except ValueError:
        raise InvalidSettings(f"RATE_LIMIT: {limit!r} is none; write it as 600 per minute") from None
    return limit
