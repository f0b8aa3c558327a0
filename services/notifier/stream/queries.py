"""What the live stream reads: changed notifications, the watermark, and which people are active."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shared.db.models import Notification, Person

MAX_WATERMARK_LAG = timedelta(minutes=3)
"""No job writes for longer (`task_time_limit` is two minutes); a manual backfill must not stop the stream."""

# PostgreSQL hides from us when transactions of other logins started. Notifications are written by this login.
_WATERMARK = text("""
    SELECT greatest(least(now(), min(xact_start)), now() - CAST(:max_lag AS interval)) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_xid IS NOT NULL
""")


def watermark(session: Session) -> datetime:
    """When the oldest open writing transaction started, but at most `MAX_WATERMARK_LAG` ago; else now.

    Every update that was made before is committed, and so it is visible.
    """
    moment: datetime = session.connection().execute(_WATERMARK, {"max_lag": MAX_WATERMARK_LAG}).scalar_one()
    return moment


def updates(
    session: Session, people: Collection[UUID], since: datetime, limit: int
) -> Sequence[Notification]:
    """The oldest `limit` notifications of `people` that were inserted or updated after `since`."""
    return session.scalars(
        select(Notification)
        .where(Notification.person_id.in_(people), Notification.updated_at > since)
        .order_by(Notification.updated_at, Notification.id)
        .limit(limit)
    ).all()


def active_people(session: Session, people: Collection[UUID]) -> frozenset[UUID]:
    """Those of `people` who exist and are active."""
    return frozenset(session.scalars(select(Person.id).where(Person.id.in_(people), Person.active)))
