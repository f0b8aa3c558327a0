"""Who hears of what, as one table; the person who acted is never told, and nobody is told twice."""

from __future__ import annotations

import enum

from shared.events import AnyEvent, QuotaThresholdReached, RatingParked, TicketOpened


class Group(enum.StrEnum):
    """People as an event sees them: of its store, with the ticket module; or all of support."""

    STORE = "store"
    SUPPORT = "support"


AUDIENCE: dict[type[AnyEvent], frozenset[Group]] = {
    TicketOpened: frozenset({Group.SUPPORT}),
    RatingParked: frozenset({Group.STORE}),
    QuotaThresholdReached: frozenset({Group.STORE}),
}
