"""What other services may send, and the events it is stored as: the table of the queue that is theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """Base of what other services hand over; not looked at yet, so it has no store."""

    name: ClassVar[str]
    message: dict[str, Any]
    correlation_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreReceived(Received):
    """The account service handed over a store with its plan and people."""

    name: ClassVar[str] = "store.received"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReceived(Received):
    """Another service handed over an answered question."""

    name: ClassVar[str] = "question.received"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingReceived(Received):
    """Another service handed over a rating of somebody of a store."""

    name: ClassVar[str] = "rating.received"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageUnread:
    """Something came to the queue of other services that is no message of the contract.

    `text` is how it begins, `size` its length in bytes.
    """

    name: ClassVar[str] = "message.unread"
    text: str
    size: int
    correlation_id: str = ""


INBOUND: Mapping[str, type[Received]] = {
    "questions.record": QuestionReceived,
    "ratings.record": RatingReceived,
    "stores.sync": StoreReceived,
}
"""A message's name, which is that of a Celery task; and the event it is stored as."""

RECEIVE_UNREAD = "messages.receive"
"""The task that stores what cannot be read."""
