"""What a store's webhook can be told of."""

from __future__ import annotations

from shared import events
from shared.events import Event

WEBHOOK_EVENTS: tuple[type[Event], ...] = (
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

TEST_EVENT = "webhook.test"
"""Sent on request only, whatever events were chosen."""
