"""The audiences of each event: which groups of people are notified of it, as one table.

Three rules hold for every event; `services.notifier.fan_out.statement` applies them. The person who caused it
is not notified, nobody is notified twice of one event, and inactive people are not notified. An internal note
publishes no event, so no store can be notified of one.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from shared.messaging import events
from shared.messaging.events import AnyEvent


class Audience(enum.StrEnum):
    """A group of people, relative to an event."""

    STORE = "store"
    """People of the event's store whose role gives access to tickets."""
    ADMINISTRATORS = "administrators"
    """Administrators of the event's store."""
    SUPPORT = "support"
    """Everybody in support."""
    SUPPORT_PARTICIPANTS = "support_participants"
    """People of support who wrote in the ticket, or to whom it is assigned."""
    ASSIGNEE = "assignee"
    """The person that the event assigns the ticket to."""


STORE, ADMINISTRATORS, SUPPORT, SUPPORT_PARTICIPANTS, ASSIGNEE = Audience

AUDIENCE: Mapping[type[AnyEvent], AbstractSet[Audience]] = {
    events.TicketOpened: {SUPPORT},
    events.TicketPromoted: {STORE, SUPPORT},
    events.TicketParked: {STORE},
    events.RatingParked: {STORE},
    events.StoreReplied: {SUPPORT},
    events.SupportReplied: {STORE, SUPPORT_PARTICIPANTS},
    events.TicketStatusChanged: {STORE},
    events.TicketAssigned: {ASSIGNEE},
    events.TicketClosed: {STORE, SUPPORT_PARTICIPANTS},
    events.TicketReopened: {STORE, SUPPORT},
    events.QuotaThresholdReached: {STORE},
    events.WebhookDisabled: {ADMINISTRATORS},
}
