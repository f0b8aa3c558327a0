"""Removing uploads that no row tells of: their request ended, or was killed, before its commit."""

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

YOUNGEST = timedelta(hours=1)
"""A younger upload may belong to a request that is still going on."""

MOST = 5_000
"""Objects looked at in one run; uploads that were handled are gone, so that this is plenty."""


def sweep(session: Session, now: datetime) -> int:
    """Delete uploads without a row that waits for them; returns how many. Raises `StorageAway`."""
    old = (found for found in storage().list(ORIGINALS_PREFIX) if found.written_at < now - YOUNGEST)
    uploads = {upload: found.key for found in islice(old, MOST) if (upload := _id_of(found))}
    orphans = uploads.keys() - queries.pending(session, uploads.keys())
    storage().delete(uploads[orphan] for orphan in orphans)
    if orphans:
        log.info("orphan_uploads_removed", count=len(orphans))
    return len(orphans)


def _id_of(found: StoredObject) -> UUID | None:
    try:
        return UUID(found.key.removeprefix(ORIGINALS_PREFIX))
    except ValueError:
        return None
