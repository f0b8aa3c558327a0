"""Public events: those that other services get by a queue and a store's own systems by a webhook."""

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
"""All events whose effects a store's people can see. Assignment, for one, is internal to support."""

VERSION = 1
"""Version of the messages that other services get. Within it fields are added, never removed or retyped."""

_NOT_IN_DATA = frozenset({"correlation_id"})


def data_of(event: Event) -> dict[str, Any]:
    """The fields of `event` by name, without the correlation id."""
    return {name: getattr(event, name) for name in fields_of(type(event))}


def fields_of(kind: type[Event]) -> list[str]:
    """Names of the fields in `data_of` for events of `kind`."""
    return [field.name for field in dataclasses.fields(kind) if field.name not in _NOT_IN_DATA]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PublicMessage:
    """An event as other services get it; `id` is the same for every subscriber and every delivery.

    `correlation_id` names the request, or the message of a service, that led to the event; it may be empty.
    """

    version: int = VERSION
    id: UUID
    event: str
    occurred_at: datetime
    store_id: UUID
    correlation_id: str
    data: dict[str, Any]


def message_of(event: Event, message_id: UUID, occurred_at: datetime) -> PublicMessage:
    """The message for `event`."""
    data = data_of(event)
    return PublicMessage(
        id=message_id,
        event=event.name,
        occurred_at=occurred_at,
        store_id=data.pop("store_id"),
        correlation_id=event.correlation_id,
        data=data,
    )
