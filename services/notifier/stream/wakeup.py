"""Wake-ups of stream processes by a Redis channel: they say that there may be new notifications.

A wake-up carries no data and may be lost: streams then read the database a little later by themselves.
"""

from __future__ import annotations

import functools

import redis
import structlog

from shared.config.settings import settings

CHANNEL = "botmeni.live"
_TIMEOUT_SECONDS = 0.5

log = structlog.get_logger(__name__)


def wake_up_streams() -> None:
    """Make all stream processes read new notifications now. Errors of Redis are logged, not raised."""
    try:
        _client().publish(CHANNEL, b"")
    except redis.RedisError as error:
        log.debug("live_hint_lost", error=str(error))


@functools.cache
def _client() -> redis.Redis:
    return redis.Redis.from_url(
        settings().redis_url, socket_timeout=_TIMEOUT_SECONDS, socket_connect_timeout=_TIMEOUT_SECONDS
    )
