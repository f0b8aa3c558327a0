"""A ticket's messages and timeline entries as people see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from services.ticket_api.attachments.views import AttachmentView
from services.ticket_api.conversation.queries import MessageRow, TimelineRow
from shared.db.models import Ticket, TicketStatus
from shared.http.views import PersonView


class MessageView(msgspec.Struct, frozen=True, kw_only=True):
    """What someone wrote."""

    id: UUID
    author: PersonView
    from_support: bool
    internal: bool
    body: str
    attachments: list[AttachmentView]
    created_at: datetime


class TimelineEntryView(msgspec.Struct, frozen=True, kw_only=True):
    """One change of a ticket."""

    id: UUID
    kind: str
    actor: PersonView
    detail: dict[str, Any]
    created_at: datetime


class StateView(msgspec.Struct, frozen=True, kw_only=True):
    """Where a ticket stands now."""

    id: UUID
    number: int
    status: TicketStatus
    version: int
    cause: str | None
    resolution: str | None
    last_activity_at: datetime


class ReadStateView(msgspec.Struct, frozen=True):
    """Whether the caller has something left to read."""

    ticket_id: UUID
    unread: bool


def message_view(row: MessageRow, attachments: list[AttachmentView]) -> MessageView:
    """A message that was read."""
    return MessageView(
        id=row.id,
        author=PersonView(row.author_id, row.author_name),
        from_support=row.from_support,
        internal=row.internal,
        body=row.body,
        attachments=attachments,
        created_at=row.created_at,
    )


def new_message_view(
    message: Mapping[str, Any], author: PersonView, attachments: list[AttachmentView]
) -> MessageView:
    """A message that was just written by `author`, as the row that was inserted."""
    return MessageView(
        id=message["id"],
        author=author,
        from_support=message["from_support"],
        internal=message["internal"],
        body=message["body"],
        attachments=attachments,
        created_at=message["created_at"],
    )


def timeline_view(row: TimelineRow) -> TimelineEntryView:
    """A timeline entry that was read."""
    return TimelineEntryView(
        id=row.id,
        kind=row.kind,
        actor=PersonView(row.actor_id, row.actor_name),
        detail=row.detail,
        created_at=row.created_at,
    )


def state_view(ticket: Ticket) -> StateView:
    """A ticket that was just changed."""
    return StateView(
        id=ticket.id,
        number=ticket.number,
        status=ticket.status,
        version=ticket.version,
        cause=ticket.cause,
        resolution=ticket.resolution,
        last_activity_at=ticket.last_activity_at,
    )
