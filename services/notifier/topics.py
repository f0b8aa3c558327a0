"""What people can be told of, in groups they can turn on and off by channel; the quiet defaults are here.

In the notifications section everything is on until a person says otherwise. An e-mail is for what
needs someone, not for what happens all day. Webhooks are not a person's: an endpoint names its events.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import NamedTuple

from shared.messaging import events
from shared.messaging.events import AnyEvent


class Channel(enum.StrEnum):
    """A way to reach a person."""

    IN_APP = "in_app"
    EMAIL = "email"


class Side(enum.StrEnum):
    """Where a person stands in a conversation."""

    STORE = "store"
    SUPPORT = "support"


class Topic(NamedTuple):
    """Events that are turned on and off together.

    `email`: the sides that are told of them at all, and whether by e-mail too unless a person says otherwise.
    """

    name: str
    events: tuple[type[AnyEvent], ...]
    email: Mapping[Side, bool]

    def default(self, channel: Channel, side: Side) -> bool:
        """Whether `side` is told by `channel` where a person said nothing. Raises `KeyError` if never."""
        return self.email[side] if channel is Channel.EMAIL else side in self.email


_STORE, _SUPPORT = Side.STORE, Side.SUPPORT

TOPICS: tuple[Topic, ...] = (
    Topic("new_tickets", (events.TicketOpened,), {_SUPPORT: False}),
    Topic("support_replies", (events.SupportReplied,), {_STORE: True, _SUPPORT: False}),
    Topic("store_replies", (events.StoreReplied,), {_SUPPORT: False}),
    Topic("status_changes", (events.TicketStatusChanged,), {_STORE: False}),
    Topic("assignments", (events.TicketAssigned,), {_SUPPORT: True}),
    Topic("closings", (events.TicketClosed,), {_STORE: True, _SUPPORT: False}),
    Topic("reopenings", (events.TicketReopened,), {_STORE: False, _SUPPORT: False}),
    Topic("promotions", (events.TicketPromoted,), {_STORE: True, _SUPPORT: False}),
    Topic("parkings", (events.TicketParked, events.RatingParked), {_STORE: False}),
    Topic("quota", (events.QuotaThresholdReached,), {_STORE: True}),
    Topic("webhooks", (events.WebhookDisabled,), {_STORE: True}),
)

TOPIC_OF: Mapping[type[AnyEvent], Topic] = {event: topic for topic in TOPICS for event in topic.events}


def topics_of(side: Side) -> tuple[Topic, ...]:
    """What `side` can be told of."""
    return tuple(topic for topic in TOPICS if side in topic.email)
