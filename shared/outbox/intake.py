"""Messages of other services: stored as jobs before anyone looks at them, so that none is lost or lingers."""

from __future__ import annotations

import re
import time
from typing import Any

import structlog
from celery.exceptions import Reject

from shared.database import is_outage, transaction
from shared.events import QuestionReceived, StoreReceived
from shared.outbox.publish import publish

OUTAGE_PAUSE_SECONDS = 1
"""How long a worker holds a message it cannot store before the next may try."""

_NO_LETTER = re.compile("[\0\ud800-\udfff]")

log = structlog.get_logger(__name__)


def accept(kind: type[QuestionReceived | StoreReceived], message: Any) -> None:
    """Store `message` as it came; called from the Celery task that carries it.

    What no column takes in a text (zero, half a surrogate pair) becomes U+FFFD. While the database is away
    the message goes back to its queue: raises `celery.exceptions.Reject`.
    """
    try:
        with transaction() as session:
            publish(session, [kind(message=_storable(message))])
    except Exception as error:
        if not is_outage(error):
            raise
        log.warning("database_away", received=kind.name)
        time.sleep(OUTAGE_PAUSE_SECONDS)
        raise Reject(str(error), requeue=True) from error


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _NO_LETTER.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_storable(key): _storable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_storable(inner) for inner in value]
    return value
