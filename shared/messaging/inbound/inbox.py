"""Messages of other services: stored as jobs before anyone looks at them, so that none is lost or lingers."""

from __future__ import annotations

import re
import time
from typing import Any

import structlog
from celery import current_task
from celery.exceptions import Reject

from shared.db.transactions import is_outage, transaction
from shared.messaging.broker.envelopes import MAX_BYTES, UnreadableError, one_argument, opened
from shared.messaging.events import AnyEvent
from shared.messaging.inbound_events import INBOUND, MessageUnread, Received
from shared.messaging.outbox.batch import PermanentError
from shared.messaging.outbox.publish import publish
from shared.observability.correlation import correlation_from

OUTAGE_PAUSE_SECONDS = 1
"""How long a worker holds a message it cannot store before the next may try."""

_NO_LETTER = re.compile("[\0\ud800-\udfff]")

log = structlog.get_logger(__name__)


def accept(kind: type[Received], message: Any) -> None:
    """Store `message` as it came; called from the Celery task that carries it.

    What no column takes in a text (zero, half a surrogate pair) becomes U+FFFD. While the database is away
    the message goes back to its queue: raises `celery.exceptions.Reject`.
    """
    _store(kind(message=_storable(message), correlation_id=_correlation()))


def accept_unread(text: str, size: int) -> None:
    """Store the beginning of something of `size` bytes that could not be read, as `accept` does."""
    _store(MessageUnread(text=_storable(text), size=size, correlation_id=_correlation()))


def read_again(unread: MessageUnread) -> Received:
    """What `unread` is after all, now that a release knows more. Raises `PermanentError`, saying why not."""
    if unread.size > MAX_BYTES:
        raise PermanentError(f"the message has {unread.size} bytes; expected at most {MAX_BYTES}")
    try:
        sent = opened(unread.text.encode())
        message = one_argument(sent)
    except UnreadableError as error:
        raise PermanentError(str(error)) from None
    if sent.task not in INBOUND:
        raise PermanentError(
            f"headers.task: {sent.task!r} is not known; expected one of {', '.join(INBOUND)}"
        )
    return INBOUND[sent.task](message=message, correlation_id=unread.correlation_id)


def _correlation() -> str:
    """The id that the sender gave its message; of one that is not well-formed, or none, a new one."""
    return correlation_from(getattr(getattr(current_task, "request", None), "id", None))


def _store(event: AnyEvent) -> None:
    try:
        with transaction() as session:
            publish(session, [event])
    except Exception as error:
        if not is_outage(error):
            raise
        log.warning("database_away", received=event.name)
        time.sleep(OUTAGE_PAUSE_SECONDS)
        raise Reject(str(error), requeue=True) from error
    log.info("message_received", received=event.name, correlation_id=event.correlation_id)


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _NO_LETTER.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_storable(key): _storable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_storable(inner) for inner in value]
    return value
