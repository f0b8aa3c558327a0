"""Handles jobs of the outbox as workers do, in this process and without Redis."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

from sqlalchemy import text

from shared.db.transactions import transaction
from shared.messaging.outbox.batch import process_batch
from shared.messaging.outbox.consumer import CONSUMERS
from shared.messaging.routes import CONSUMER_MODULES

_DUE = text("""
    SELECT consumer, array_agg(id ORDER BY id) FROM outbox
    WHERE dead_at IS NULL AND available_at <= now() GROUP BY consumer ORDER BY consumer
""")

for _module in CONSUMER_MODULES:
    importlib.import_module(_module)


def due() -> dict[str, list[int]]:
    """The ids of the rows that are due, by consumer."""
    with transaction() as session:
        return {consumer: list(ids) for consumer, ids in session.execute(_DUE)}


def work(consumer: str, ids: Sequence[int] | None = None) -> None:
    """Have `consumer` handle the rows of `ids`, by default all that are due."""
    process_batch(consumer, CONSUMERS[consumer], due().get(consumer, []) if ids is None else ids)


def drain() -> None:
    """Handle all that is due, and what comes of it, until nothing is due."""
    while waiting := due():
        for consumer, ids in waiting.items():
            work(consumer, ids)
