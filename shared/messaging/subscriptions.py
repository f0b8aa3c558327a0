"""Subscriptions: which events other services get, and on which queue, from the setting SUBSCRIPTIONS."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

from shared.config.settings import InvalidSettings, settings
from shared.messaging.public_events import PUBLIC_EVENTS
from shared.messaging.routes import Queue

_CONSUMER_PREFIX = "external."
_QUEUE_NAME = re.compile(r"[a-z][a-z0-9._-]{0,99}")
_RESERVED = ("celery", "reply.", "unacked")
_EVENTS = {event.name: event for event in PUBLIC_EVENTS}


class SubscriptionError(ValueError):
    """A subscription is malformed or not allowed; the text says what was expected."""


class Subscription(NamedTuple):
    """Events named `event` are sent to `queue`."""

    event: str
    queue: str

    @property
    def consumer(self) -> str:
        """The consumer of the subscription's rows in the outbox."""
        return _CONSUMER_PREFIX + self.queue


@functools.cache
def parse(setting: str) -> tuple[Subscription, ...]:
    """Subscriptions from `event=queue, event=queue, …`. Raises `SubscriptionError`."""
    found = tuple(_parse_one(part.strip()) for part in setting.split(",") if part.strip())
    for subscription in found:
        if found.count(subscription) > 1:
            raise SubscriptionError(f"{subscription.event}={subscription.queue} stands twice.")
    return found


def check() -> None:
    """Raise `InvalidSettings` if SUBSCRIPTIONS is malformed or names an event or queue that is not allowed.

    Programs that publish or dispatch call it at start: `shared.config` does not know the events.
    """
    try:
        parse(settings().subscriptions)
    except SubscriptionError as error:
        raise InvalidSettings(f"Wrong settings:\nSUBSCRIPTIONS: {error}") from None


@functools.cache
def consumers_by_event(setting: str) -> Mapping[str, tuple[str, ...]]:
    """The subscribers' consumers of each event that `setting` names, by the event's name."""
    found = parse(setting)
    return {
        name: tuple(subscription.consumer for subscription in found if subscription.event == name)
        for name in {subscription.event for subscription in found}
    }


@functools.cache
def queues_by_consumer(setting: str) -> Mapping[str, str]:
    """The queue of each consumer that `setting` names."""
    return {subscription.consumer: subscription.queue for subscription in parse(setting)}


def _parse_one(text: str) -> Subscription:
    event, separator, queue = (part.strip() for part in text.partition("="))
    if not separator:
        raise SubscriptionError(f"{text!r} is no subscription: expected event=queue.")
    if event not in _EVENTS:
        raise SubscriptionError(
            f"{event!r} is no event to subscribe to; known: {', '.join(sorted(_EVENTS))}."
        )
    if not _QUEUE_NAME.fullmatch(queue):
        raise SubscriptionError(
            f"{queue!r} is no name of a queue: expected a small letter, then at most 99 small letters,"
            " digits, dots, hyphens and underscores."
        )
    if queue in set(Queue) or queue.startswith(_RESERVED):
        taken = ", ".join([*Queue, *(f"{name}…" for name in _RESERVED)])
        raise SubscriptionError(f"{queue!r} is not for subscribers, as are: {taken}.")
    return Subscription(event, queue)
