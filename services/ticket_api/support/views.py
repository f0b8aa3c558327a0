"""What support's calls show."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from services.ticket_api.conversation.views import StateView, state_view
from services.ticket_api.support.queries import CannedReplyRow
from shared.db.models import CannedReply, Cause, Ticket
from shared.http.views import PersonView


class ManagedView(StateView, frozen=True, kw_only=True):
    """A ticket as support manages it."""

    assignee: PersonView | None
    closed_at: datetime | None


class BulkResultView(msgspec.Struct, frozen=True):
    """What became of one ticket: `done`, or the code of an error and its text for people."""

    ticket_id: UUID
    result: str
    detail: str | None


class CauseView(msgspec.Struct, frozen=True):
    """Why an answer was wrong; `refunds`: closing with it gives the unit back."""

    code: str
    name: str
    refunds: bool


class CannedReplyView(msgspec.Struct, frozen=True, kw_only=True):
    """A canned reply, and who wrote it last."""

    id: UUID
    title: str
    body: str
    updated_by: PersonView
    updated_at: datetime


def managed_view(ticket: Ticket, assignee: PersonView | None) -> ManagedView:
    """A ticket that was just changed."""
    state = msgspec.structs.asdict(state_view(ticket))
    return ManagedView(**state, assignee=assignee, closed_at=ticket.closed_at)


def cause_view(cause: Cause, locale: str) -> CauseView:
    """A cause in the language `locale`."""
    return CauseView(cause.code, cause.name_en if locale == "en" else cause.name_es, cause.refunds)


def canned_reply_view(reply: CannedReply | CannedReplyRow, author: PersonView) -> CannedReplyView:
    """A canned reply that `author` wrote last."""
    return CannedReplyView(
        id=reply.id, title=reply.title, body=reply.body, updated_by=author, updated_at=reply.updated_at
    )
