"""Applies the retention rules: deletes, batch by batch, what is older than the settings allow."""

from __future__ import annotations

import time
from datetime import datetime

import structlog

from services.privacy.retention_rules import RETENTION_RULES
from shared.config.settings import settings
from shared.db.transactions import transaction

MAX_RUN_SECONDS = 60
"""A run begins no batch after this time, which is below the workers' time limit; the next run continues."""

log = structlog.get_logger(__name__)


def delete_expired(now: datetime, max_seconds: float = MAX_RUN_SECONDS) -> dict[str, int]:
    """Delete what is too old at `now`; returns the number of deleted rows by the name of their rule."""
    deadline = time.monotonic() + max_seconds
    deleted: dict[str, int] = {}
    for rule in RETENTION_RULES:
        before = rule.before(settings(), now)
        count = 1
        while before is not None and count and time.monotonic() < deadline:
            with transaction() as session:
                count = rule.delete_batch(session, before)
            if count:
                deleted[rule.name] = deleted.get(rule.name, 0) + count
    if deleted:
        log.info("old_rows_forgotten", **deleted)
    return deleted
