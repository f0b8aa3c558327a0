"""Who hears of what, as one table; the person who acted is never told, and nobody is told twice."""

from __future__ import annotations

import enum

from shared import events
from shared.events import AnyEvent


class Group(enum.StrEnum):
    """People as an event sees them: of its store, with the ticket module; or all of support."""

    STORE = "store"
    SUPPORT = "support"


AUDIENCE: dict[type[AnyEvent], frozenset[Group]] = {
    events.TicketOpened: frozenset({Group.SUPPORT}),
    events.TicketPromoted: frozenset({Group.STORE, Group.SUPPORT}),
    events.TicketParked: frozenset({Group.STORE}),
    events.RatingParked: frozenset({Group.STORE}),
    events.StoreReplied: frozenset({Group.SUPPORT}),
    events.SupportReplied: frozenset({Group.STORE}),
    events.TicketStatusChanged: frozenset({Group.STORE}),
    events.TicketClosed: frozenset({Group.STORE, Group.SUPPORT}),
    events.TicketReopened: frozenset({Group.STORE, Group.SUPPORT}),
    events.QuotaThresholdReached: frozenset({Group.STORE}),
}
