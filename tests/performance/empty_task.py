"""One task more for the workers' own application, which does nothing: the floor of all that Celery does."""

from __future__ import annotations

from shared.messaging.celery_app import app


@app.task(name="performance.empty")
def empty() -> None:
    """Do nothing."""
