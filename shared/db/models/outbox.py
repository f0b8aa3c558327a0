"""Jobs: what is still to be done, and the proof that workers are alive."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, SmallInteger, func, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.models.base import Base


class OutboxRow(Base):
    """One event for one consumer, until the consumer's transaction deletes it.

    `claims` counts how often the relay handed it out, `attempts` how often handling it failed, `starts` how
    often it was begun alone, once its worker was suspected to die of it. `dead_at` set: given up on, kept
    for an operator.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "consumer", "available_at", postgresql_where=text("dead_at IS NULL")),
        Index("ix_outbox_dead", "dead_at", "id", postgresql_where=text("dead_at IS NOT NULL")),
        Index("ix_outbox_dead_consumer", "consumer", postgresql_where=text("dead_at IS NOT NULL")),
        {
            "postgresql_with": {
                "fillfactor": "70",
                "autovacuum_vacuum_scale_factor": "0.02",
                "autovacuum_vacuum_threshold": "1000",
                "autovacuum_vacuum_cost_delay": "0",
            }
        },
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    consumer: Mapped[str]
    event: Mapped[str]
    payload: Mapped[dict[str, Any]]
    store_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    available_at: Mapped[datetime] = mapped_column(server_default=func.now())
    claims: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    starts: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    last_error: Mapped[str | None]
    dead_at: Mapped[datetime | None]


RELAY_BEAT = "relay"
"""Where relays show that they are alive, beside the names of queues."""


class Heartbeat(Base):
    """When a worker last answered through a queue: a silent queue is seen here, whatever the cause."""

    __tablename__ = "heartbeats"

    queue: Mapped[str] = mapped_column(primary_key=True)
    beaten_at: Mapped[datetime]
