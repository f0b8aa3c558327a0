"""The routing table: which consumers get an event, and which queue each consumer works on."""

from __future__ import annotations

import enum
from typing import NamedTuple

from shared.messaging import events
from shared.messaging.events import AnyEvent
from shared.messaging.inbound_events import QuestionReceived, RatingReceived, StoreReceived, UnreadableMessage
from shared.messaging.public_events import PUBLIC_EVENTS


class Queue(enum.StrEnum):
    """Celery queues; each has workers of its own, so that none starves another."""

    INBOUND = "inbound"
    QUOTA = "quota"
    TICKETS = "tickets"
    NOTIFICATIONS = "notifications"
    DELIVERIES = "deliveries"
    IMAGES = "images"


class Route(NamedTuple):
    """`consumer`, which works on `queue`, gets every `event`.

    `max_batch_size`: most events in one Celery message, where that is fewer than OUTBOX_BATCH_SIZE: for
    consumers that take long for each event.
    """

    event: type[AnyEvent]
    consumer: str
    queue: Queue
    max_batch_size: int | None = None


ROUTES: tuple[Route, ...] = (
    Route(QuestionReceived, "questions.import", Queue.INBOUND),
    Route(StoreReceived, "stores.import", Queue.INBOUND),
    Route(RatingReceived, "ratings.import", Queue.INBOUND),
    Route(UnreadableMessage, "messages.read", Queue.INBOUND),
    Route(events.StorePlanChanged, "quota.apply_plan", Queue.QUOTA),
    Route(events.RatingUnitRequested, "quota.check", Queue.QUOTA),
    Route(events.TicketUnitRequested, "quota.check", Queue.QUOTA),
    Route(events.QuotaGranted, "tickets.open", Queue.TICKETS),
    Route(events.QuotaDenied, "tickets.park", Queue.TICKETS),
    Route(events.RefundDue, "quota.refund", Queue.QUOTA),
    *(
        Route(event, "notifier.fan_out", Queue.NOTIFICATIONS)
        for event in (*PUBLIC_EVENTS, events.TicketAssigned, events.WebhookDisabled)
    ),
    Route(events.DeliveryDue, "notifier.deliver", Queue.DELIVERIES, max_batch_size=10),
    Route(events.AttachmentUploaded, "images.process", Queue.IMAGES, max_batch_size=1),
    Route(events.AttachmentProcessed, "attachments.settle", Queue.TICKETS),
    Route(events.AttachmentProcessed, "images.discard", Queue.IMAGES),
    Route(events.AttachmentDeleted, "images.discard", Queue.IMAGES),
)

CONSUMER_MODULES: tuple[str, ...] = (
    "services.quota.consumers",
    "services.ticket_api.consumers",
    "services.notifier.consumers",
    "services.images.consumers",
    "services.privacy.consumers",
)

QUEUE_OF: dict[str, Queue] = {route.consumer: route.queue for route in ROUTES}
MAX_BATCH_SIZE_OF: dict[str, int] = {
    route.consumer: route.max_batch_size for route in ROUTES if route.max_batch_size is not None
}


def consumers_of(event: type[AnyEvent]) -> tuple[str, ...]:
    """Names of the consumers that get `event`, in the table's order."""
    return tuple(route.consumer for route in ROUTES if route.event is event)
