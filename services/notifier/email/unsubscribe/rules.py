"""Leaving e-mails: every topic's e-mail off, the notifications section as it was."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from services.notifier.email.unsubscribe import tokens
from services.notifier.preferences import queries
from services.notifier.topics import Channel, Side, topics_of
from shared.errors import Invalid

# Opens row security for this person, as signing in does; nobody who left is found.
_SIGN_IN = text("SELECT store_id FROM sign_in(:person)")


def person_of(token: str) -> UUID:
    """Whom a token was made for. Raises `Invalid`."""
    person_id = tokens.person_of(token)
    if person_id is None:
        raise Invalid({"token": ["Not a valid token."]})
    return person_id


def leave(session: Session, person_id: UUID) -> None:
    """Turn every e-mail of a person off; doing it again changes nothing."""
    found = session.execute(_SIGN_IN, {"person": person_id}).one_or_none()
    if found is None:
        return
    side = Side.STORE if found.store_id else Side.SUPPORT
    kept = [
        (topic, Channel(channel), enabled)
        for (topic, channel), enabled in queries.chosen(session, person_id).items()
        if channel != Channel.EMAIL
    ]
    off = [
        (topic.name, Channel.EMAIL, False) for topic in topics_of(side) if topic.default(Channel.EMAIL, side)
    ]
    queries.replace(session, person_id, [*kept, *off])
