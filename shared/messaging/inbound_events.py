"""The messages that other services may send to the inbound queue, and the events they are stored as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundEvent:
    """Base of stored messages of other services. They are not parsed yet, so no store is known."""

    name: ClassVar[str]
    message: dict[str, Any]
    correlation_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreReceived(InboundEvent):
    """The account service sent a store with its plan and people."""

    name: ClassVar[str] = "store.received"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReceived(InboundEvent):
    """The answering service sent a question with its answer."""

    name: ClassVar[str] = "question.received"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingReceived(InboundEvent):
    """Another service sent a rating by a person of a store."""

    name: ClassVar[str] = "rating.received"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableMessage:
    """Something in the inbound queue was no message of the contract (docs/queues.md).

    `text` is the message, or the beginning of one that is too long; `size` is its length in bytes.
    """

    name: ClassVar[str] = "message.unread"
    text: str
    size: int
    correlation_id: str = ""


INBOUND_EVENTS: Mapping[str, type[InboundEvent]] = {
    "questions.record": QuestionReceived,
    "ratings.record": RatingReceived,
    "stores.sync": StoreReceived,
}
"""The event that each message is stored as, by the message's name, which is that of a Celery task."""

RECEIVE_UNREADABLE = "messages.receive"
"""The task that stores unreadable messages."""
