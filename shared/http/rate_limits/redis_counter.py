"""Counting calls in a Redis that all processes of the API share."""

from __future__ import annotations

import time

import redis
import structlog
from redis.backoff import NoBackoff
from redis.retry import Retry

from shared.http.rate_limits.counters import ProcessCounter

log = structlog.get_logger(__name__)

REDIS_SECONDS = 0.1
RETRY_SECONDS = 5.0


class RedisCounter:
    """Counts for all processes; while Redis is away each process counts for itself and tries Redis again.

    One call at a time tries it, for a tenth of a second at most: no call fails, and few are slow.
    """

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(
            url,
            socket_timeout=REDIS_SECONDS,
            socket_connect_timeout=REDIS_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._fallback = ProcessCounter()
        self._retry_at = 0.0

    def count(self, client_key: str, window: int, seconds: int) -> int:
        """How many calls `client_key` has made in the window, this one among them."""
        now = time.monotonic()
        retry_at = self._retry_at
        if now < retry_at:
            return self._fallback.count(client_key, window, seconds)
        if retry_at:
            self._retry_at = now + RETRY_SECONDS
        try:
            count = self._increment(f"botmeni:calls:{client_key}:{window}", seconds)
        except redis.RedisError as error:
            self._retry_at = now + RETRY_SECONDS
            log.warning("rate_limit_storage_away", error=str(error))
            return self._fallback.count(client_key, window, seconds)
        self._retry_at = 0.0
        return count

    def _increment(self, key: str, seconds: int) -> int:
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.incr(key)
            pipe.expire(key, seconds)
            count: int = pipe.execute()[0]
        return count
