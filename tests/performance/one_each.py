"""Notifying without batches: a Celery task for each recipient, which writes one row."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import insert

from shared.clock import now
from shared.db.models import Notification
from shared.db.transactions import transaction
from shared.ids import new_id
from shared.messaging.celery_app import app


@app.task(name="performance.notify_one")
def notify_one(person_id: str, store_id: str, ticket_id: str) -> None:
    """Write one person's line about one ticket, in a transaction of its own."""
    moment = now()
    row = {
        "id": new_id(),
        "person_id": UUID(person_id),
        "store_id": UUID(store_id),
        "ticket_id": UUID(ticket_id),
        "event": "ticket.support_replied",
        "count": 1,
        "detail": {},
        "created_at": moment,
        "updated_at": moment,
    }
    with transaction() as session:
        session.execute(insert(Notification), [row])
