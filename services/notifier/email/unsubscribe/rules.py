"""Unsubscribing: turns off every e-mail of a person, and leaves their in-app notifications as they are."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from services.notifier.email.unsubscribe import tokens
from services.notifier.preferences import queries
from services.notifier.preferences.queries import Preference
from services.notifier.topics import Channel, Side, topics_of
from shared.errors import Invalid

# Row security then gives access to this person's rows, as for a request of theirs. Inactive people are not
# found.
_SIGN_IN = text("SELECT store_id FROM sign_in(:person)")


def require_person(token: str) -> UUID:
    """The id of the person that `token` was issued for. Raises `Invalid` for any other text."""
    person_id = tokens.person_of(token)
    if person_id is None:
        raise Invalid({"token": ["Not a valid token."]})
    return person_id


def unsubscribe(session: Session, person_id: UUID) -> None:
    """Turn off the e-mails of all topics for a person; doing it again changes nothing."""
    person = session.execute(_SIGN_IN, {"person": person_id}).one_or_none()
    if person is None:
        return
    side = Side.STORE if person.store_id else Side.SUPPORT
    in_app = [
        preference
        for preference in queries.stored(session, person_id)
        if preference.channel is not Channel.EMAIL
    ]
    # Where the default is off already, nothing is stored.
    email_off = [
        Preference(topic.name, Channel.EMAIL, enabled=False)
        for topic in topics_of(side)
        if topic.default(Channel.EMAIL, side)
    ]
    queries.replace(session, person_id, [*in_app, *email_off])
