"""An e-mail about to be sent, and the decision whether it still should be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.notifier.topics import TOPIC_OF, Channel, Side
from shared.messaging.events import EVENTS


@dataclass(frozen=True, slots=True)
class Item:
    """One thing the e-mail tells of; `author` and `body` of a message."""

    event: str
    at: datetime
    detail: Mapping[str, Any]
    author: str = ""
    body: str = ""
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One e-mail to one person, as a claim found it; `correlations`: the requests it tells of."""

    id: UUID
    attempt: int
    person_id: UUID
    name: str
    address: str
    locale: str
    active: bool
    support: bool
    refused: bool
    chosen: Mapping[str, bool]
    store_id: UUID
    store: str
    ticket_id: UUID | None
    number: int | None
    read_position: int
    items: Sequence[Item]
    correlations: Sequence[str] = ()

    @property
    def wanted(self) -> list[Item]:
        """The items that the person still wants by e-mail: they may have changed their mind meanwhile."""
        side = Side.SUPPORT if self.support else Side.STORE
        topics = [TOPIC_OF[EVENTS[item.event]] for item in self.items]
        return [
            item
            for item, topic in zip(self.items, topics, strict=True)
            if self.chosen.get(topic.name, topic.default(Channel.EMAIL, side))
        ]

    def reason_to_drop(self) -> str | None:
        """Why it should not be sent after all: `left`, `address_refused`, `preference_off`, `read`."""
        if not self.active:
            return "left"
        if self.refused:
            return "address_refused"
        if not self.wanted:
            return "preference_off"
        # Usually reading takes the e-mail away itself; this is for a reading that came while it was written.
        positions = [item.position for item in self.wanted]
        if all(position is not None and position <= self.read_position for position in positions):
            return "read"
        return None
