"""The outcomes of a ticket's notifications, e-mails and webhook calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.notifier.deliveries import queries
from services.notifier.deliveries.views import DeliveryView, view
from shared.config.settings import settings
from shared.errors import NotFound
from shared.http import pagination
from shared.http.auth.callers import Caller


def page(
    session: Session, caller: Caller, ticket_id: UUID, arguments: Mapping[str, Any]
) -> pagination.Page[DeliveryView]:
    """A page of a ticket's deliveries, latest first. Raises `NotFound`, `InvalidCursor`."""
    if not queries.ticket_exists(session, caller, ticket_id):
        raise NotFound
    limit, scope = arguments["limit"], f"deliveries:{ticket_id}"
    after = pagination.decode(arguments["cursor"], scope)
    # No row exists for people to whom no e-mail was created. They all have the same reason: either e-mail is
    # off by default for the topic, or no SMTP server is configured.
    no_email_reason = "off_by_default" if settings().smtp_url else "email_not_set_up"
    rows = queries.page(session, ticket_id, no_email_reason, after, limit + 1)
    return pagination.page([view(row) for row in rows], limit, scope, by="created_at")
