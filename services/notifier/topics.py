"""Topics: groups of events that people turn on and off together for each channel, with their defaults.

In the app every topic is on by default. By e-mail only those topics are on that ask a person to do something.
Webhooks have no topics: an endpoint lists its events.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import NamedTuple

from shared.messaging import events
from shared.messaging.events import AnyEvent


class Channel(enum.StrEnum):
    """A channel on which people are notified."""

    IN_APP = "in_app"
    EMAIL = "email"


class Side(enum.StrEnum):
    """The side of a conversation that a person is on."""

    STORE = "store"
    SUPPORT = "support"


class Topic(NamedTuple):
    """A topic; `email_by_default` says for each side it concerns whether its e-mails are on by default."""

    name: str
    events: tuple[type[AnyEvent], ...]
    email_by_default: Mapping[Side, bool]

    def default(self, channel: Channel, side: Side) -> bool:
        """Whether `channel` is on for people of `side` without a preference.

        Raises `KeyError` for e-mail where the topic does not concern `side`.
        """
        return self.email_by_default[side] if channel is Channel.EMAIL else side in self.email_by_default


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
    """The topics that concern `side`."""
    return tuple(topic for topic in TOPICS if side in topic.email_by_default)
