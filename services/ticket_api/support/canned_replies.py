"""Texts that support uses again and again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api.support import queries
from services.ticket_api.support.views import CannedReplyView, canned_reply_view
from shared.db.bulk_insert import insert_rows
from shared.db.models import CannedReply
from shared.errors import NotFound
from shared.http import pagination
from shared.http.auth.callers import Caller
from shared.http.views import PersonView
from shared.ids import new_id

SCOPE = "canned-replies"


def page(session: Session, arguments: Mapping[str, Any]) -> pagination.Page[CannedReplyView]:
    """A page of canned replies, latest written first. Raises `InvalidCursor`."""
    limit: int = arguments["limit"]
    after = pagination.decode(arguments["cursor"], SCOPE)
    rows = queries.canned_replies(session, arguments.get("q"), after, limit + 1)
    items = [canned_reply_view(row, PersonView(row.updated_by, row.author_name)) for row in rows]
    return pagination.page(items, limit, SCOPE, by="updated_at")


def create(session: Session, caller: Caller, payload: Mapping[str, Any], now: datetime) -> CannedReplyView:
    """Save a new text; `payload`: title and body."""
    row = {"id": new_id(), **payload, "updated_by": caller.person_id, "updated_at": now}
    insert_rows(session, CannedReply, [row])
    return canned_reply_view(CannedReply(**row), PersonView(caller.person_id, caller.name))


def change(
    session: Session, caller: Caller, reply_id: UUID, payload: Mapping[str, Any], now: datetime
) -> CannedReplyView:
    """Change title or body. Raises `NotFound`."""
    reply = queries.lock_canned_reply(session, reply_id)
    if reply is None:
        raise NotFound
    for name, value in payload.items():
        setattr(reply, name, value)
    reply.updated_by, reply.updated_at = caller.person_id, now
    session.flush()
    return canned_reply_view(reply, PersonView(caller.person_id, caller.name))


def remove(session: Session, reply_id: UUID) -> None:
    """Delete a text. Raises `NotFound`."""
    if not queries.delete_canned_reply(session, reply_id):
        raise NotFound
