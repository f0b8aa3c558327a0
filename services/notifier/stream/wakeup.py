"""The hint that something new can be read: Redis tells every stream process, and losing it costs seconds."""

from __future__ import annotations

import functools

import redis
import structlog

from shared.config.settings import settings

CHANNEL = "botmeni.live"
_SECONDS = 0.5

log = structlog.get_logger(__name__)


def wake() -> None:
    """Tell the stream processes to look; with Redis away they look by themselves a little later."""
    try:
        _client().publish(CHANNEL, b"")
    except redis.RedisError as error:
        log.debug("live_hint_lost", error=str(error))


@functools.cache
def _client() -> redis.Redis:
    return redis.Redis.from_url(
        settings().redis_url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS
    )
