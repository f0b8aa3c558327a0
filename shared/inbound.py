"""What other services may send, by name: the table of the queue that is theirs to write to."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events import QuestionReceived, RatingReceived, Received, StoreReceived

INBOUND: Mapping[str, type[Received]] = {
    "questions.record": QuestionReceived,
    "ratings.record": RatingReceived,
    "stores.sync": StoreReceived,
}
"""A message's name, which is that of a Celery task; and the event it is stored as."""

RECEIVE_UNREAD = "messages.receive"
"""The task that stores what cannot be read."""
