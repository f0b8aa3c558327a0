"""The inbox: messages of other services are stored as jobs before they are parsed, so that none is lost."""

from __future__ import annotations

import re
import time
from typing import Any

import structlog
from celery import current_task
from celery.exceptions import Reject

from shared.db.transactions import is_outage, transaction
from shared.messaging.broker.envelopes import MAX_BYTES, UnreadableError, decode_envelope, single_argument
from shared.messaging.events import AnyEvent
from shared.messaging.inbound_events import INBOUND_EVENTS, InboundEvent, UnreadableMessage
from shared.messaging.outbox.batch import PermanentError
from shared.messaging.outbox.publish import publish
from shared.observability.correlation import correlation_from

OUTAGE_PAUSE_SECONDS = 1
"""How long a worker waits before it returns a message that it cannot store to the queue."""

_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")

log = structlog.get_logger(__name__)


def save_message(kind: type[InboundEvent], message: Any) -> None:
    """Store `message` as an event of `kind`, without validation; called from the Celery task that carries it.

    Characters that PostgreSQL stores in no text (NUL, lone surrogates) become U+FFFD. While the database is
    unreachable, raises `celery.exceptions.Reject`, which returns the message to its queue.
    """
    _save(kind(message=_storable(message), correlation_id=_correlation()))


def save_unreadable(text: str, size: int) -> None:
    """Store the beginning of an unreadable message of `size` bytes, as `save_message` does."""
    _save(UnreadableMessage(text=_storable(text), size=size, correlation_id=_correlation()))


def reparse(unreadable: UnreadableMessage) -> InboundEvent:
    """Parse the message once more: this release may know what the one that stored it did not.

    Raises `PermanentError`, which says what is wrong with the message.
    """
    if unreadable.size > MAX_BYTES:
        raise PermanentError(f"the message has {unreadable.size} bytes; expected at most {MAX_BYTES}")
    try:
        envelope = decode_envelope(unreadable.text.encode())
        message = single_argument(envelope)
    except UnreadableError as error:
        raise PermanentError(str(error)) from None
    if envelope.task not in INBOUND_EVENTS:
        raise PermanentError(
            f"headers.task: {envelope.task!r} is not known; expected one of {', '.join(INBOUND_EVENTS)}"
        )
    return INBOUND_EVENTS[envelope.task](message=message, correlation_id=unreadable.correlation_id)


def _correlation() -> str:
    """The id that the sender gave its message; a new one if that is missing or not well-formed."""
    return correlation_from(getattr(getattr(current_task, "request", None), "id", None))


def _save(event: AnyEvent) -> None:
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
    """`value` (decoded JSON) with U+FFFD for every character that PostgreSQL stores in no text."""
    if isinstance(value, str):
        return _NOT_STORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_storable(key): _storable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_storable(inner) for inner in value]
    return value
