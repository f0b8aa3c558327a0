"""The sweep for orphaned originals: stored uploads that no pending attachment refers to.

An original becomes one when its request ended before its commit, or when deleting it after processing failed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from services.images import queries
from shared.pictures import ORIGINALS_PREFIX
from shared.storage import StoredObject, storage

log = structlog.get_logger(__name__)

MIN_AGE = timedelta(hours=1)
"""Younger uploads are left alone: their request may not have committed yet."""

MAX_OBJECTS = 5_000
"""Uploads checked by one run. Processed uploads are deleted, so there are rarely as many."""


def sweep(session: Session, now: datetime) -> int:
    """Delete originals that no pending attachment refers to; returns their number.

    Raises `StorageAway`.
    """
    old = (stored for stored in storage().list(ORIGINALS_PREFIX) if stored.written_at < now - MIN_AGE)
    keys = {id_: stored.key for stored in islice(old, MAX_OBJECTS) if (id_ := _attachment_id(stored))}
    orphans = keys.keys() - queries.pending(session, keys.keys())
    storage().delete(keys[orphan] for orphan in orphans)
    if orphans:
        log.info("orphan_uploads_removed", count=len(orphans))
    return len(orphans)


def _attachment_id(stored: StoredObject) -> UUID | None:
    try:
        return UUID(stored.key.removeprefix(ORIGINALS_PREFIX))
    except ValueError:
        return None
