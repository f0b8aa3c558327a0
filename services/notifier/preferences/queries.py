"""Reading and writing a person's preferences."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from services.notifier.topics import Channel
from shared.db.bulk_insert import insert_rows
from shared.db.models import NotificationPreference

Choice = tuple[str, Channel, bool]

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended(:person, 0))")


def chosen(session: Session, person_id: UUID) -> dict[tuple[str, str], bool]:
    """A person's choices by topic and channel; what is missing is as by default."""
    rows = session.execute(
        select(
            NotificationPreference.topic, NotificationPreference.channel, NotificationPreference.enabled
        ).where(NotificationPreference.person_id == person_id)
    )
    return {(topic, channel): enabled for topic, channel, enabled in rows}


def replace(session: Session, person_id: UUID, choices: Sequence[Choice]) -> None:
    """Keep `choices` and no others of this person."""
    session.execute(_ONE_AT_A_TIME, {"person": str(person_id)})
    session.execute(delete(NotificationPreference).where(NotificationPreference.person_id == person_id))
    insert_rows(
        session,
        NotificationPreference,
        [
            {"person_id": person_id, "topic": topic, "channel": channel.value, "enabled": enabled}
            for topic, channel, enabled in choices
        ],
    )
