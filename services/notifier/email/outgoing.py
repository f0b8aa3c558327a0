"""A claimed e-mail, and the decision whether it is still to be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.notifier.topics import TOPIC_OF, Channel, Side
from shared.messaging.events import EVENTS


@dataclass(frozen=True, slots=True)
class EmailItem:
    """An event in an e-mail; where it is about a message, with its author's name, text and position."""

    event: str
    at: datetime
    detail: Mapping[str, Any]
    author: str = ""
    body: str = ""
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingEmail:
    """An e-mail to one person, with what was known about them when it was claimed.

    `preferences`: the person's stored e-mail preferences by topic name. `attempt` counts from 1.
    `read_position`: up to which message of the ticket the person has read. `correlation_ids`: of the requests
    that caused the events.
    """

    id: UUID
    attempt: int
    person_id: UUID
    recipient_name: str
    address: str
    locale: str
    recipient_active: bool
    is_support: bool
    address_refused: bool
    preferences: Mapping[str, bool]
    store_id: UUID
    store_name: str
    ticket_id: UUID | None
    ticket_number: int | None
    read_position: int
    items: Sequence[EmailItem]
    correlation_ids: Sequence[str] = ()

    @property
    def enabled_items(self) -> list[EmailItem]:
        """The items of topics whose e-mails are on; the person may have turned some off meanwhile."""
        side = Side.SUPPORT if self.is_support else Side.STORE
        topics = [TOPIC_OF[EVENTS[item.event]] for item in self.items]
        return [
            item
            for item, topic in zip(self.items, topics, strict=True)
            if self.preferences.get(topic.name, topic.default(Channel.EMAIL, side))
        ]

    def drop_reason(self) -> str | None:
        """Why not to send it: `left`, `address_refused`, `preference_off` or `read`; None: send it."""
        if not self.recipient_active:
            return "left"
        if self.address_refused:
            return "address_refused"
        if not self.enabled_items:
            return "preference_off"
        # Usually marking the ticket read has dropped the e-mail. This covers a ticket that was read while the
        # fan-out wrote the e-mail.
        positions = [item.position for item in self.enabled_items]
        if all(position is not None and position <= self.read_position for position in positions):
            return "read"
        return None
