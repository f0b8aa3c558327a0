"""The hourly job that forgets what is older than the settings allow."""

from __future__ import annotations

import time
from datetime import datetime

import structlog

from services.privacy.retention import RETENTION_RULES
from shared.clock import now
from shared.config.settings import settings
from shared.db.transactions import transaction
from shared.messaging.celery_app import app

RUN_SECONDS = 60
"""Longest one run goes on, below the workers' time limit; the next goes on from there."""

log = structlog.get_logger(__name__)


@app.task(name="upkeep.forget_old")
def forget_old() -> None:
    """Forget what is old; sent by beat every hour."""
    forget(now())


def forget(moment: datetime, seconds: float = RUN_SECONDS) -> dict[str, int]:
    """Forget what is too old at `moment`, for at most `seconds`; how many of each were forgotten."""
    until = time.monotonic() + seconds
    forgotten: dict[str, int] = {}
    for rule in RETENTION_RULES:
        before = rule.before(settings(), moment)
        done = 1
        while before is not None and done and time.monotonic() < until:
            with transaction() as session:
                done = rule.forget(session, before)
            if done:
                forgotten[rule.name] = forgotten.get(rule.name, 0) + done
    if forgotten:
        log.info("old_rows_forgotten", **forgotten)
    return forgotten
