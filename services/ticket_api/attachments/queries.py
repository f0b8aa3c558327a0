"""Reading and writing attachments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, text
from sqlalchemy.orm import Session

from shared.db.models import TICKET_ROLES, Attachment
from shared.http.auth.callers import Caller


def _owner(caller: Caller) -> ColumnElement[bool]:
    """Whose pictures count together: those of a store, or of one of support's people."""
    if caller.store_id is not None:
        return Attachment.store_id == caller.store_id
    return and_(Attachment.store_id.is_(None), Attachment.uploaded_by == caller.person_id)


def _visible(caller: Caller) -> ColumnElement[bool]:
    """Unattached ones are visible to their uploader, attached ones to whoever sees the rating or ticket."""
    own = and_(Attachment.tied_at.is_(None), Attachment.uploaded_by == caller.person_id)
    if caller.is_support:
        return or_(Attachment.tied_at.is_not(None), own)
    visible = [own, Attachment.rating_id.is_not(None)]
    if caller.roles & TICKET_ROLES:
        visible.append(Attachment.ticket_id.is_not(None))
    return and_(Attachment.store_id == caller.own_store, ~Attachment.internal, or_(*visible))


def one(session: Session, caller: Caller, attachment_id: UUID) -> Attachment | None:
    """An attachment `caller` may see."""
    return session.scalar(select(Attachment).where(Attachment.id == attachment_id, _visible(caller)))


def occupied(session: Session, caller: Caller) -> int:
    """Bytes that the pictures of the caller's store occupy; for support, the caller's own unattached ones."""
    total = session.scalar(select(func.sum(Attachment.stored_bytes)).where(_owner(caller)))
    return int(total or 0)


def lock_owner(session: Session, caller: Caller) -> None:
    """Serialise one store's uploads until the transaction ends, so that their bytes are counted exactly."""
    owner = caller.store_id or caller.person_id
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"attachments:{owner}", 0))))


def lock(session: Session, ids: Collection[UUID]) -> dict[UUID, Attachment]:
    """Lock those of `ids` that exist, in the order of their ids so that two transactions never deadlock."""
    statement = (
        select(Attachment)
        .where(Attachment.id.in_(ids))
        .order_by(Attachment.id)
        .with_for_update(key_share=True)
    )
    rows = session.scalars(statement.execution_options(populate_existing=True))
    return {row.id: row for row in rows}


def count_of_rating(session: Session, rating_id: UUID) -> int:
    """How many pictures a rating has."""
    counted = session.scalar(select(func.count()).where(Attachment.rating_id == rating_id))
    return int(counted or 0)


def ratings_with_pictures(session: Session, rating_ids: Collection[UUID]) -> set[UUID]:
    """Those of `rating_ids` that have pictures."""
    statement = select(Attachment.rating_id).where(Attachment.rating_id.in_(rating_ids)).distinct()
    return {rating_id for rating_id in session.scalars(statement) if rating_id is not None}


def of_messages(session: Session, ids: Collection[UUID]) -> Sequence[Attachment]:
    """The pictures of many messages, by one statement, in the order they were uploaded."""
    return session.scalars(
        select(Attachment).where(Attachment.message_id.in_(ids)).order_by(Attachment.id)
    ).all()


def of_ratings(session: Session, ids: Collection[UUID]) -> Sequence[Attachment]:
    """The pictures of many ratings, by one statement, in the order they were uploaded."""
    return session.scalars(
        select(Attachment).where(Attachment.rating_id.in_(ids)).order_by(Attachment.id)
    ).all()


_APPLY_RESULTS = text("""
    UPDATE attachments a SET
        status = CASE WHEN e.refusal IS NULL THEN 'ready' ELSE 'rejected' END,
        reason = e.refusal, width = e.width, height = e.height, frames = e.frames,
        total_frames = e.total_frames, stored_bytes = e.stored_bytes
    FROM json_to_recordset(CAST(:events AS json)) AS e
        (attachment_id uuid, refusal text, width bigint, height bigint, frames bigint,
         total_frames bigint, stored_bytes bigint)
    WHERE a.id = e.attachment_id AND (a.status = 'pending' OR a.reason = 'lost')
""")

_ATTACH_TO_FIRST_MESSAGES = text("""
    UPDATE attachments a SET ticket_id = t.ticket_id, message_id = t.message_id
    FROM unnest(CAST(:ratings AS uuid[]), CAST(:tickets AS uuid[]), CAST(:messages AS uuid[]))
        AS t (rating_id, ticket_id, message_id)
    WHERE a.rating_id = t.rating_id AND a.message_id IS NULL
""")

_EXPIRE = text("""
    DELETE FROM attachments WHERE id = ANY (ARRAY(
        SELECT id FROM attachments WHERE tied_at IS NULL AND created_at < :before
        ORDER BY created_at LIMIT :most FOR UPDATE SKIP LOCKED
    )) RETURNING id, store_id
""")

_REJECT_UNPROCESSED = text("""
    UPDATE attachments SET status = 'rejected', reason = 'lost', stored_bytes = 0
    WHERE status = 'pending' AND created_at < :before
""")


def apply_results(session: Session, events_json: str) -> None:
    """Record the results of processing uploads; an upload that has its result already keeps it."""
    session.execute(_APPLY_RESULTS, {"events": events_json})


def attach_to_first_messages(session: Session, rows: Sequence[tuple[UUID, UUID, UUID]]) -> None:
    """Attach the pictures of ratings to their tickets' first messages: (rating, ticket, message) each."""
    if rows:
        ratings, tickets, messages = (list(column) for column in zip(*rows, strict=True))
        session.execute(
            _ATTACH_TO_FIRST_MESSAGES, {"ratings": ratings, "tickets": tickets, "messages": messages}
        )


def expire(session: Session, before: datetime, most: int) -> Sequence[tuple[UUID, UUID | None]]:
    """Delete up to `most` unattached uploads from before `before`; returns id and store of each."""
    return [(row.id, row.store_id) for row in session.execute(_EXPIRE, {"before": before, "most": most})]


def reject_unprocessed(session: Session, before: datetime) -> None:
    """Reject uploads that are still pending since before `before`."""
    session.execute(_REJECT_UNPROCESSED, {"before": before})
