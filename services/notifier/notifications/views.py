"""Notifications as people see them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from shared.http.pagination import Page


class NotificationView(msgspec.Struct, frozen=True, kw_only=True):
    """A notification; `count`: how many events of the ticket were merged into it."""

    id: UUID
    event: str
    text: str
    ticket_id: UUID | None
    count: int
    detail: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    read_at: datetime | None


class NotificationPageView(Page[NotificationView], frozen=True):
    """A page of notifications, with how many are unread in all."""

    unread_count: int


class MarkedView(msgspec.Struct, frozen=True):
    """How many notifications are still unread."""

    unread_count: int
