"""Who hears of what, as one table.

Whoever acted is never told of it, nobody is told twice of one event whatever their roles, and people who
left (inactive ones) hear of nothing. An internal note is no event, so no store can hear of one.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from shared.messaging import events
from shared.messaging.events import AnyEvent


class Audience(enum.StrEnum):
    """People as an event sees them."""

    STORE = "store"
    """People of the event's store who have the ticket module."""
    ADMINISTRATORS = "administrators"
    """Those of them who run the store's account."""
    SUPPORT = "support"
    """All of support."""
    PARTICIPANTS = "participants"
    """People of support who have a part in the ticket: they wrote in it, or it is theirs."""
    ASSIGNEE = "assignee"
    """The one person the ticket was given to."""


STORE, ADMINISTRATORS, SUPPORT, PARTICIPANTS, ASSIGNEE = Audience

AUDIENCE: Mapping[type[AnyEvent], AbstractSet[Audience]] = {
    events.TicketOpened: {SUPPORT},
    events.TicketPromoted: {STORE, SUPPORT},
    events.TicketParked: {STORE},
    events.RatingParked: {STORE},
    events.StoreReplied: {SUPPORT},
    events.SupportReplied: {STORE, PARTICIPANTS},
    events.TicketStatusChanged: {STORE},
    events.TicketAssigned: {ASSIGNEE},
    events.TicketClosed: {STORE, PARTICIPANTS},
    events.TicketReopened: {STORE, SUPPORT},
    events.QuotaThresholdReached: {STORE},
    events.WebhookDisabled: {ADMINISTRATORS},
}
