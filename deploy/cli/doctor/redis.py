"""Checks that Redis is available and new enough, evicts nothing, and keeps its data across a restart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import redis

from deploy.cli.doctor.finding import Finding, brief, ok, wrong

OLDEST_VERSION = (6, 2)
MAX_MEMORY_PERCENT = 60

_TIMEOUT = 5


def broker(url: str, setting: str) -> Iterator[Finding]:
    """Run all checks of the broker. They use INFO only, which even the most restricted account may run."""
    info: dict[str, Any] = {}
    remedy = f"correct {setting}. Until then writes are accepted and wait in PostgreSQL"
    yield from available(url, "Redis", remedy, info)
    if not info:
        return
    yield from _eviction(info)
    yield from _persistence(info)
    yield from _memory(info)


def available(url: str, check: str, remedy: str, info: dict[str, Any]) -> Iterator[Finding]:
    """Check that the Redis at `url` answers and is new enough; add the reply to INFO to `info`."""
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=_TIMEOUT, socket_timeout=_TIMEOUT) as client:
            info |= client.info()
    except (redis.RedisError, ValueError, OSError) as error:
        yield wrong(check, f"does not let us in: {brief(error)}", f"Start Redis, or {remedy}.")
        return
    version = str(info["redis_version"])
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_VERSION:
        yield wrong(check, f"is {version}", "Upgrade to Redis 6.2 or newer.")
    else:
        yield ok(check, f"{version} answers")


def _eviction(info: dict[str, Any]) -> Iterator[Finding]:
    policy = info["maxmemory_policy"]
    if policy == "noeviction":
        yield ok("Redis eviction", "noeviction")
    else:
        yield wrong(
            "Redis eviction",
            f"maxmemory-policy is {policy}: when memory is short, queues are dropped silently",
            "Set `maxmemory-policy noeviction`, and give caches a Redis of their own.",
        )


def _persistence(info: dict[str, Any]) -> Iterator[Finding]:
    if info["aof_enabled"]:
        yield ok("Redis persistence", "append-only file")
    else:
        yield wrong(
            "Redis persistence",
            "no append-only file: a restart forgets what other services sent and no worker took yet",
            "Set `appendonly yes` and `appendfsync everysec`.",
        )


def _memory(info: dict[str, Any]) -> Iterator[Finding]:
    maximum = int(info["maxmemory"])
    if not maximum:
        return
    percent = 100 * int(info["used_memory"]) // maximum
    if percent >= MAX_MEMORY_PERCENT:
        yield wrong(
            "Redis memory",
            f"{percent} % of maxmemory is used",
            "See with `botmeni jobs summary` what piles up; give Redis more memory.",
        )
    else:
        yield ok("Redis memory", f"{percent} % of maxmemory is used")
