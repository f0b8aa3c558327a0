"""Counting calls in windows of time: in this process, or in a Redis that all processes share.

A window begins at a multiple of its length, so that nobody has to store when it ends.
"""

from __future__ import annotations

import re
import threading
import time
from typing import NamedTuple, Protocol

import redis
import structlog
from redis.backoff import NoBackoff
from redis.retry import Retry

from shared.settings import InvalidSettings

log = structlog.get_logger(__name__)

REDIS_SECONDS = 0.1
AWAY_SECONDS = 5.0
_LENGTHS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_LIMIT = re.compile(rf"([1-9][0-9]*) per ({'|'.join(_LENGTHS)})")


class Limit(NamedTuple):
    """`amount` calls in `seconds`."""

    amount: int
    seconds: int

    @classmethod
    def parse(cls, text: str) -> Limit:
        """The limit that `600 per minute` means. Raises `InvalidSettings`."""
        match = _LIMIT.fullmatch(text.strip())
        if match is None:
            raise InvalidSettings(f"RATE_LIMIT: {text!r} is none; write it as 600 per minute")
        return cls(int(match[1]), _LENGTHS[match[2]])


class Counter(Protocol):
    """Counts calls."""

    def count(self, who: str, window: int, seconds: int) -> int:
        """How many calls `who` has made in the window, this one among them."""


class InProcess:
    """Counts for this process alone; forgets a window when the next one begins."""

    def __init__(self) -> None:
        self._window = 0
        self._counts: dict[str, int] = {}
        self._turn = threading.Lock()

    def count(self, who: str, window: int, seconds: int) -> int:  # noqa: ARG002 - the protocol's
        """How many calls `who` has made in the window, this one among them."""
        with self._turn:
            if window != self._window:
                self._window = window
                self._counts.clear()
            self._counts[who] = counted = self._counts.get(who, 0) + 1
        return counted


class InRedis:
    """Counts for all processes; while Redis is away each counts for itself, and looks again now and then.

    One call at a time finds that out, in a tenth of a second at most: no call fails, and hardly one is slow.
    """

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(
            url,
            socket_timeout=REDIS_SECONDS,
            socket_connect_timeout=REDIS_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._instead = InProcess()
        self._away_until = 0.0

    def count(self, who: str, window: int, seconds: int) -> int:
        """How many calls `who` has made in the window, this one among them."""
        now = time.monotonic()
        away = self._away_until
        if now < away:
            return self._instead.count(who, window, seconds)
        if away:
            self._away_until = now + AWAY_SECONDS
        try:
            counted = self._ask(f"botmeni:calls:{who}:{window}", seconds)
        except redis.RedisError as error:
            self._away_until = now + AWAY_SECONDS
            log.warning("rate_limit_storage_away", error=str(error))
            return self._instead.count(who, window, seconds)
        self._away_until = 0.0
        return counted

    def _ask(self, key: str, seconds: int) -> int:
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.incr(key)
            pipe.expire(key, seconds)
            counted: int = pipe.execute()[0]
        return counted


def counter_for(url: str) -> Counter:
    """The counter that `memory://` or a Redis address means. Raises `InvalidSettings`."""
    if url == "memory://":
        return InProcess()
    try:
        return InRedis(url)
    except ValueError as error:
        raise InvalidSettings(f"RATE_LIMIT_STORAGE_URL: {error}") from None
