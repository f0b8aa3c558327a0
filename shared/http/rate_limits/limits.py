"""How often one person may ask: counted per person, or per address as long as nobody has signed in.

Written here because it is a handful of lines: Flask-Limiter took 120 µs of each call, this takes 20.
"""

from __future__ import annotations

import time
from typing import NamedTuple

from flask import Flask, Response, g, request

from shared.config.settings import InvalidSettings, settings
from shared.errors import RateLimited
from shared.http.rate_limits.counters import Counter, InProcess, Limit

LIMIT_HEADER, REMAINING_HEADER, RESET_HEADER = "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"
HEADERS = (LIMIT_HEADER, REMAINING_HEADER, RESET_HEADER)
UNLIMITED = frozenset({"healthz", "readyz"})


class _Standing(NamedTuple):
    """What is left to a caller after this call, and the seconds until there is more."""

    remaining: int
    resets_in: int


def register(app: Flask) -> None:
    """Count every call of `app`; stands after `access.identify`. Raises `InvalidSettings`.

    Answers carry the headers of draft-ietf-httpapi-ratelimit-headers-06, and RFC 9110's Retry-After.
    """
    config = settings()
    if not config.rate_limit:
        return
    limit, counter = Limit.parse(config.rate_limit), _counter_for(config.rate_limit_storage_url)

    @app.before_request
    def count() -> None:
        g.standing = None
        # Whoever watches over us is never turned away; a preflight cannot be told anything.
        if not is_unlimited(request.endpoint) and request.method != "OPTIONS":
            _count(limit, counter)

    @app.after_request
    def tell(response: Response) -> Response:
        standing: _Standing | None = g.get("standing")
        if standing is not None:
            response.headers[LIMIT_HEADER] = str(limit.amount)
            response.headers[REMAINING_HEADER] = str(standing.remaining)
            response.headers[RESET_HEADER] = str(standing.resets_in)
            if response.status_code == RateLimited.status:
                response.headers["Retry-After"] = str(standing.resets_in)
        return response


def is_unlimited(endpoint: str | None) -> bool:
    """Whether calls of `endpoint` are not counted; the page's files cost little and come many at once."""
    return endpoint in UNLIMITED or (endpoint or "").startswith("page")


def _count(limit: Limit, counter: Counter) -> None:
    window, passed = divmod(int(time.time()), limit.seconds)
    who = f"person:{g.person_id}" if g.person_id else f"address:{request.remote_addr}"
    counted = counter.count(who, window, limit.seconds)
    g.standing = _Standing(max(0, limit.amount - counted), limit.seconds - passed)
    if counted > limit.amount:
        raise RateLimited(amount=limit.amount, seconds=limit.seconds)


def _counter_for(url: str) -> Counter:
    """The counter that `memory://` or a Redis address means. Raises `InvalidSettings`."""
    if url == "memory://":
        return InProcess()
    # A large client, of no use to whoever runs one API.
    from shared.http.rate_limits.redis_counter import InRedis  # noqa: PLC0415 - see above

    try:
        return InRedis(url)
    except ValueError as error:
        raise InvalidSettings(f"RATE_LIMIT_STORAGE_URL: {error}") from None
