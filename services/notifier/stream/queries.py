"""What the live stream reads: notifications as they change, and who may still listen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shared.db.models import Notification, Person

LONGEST = timedelta(minutes=3)
"""No job writes longer (`task_time_limit` is two minutes); for a backfill by hand nobody waits longer."""

# Of other logins PostgreSQL hides when they began; notifications are written under this one.
_SETTLED = text("""
    SELECT greatest(least(now(), min(xact_start)), now() - CAST(:longest AS interval)) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_xid IS NOT NULL
""")


def settled(session: Session) -> datetime:
    """The time before which nothing is being written any more: when the oldest open transaction began.

    At most `LONGEST` ago.
    """
    moment: datetime = session.connection().execute(_SETTLED, {"longest": LONGEST}).scalar_one()
    return moment


def changes(session: Session, people: Collection[UUID], since: datetime, most: int) -> Sequence[Notification]:
    """The notifications of `people` that were added or changed after `since`, the oldest `most`."""
    return session.scalars(
        select(Notification)
        .where(Notification.person_id.in_(people), Notification.updated_at > since)
        .order_by(Notification.updated_at, Notification.id)
        .limit(most)
    ).all()


def admitted(session: Session, people: Collection[UUID]) -> frozenset[UUID]:
    """Those of `people` who exist and are active."""
    return frozenset(session.scalars(select(Person.id).where(Person.id.in_(people), Person.active)))
