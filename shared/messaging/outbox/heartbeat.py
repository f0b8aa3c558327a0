"""Proof of life: workers answer through their queues, where beat asks; relays write it by themselves."""

from __future__ import annotations

from sqlalchemy import text

from shared.db.transactions import transaction
from shared.messaging.celery_app import app

_BEAT = text("""
    INSERT INTO heartbeats (queue, beaten_at) VALUES (:queue, now())
    ON CONFLICT (queue) DO UPDATE SET beaten_at = excluded.beaten_at
""")


@app.task(name="outbox.heartbeat")
def heartbeat(queue: str) -> None:
    """Note that a worker of `queue` is alive; losing one beat means nothing, losing many is an alarm."""
    beat(queue)


def beat(name: str) -> None:
    """Note that somebody of this name is alive."""
    with transaction() as session:
        session.execute(_BEAT, {"queue": name})
