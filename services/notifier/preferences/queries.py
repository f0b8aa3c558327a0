"""Reads and writes a person's notification preferences.

Only preferences that differ from their topic's default are stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from services.notifier.topics import Channel
from shared.db.bulk_insert import insert_rows
from shared.db.models import NotificationPreference


class Preference(NamedTuple):
    """Whether `channel` is on for the topic named `topic`."""

    topic: str
    channel: Channel
    enabled: bool


_LOCK_PERSON = text("SELECT pg_advisory_xact_lock(hashtextextended(:person, 0))")


def stored(session: Session, person_id: UUID) -> list[Preference]:
    """A person's stored preferences; for the others the default holds.

    Those for a channel that only a later release knows are left out: it may run beside this one.
    """
    rows = session.execute(
        select(
            NotificationPreference.topic, NotificationPreference.channel, NotificationPreference.enabled
        ).where(NotificationPreference.person_id == person_id, NotificationPreference.channel.in_(Channel))
    )
    return [Preference(row.topic, Channel(row.channel), row.enabled) for row in rows]


def replace(session: Session, person_id: UUID, preferences: Sequence[Preference]) -> None:
    """Replace all stored preferences of a person by `preferences`."""
    session.execute(_LOCK_PERSON, {"person": str(person_id)})
    session.execute(delete(NotificationPreference).where(NotificationPreference.person_id == person_id))
    insert_rows(
        session,
        NotificationPreference,
        [
            {
                "person_id": person_id,
                "topic": preference.topic,
                "channel": preference.channel.value,
                "enabled": preference.enabled,
            }
            for preference in preferences
        ],
    )
