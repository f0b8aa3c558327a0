"""One task more for the workers' own application, which does nothing: the floor of all that Celery does."""

from __future__ import annotations

from shared.celery_app import app


@app.task(name="performance.empty")
def empty() -> None:
    """Do nothing."""
