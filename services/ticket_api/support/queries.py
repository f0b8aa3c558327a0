"""Reading and writing what support works with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, func, or_, select, tuple_
from sqlalchemy.orm import Session

from shared.db.models import CannedReply, Cause, Person, Store
from shared.db.rows import columns_of, read_as
from shared.http.pagination import Position
from shared.http.views import PersonView


class StoreRow(NamedTuple):
    """A store in a list."""

    id: UUID
    name: str
    created_at: datetime


class CannedReplyRow(NamedTuple):
    """A canned reply with the name of who wrote it last."""

    id: UUID
    title: str
    body: str
    updated_by: UUID
    author_name: str
    updated_at: datetime


_IS_STAFF = (Person.store_id.is_(None), Person.active)


def staff(session: Session) -> list[PersonView]:
    """Support's active people, by name."""
    statement = select(Person.id, Person.name).where(*_IS_STAFF).order_by(Person.name, Person.id)
    return read_as(PersonView, session.connection().execute(statement))


def stores(session: Session, words: str | None, after: UUID | None, limit: int) -> list[StoreRow]:
    """Stores whose name holds `words`, by name, after the store `after`; at most `limit`."""
    place = (func.lower(Store.name), Store.id)
    statement = select(*columns_of(Store, StoreRow)).order_by(*place).limit(limit)
    if words is not None:
        statement = statement.where(Store.name.icontains(words, autoescape=True))
    if after is not None:
        # Where that store stands now: stores are never deleted, and a name is no part of a cursor.
        name = select(func.lower(Store.name)).where(Store.id == after).scalar_subquery()
        statement = statement.where(tuple_(*place) > tuple_(name, after))
    return read_as(StoreRow, session.connection().execute(statement))


def is_staff(session: Session, person_id: UUID) -> bool:
    """Whether a person is one of support's active people."""
    return session.scalar(select(Person.id).where(Person.id == person_id, *_IS_STAFF)) is not None


def names(session: Session, people: Collection[UUID]) -> dict[UUID, str]:
    """The names of people, by id."""
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(people)))
    return {row.id: row.name for row in rows}


def causes(session: Session) -> Sequence[Cause]:
    """The causes that may be named, in their order."""
    return session.scalars(select(Cause).where(Cause.active).order_by(Cause.position, Cause.code)).all()


def canned_replies(
    session: Session, words: str | None, after: Position | None, limit: int
) -> list[CannedReplyRow]:
    """Canned replies whose title or body holds `words`, latest first, after `after`; at most `limit`."""
    statement = (
        select(
            CannedReply.id,
            CannedReply.title,
            CannedReply.body,
            CannedReply.updated_by,
            Person.name.label("author_name"),
            CannedReply.updated_at,
        )
        .join(Person, Person.id == CannedReply.updated_by)
        .order_by(CannedReply.updated_at.desc(), CannedReply.id.desc())
        .limit(limit)
    )
    if words is not None:
        statement = statement.where(
            or_(
                CannedReply.title.icontains(words, autoescape=True),
                CannedReply.body.icontains(words, autoescape=True),
            )
        )
    if after is not None:
        statement = statement.where(
            tuple_(CannedReply.updated_at, CannedReply.id) < (after.sort_value, after.id)
        )
    return read_as(CannedReplyRow, session.connection().execute(statement))


def lock_canned_reply(session: Session, reply_id: UUID) -> CannedReply | None:
    """A canned reply, held until the transaction ends."""
    return session.scalar(
        select(CannedReply).where(CannedReply.id == reply_id).with_for_update(key_share=True)
    )


def delete_canned_reply(session: Session, reply_id: UUID) -> bool:
    """Remove a canned reply; false where there was none."""
    removed = session.scalar(delete(CannedReply).where(CannedReply.id == reply_id).returning(CannedReply.id))
    return removed is not None
