"""Jobs that are still to be done (the outbox), and heartbeats of workers and relays."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, SmallInteger, func, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.models.base import Base


class OutboxRow(Base):
    """A job: one event for one consumer. The transaction that does the job deletes its row.

    `dispatch_count`: how often a relay leased and sent it; `attempts`: how often it failed; `solo_attempts`:
    how often it was processed alone because it was suspected to kill its worker. A row with `dead_at` is
    given up and left for an operator. While a job is leased, or waits for another attempt, `available_at`
    is in the future.

    In the table, `dispatch_count` is the column `claims` and `solo_attempts` the column `starts`. These names
    stay: this is the busiest table, and the previous release runs beside this one during an upgrade.
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
    dispatch_count: Mapped[int] = mapped_column("claims", SmallInteger, server_default="0")
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    solo_attempts: Mapped[int] = mapped_column("starts", SmallInteger, server_default="0")
    last_error: Mapped[str | None]
    dead_at: Mapped[datetime | None]


RELAY_HEARTBEAT = "relay"
"""The key of the relays' heartbeat; all other keys are names of queues."""


class Heartbeat(Base):
    """When a worker last processed a heartbeat task of a queue, or when a relay last recorded its own."""

    __tablename__ = "heartbeats"

    queue: Mapped[str] = mapped_column(primary_key=True)
    beaten_at: Mapped[datetime]
