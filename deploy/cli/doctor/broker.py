"""Checks Celery's broker, the subscribers' queues in it, and the live stream's Redis if it is another."""

from __future__ import annotations

from collections.abc import Iterator

from kombu import Connection
from kombu.exceptions import OperationalError

from deploy.cli.doctor import redis
from deploy.cli.doctor.finding import Finding, brief, ok, wrong
from shared.config.settings import settings
from shared.messaging.broker.amqp import OUTAGE_ERRORS
from shared.messaging.broker.selection import is_rabbitmq
from shared.messaging.subscriptions import SubscriptionError, parse

_TIMEOUT_SECONDS = 5


def available() -> Iterator[Finding]:
    """Check that the broker answers and, if it is Redis, that it loses no messages."""
    config = settings()
    if is_rabbitmq(config.broker):
        yield from _rabbitmq(config.broker)
    else:
        yield from redis.broker(config.broker, "BROKER_URL" if config.broker_url else "REDIS_URL")
    if config.broker != config.redis_url:
        remedy = "correct REDIS_URL. Until then the page's news come late"
        yield from redis.available(config.redis_url, "Redis (live stream)", remedy, {})


def subscriptions() -> Iterator[Finding]:
    """Check that SUBSCRIPTIONS names events and queues that other services may have."""
    try:
        found = parse(settings().subscriptions)
    except SubscriptionError as error:
        yield wrong(
            "subscriptions",
            str(error),
            "Correct SUBSCRIPTIONS (docs/queues.md); with it API, relay and workers do not start.",
        )
    else:
        yield ok("subscriptions", f"{len(found)} of other services" if found else "none")


def _rabbitmq(url: str) -> Iterator[Finding]:
    try:
        with Connection(url, connect_timeout=_TIMEOUT_SECONDS) as connection:
            connection.ensure_connection(max_retries=1, timeout=_TIMEOUT_SECONDS)
            properties = connection.connection.server_properties
    except (OperationalError, ValueError, *OUTAGE_ERRORS) as error:
        yield wrong(
            "RabbitMQ",
            f"does not let us in: {brief(error)}",
            "Start RabbitMQ, or correct BROKER_URL. Until then writes are accepted and wait in PostgreSQL.",
        )
    else:
        yield ok("RabbitMQ", f"{properties.get('product')} {properties.get('version')} answers")
