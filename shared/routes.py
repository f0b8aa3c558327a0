"""The routing table: which consumers hear of an event, and on which queue each works."""

from __future__ import annotations

import enum
from typing import NamedTuple

from shared.events import (
    AnyEvent,
    QuestionReceived,
    QuotaDenied,
    QuotaGranted,
    QuotaThresholdReached,
    RatingParked,
    RatingRecorded,
    TicketOpened,
)


class Queue(enum.StrEnum):
    """Celery queues; each gets workers of its own, so that none starves another."""

    INBOUND = "inbound"
    QUOTA = "quota"
    TICKETS = "tickets"
    NOTIFICATIONS = "notifications"


class Route(NamedTuple):
    """`event` wakes `consumer`, which works on `queue`."""

    event: type[AnyEvent]
    consumer: str
    queue: Queue


ROUTES: tuple[Route, ...] = (
    Route(QuestionReceived, "questions.import", Queue.INBOUND),
    Route(RatingRecorded, "quota.check", Queue.QUOTA),
    Route(QuotaGranted, "tickets.open", Queue.TICKETS),
    Route(QuotaDenied, "tickets.park", Queue.TICKETS),
    Route(TicketOpened, "notifier.fan_out", Queue.NOTIFICATIONS),
    Route(RatingParked, "notifier.fan_out", Queue.NOTIFICATIONS),
    Route(QuotaThresholdReached, "notifier.fan_out", Queue.NOTIFICATIONS),
)

CONSUMER_MODULES: tuple[str, ...] = (
    "services.quota.consumers",
    "services.ticket_api.consumers",
    "services.notifier.consumers",
)

QUEUE_OF: dict[str, Queue] = {route.consumer: route.queue for route in ROUTES}


def consumers_of(event: type[AnyEvent]) -> tuple[str, ...]:
    """Names of the consumers that hear of `event`, in the table's order."""
    return tuple(route.consumer for route in ROUTES if route.event is event)
