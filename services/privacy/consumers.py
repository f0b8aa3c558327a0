"""The periodic task that deletes data whose retention has ended."""

from __future__ import annotations

from services.privacy import retention
from shared.clock import now
from shared.messaging.celery_app import app


@app.task(name="upkeep.forget_old")
def delete_expired_data() -> None:
    """Delete data whose retention has ended; Celery beat sends it every hour."""
    retention.delete_expired(now())
