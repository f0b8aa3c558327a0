"""The workers' own application with one task more, which does nothing: the floor of everything Celery does."""

from __future__ import annotations

from shared.celery_app import app


@app.task(name="performance.empty")
def empty() -> None:
    """Do nothing."""
