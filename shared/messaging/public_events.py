"""What the world outside may hear of: other services by a queue, a store's own systems by a webhook."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.messaging import events
from shared.messaging.events import Event

PUBLIC_EVENTS: tuple[type[Event], ...] = (
    events.TicketOpened,
    events.TicketPromoted,
    events.TicketParked,
    events.RatingParked,
    events.StoreReplied,
    events.SupportReplied,
    events.TicketStatusChanged,
    events.TicketClosed,
    events.TicketReopened,
    events.QuotaThresholdReached,
)
"""Everything a store's people can see; whom support assigns a ticket to is support's own affair."""

VERSION = 1
"""Of what other services receive. Within a version fields are added, never removed or retyped."""

_OURS = frozenset({"correlation_id"})


def data_of(event: Event) -> dict[str, Any]:
    """The ids and small values of `event`, without what only we need."""
    return {name: getattr(event, name) for name in fields_of(type(event))}


def fields_of(kind: type[Event]) -> list[str]:
    """Names of the values in `data_of`."""
    return [field.name for field in dataclasses.fields(kind) if field.name not in _OURS]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PublicMessage:
    """An event as another service gets it; `id` names the event, whoever gets it and however often.

    `correlation_id` names the request, or the message of a service, that led to it; empty where none did.
    """

    version: int = VERSION
    id: UUID
    event: str
    occurred_at: datetime
    store_id: UUID
    correlation_id: str
    data: dict[str, Any]


def message_of(event: Event, message_id: UUID, occurred_at: datetime) -> PublicMessage:
    """The message that tells of `event`."""
    data = data_of(event)
    return PublicMessage(
        id=message_id,
        event=event.name,
        occurred_at=occurred_at,
        store_id=data.pop("store_id"),
        correlation_id=event.correlation_id,
        data=data,
    )
