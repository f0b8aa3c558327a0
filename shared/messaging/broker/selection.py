"""Celery's settings for the broker of an address: Redis or RabbitMQ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.messaging.broker import amqp, transport

_REDIS: Mapping[str, Any] = {
    # More than twice the hard time limit of a task: no task is redelivered because it takes long.
    "visibility_timeout": 300,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    # A half-open connection is noticed within seconds, instead of never.
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    "health_check_interval": 5,
    "max_retries": 1,
}
_RABBITMQ: Mapping[str, Any] = {
    # A send returns once the broker has the message: rows of subscribers are deleted then.
    "confirm_publish": True,
    "connect_timeout": 2,
    "write_timeout": 5,
    "max_retries": 1,
}


def transport_for(url: str) -> str:
    """The setting `broker_transport` for a broker's address: the guarded transport, as module:class."""
    guarded: type[Any]
    match url.partition("://")[0]:
        case "amqp":
            guarded = amqp.GuardedTransport
        case "amqps":
            guarded = amqp.GuardedSSLTransport
        case _:
            guarded = transport.GuardedTransport
    # A name, not the class: workers send their settings as JSON when they are inspected.
    return f"{guarded.__module__}:{guarded.__qualname__}"


def options_for(url: str) -> dict[str, Any]:
    """The setting `broker_transport_options` for a broker's address."""
    return dict(_RABBITMQ if is_rabbitmq(url) else _REDIS)


def is_rabbitmq(url: str) -> bool:
    """Whether the address is that of a RabbitMQ: amqp:// or amqps://."""
    return url.startswith(("amqp://", "amqps://"))
