"""Connects to both engines, migrates, loads demo data: `python -m deploy.local.bootstrap.database`.

`deploy.local.bootstrap.run` starts it and reads its last line, the result as JSON.
"""

from __future__ import annotations

import sys

import msgspec
import redis
from sqlalchemy.exc import OperationalError

from deploy.local.bootstrap.run import BootstrapResult
from deploy.local.demo.load import load
from deploy.local.demo.person import DemoPerson
from deploy.local.options import WrongOption
from shared.config.settings import InvalidSettings, settings
from shared.db import migrations
from shared.messaging import subscriptions


def main() -> None:
    """Bootstrap the engines that the settings name, and print the result."""
    try:
        result = BootstrapResult(people=_bootstrap())
    except (WrongOption, InvalidSettings) as error:
        result = BootstrapResult(error=str(error))
    sys.stdout.write(msgspec.json.encode(result).decode() + "\n")


def _bootstrap() -> list[DemoPerson]:
    config = settings()
    # Before anything is stored or started: the API, the relay and the workers would refuse it one by one.
    subscriptions.check()
    _check_redis(config.redis_url)
    try:
        migrations.upgrade(config.database_url)
    except OperationalError as error:
        raise WrongOption(f"DATABASE_URL: PostgreSQL does not let us in. {error.orig}") from None
    return load(config.database_url)


def _check_redis(redis_url: str) -> None:
    try:
        with redis.Redis.from_url(redis_url, socket_connect_timeout=5, socket_timeout=5) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        raise WrongOption(f"REDIS_URL: Redis does not let us in. {error}") from None


if __name__ == "__main__":
    main()
