"""Rate limits: calls are counted per person, or per address where the caller is not signed in.

Our own code because it is a handful of lines: Flask-Limiter took 120 µs of a call, this takes 20 (ADR 0007).
"""

from __future__ import annotations

import time
from typing import NamedTuple

from flask import Flask, Response, g, request

from shared.config.settings import InvalidSettings, settings
from shared.errors import RateLimited
from shared.http.rate_limits.counters import Counter, Limit, ProcessCounter

LIMIT_HEADER, REMAINING_HEADER, RESET_HEADER = "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"
HEADERS = (LIMIT_HEADER, REMAINING_HEADER, RESET_HEADER)
UNLIMITED = frozenset({"healthz", "readyz"})


class _Usage(NamedTuple):
    """The calls that a caller has left in this window, and the seconds until the next one."""

    remaining: int
    resets_in: int


def register(app: Flask) -> None:
    """Count every call of `app`; registered after `access.identify`. Raises `InvalidSettings`.

    Responses carry the headers of draft-ietf-httpapi-ratelimit-headers-06, and RFC 9110's Retry-After.
    """
    config = settings()
    if not config.rate_limit:
        return
    limit, counter = Limit.parse(config.rate_limit), _counter_for(config.rate_limit_storage_url)

    @app.before_request
    def count() -> None:
        g.rate_limit_usage = None
        # Probes are never refused, and a preflight cannot show the refusal.
        if not is_unlimited(request.endpoint) and request.method != "OPTIONS":
            _count(limit, counter)

    @app.after_request
    def add_headers(response: Response) -> Response:
        usage: _Usage | None = g.get("rate_limit_usage")
        if usage is not None:
            response.headers[LIMIT_HEADER] = str(limit.amount)
            response.headers[REMAINING_HEADER] = str(usage.remaining)
            response.headers[RESET_HEADER] = str(usage.resets_in)
            if response.status_code == RateLimited.status:
                response.headers["Retry-After"] = str(usage.resets_in)
        return response


def is_unlimited(endpoint: str | None) -> bool:
    """Whether calls of `endpoint` are not counted; the page's files cost little and come many at once."""
    return endpoint in UNLIMITED or (endpoint or "").startswith("page")


def _count(limit: Limit, counter: Counter) -> None:
    window, passed = divmod(int(time.time()), limit.seconds)
    client_key = f"person:{g.person_id}" if g.person_id else f"address:{request.remote_addr}"
    count = counter.count(client_key, window, limit.seconds)
    g.rate_limit_usage = _Usage(max(0, limit.amount - count), limit.seconds - passed)
    if count > limit.amount:
        raise RateLimited(amount=limit.amount, seconds=limit.seconds)


def _counter_for(url: str) -> Counter:
    """The counter for `memory://` or a Redis address. Raises `InvalidSettings`."""
    if url == "memory://":
        return ProcessCounter()
    # The Redis client costs memory that an API with a counter of its own does not need.
    from shared.http.rate_limits.redis_counter import RedisCounter  # noqa: PLC0415 - see above

    try:
        return RedisCounter(url)
    except ValueError as error:
        raise InvalidSettings(f"RATE_LIMIT_STORAGE_URL: {error}") from None
