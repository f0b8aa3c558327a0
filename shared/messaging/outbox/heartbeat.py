"""Heartbeats: proof that workers and relays are alive, as rows of the table `heartbeats`.

Celery beat sends one task through each queue, so a worker's heartbeat proves that its queue works too.
Relays write theirs themselves.
"""

from __future__ import annotations

from sqlalchemy import text

from shared.db.transactions import transaction
from shared.messaging.celery_app import app

_RECORD_HEARTBEAT = text("""
    INSERT INTO heartbeats (queue, beaten_at) VALUES (:name, now())
    ON CONFLICT (queue) DO UPDATE SET beaten_at = excluded.beaten_at
""")


@app.task(name="outbox.heartbeat")
def heartbeat(queue: str) -> None:
    """Record that a worker of `queue` is alive. One lost heartbeat means nothing; many raise an alert."""
    record_heartbeat(queue)


def record_heartbeat(name: str) -> None:
    """Store the present time as the last heartbeat of `name`, a queue or `RELAY_HEARTBEAT`."""
    with transaction() as session:
        session.execute(_RECORD_HEARTBEAT, {"name": name})
