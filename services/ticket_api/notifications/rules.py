"""The notifications section, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.ticket_api import pagination
from services.ticket_api.callers import Caller
from services.ticket_api.notifications import queries
from shared.models import Notification, ParkedReason

SCOPE = "notifications"

TEXTS: dict[str, dict[str, str]] = {
    "ticket.opened": {"es": "Nuevo ticket n.º {number}", "en": "New ticket no. {number}"},
    "ticket.promoted": {
        "es": "El ticket n.º {number}, que estaba en espera, ya está abierto",
        "en": "Ticket no. {number}, which had to wait, is open now",
    },
    "ticket.parked": {
        "es": "El ticket n.º {number} quedó en espera: {reason}",
        "en": "Ticket no. {number} had to wait: {reason}",
    },
    "ticket.store_replied": {
        "es": "La tienda respondió en el ticket n.º {number}",
        "en": "The store replied in ticket no. {number}",
    },
    "ticket.support_replied": {
        "es": "Soporte respondió tu ticket n.º {number}",
        "en": "Support answered your ticket no. {number}",
    },
    "ticket.status_changed": {
        "es": "Soporte está gestionando tu ticket n.º {number}",
        "en": "Support is working on your ticket no. {number}",
    },
    "ticket.closed": {"es": "Se cerró el ticket n.º {number}", "en": "Ticket no. {number} was closed"},
    "ticket.reopened": {
        "es": "Se volvió a abrir el ticket n.º {number}",
        "en": "Ticket no. {number} was reopened",
    },
    "rating.parked": {
        "es": "Una calificación quedó en espera: {reason}",
        "en": "A rating had to wait: {reason}",
    },
    "quota.threshold_reached": {
        "es": "Tu tienda usó el {percent} % de sus tickets ({used} de {unit_limit})",
        "en": "Your store has used {percent}% of its tickets ({used} of {unit_limit})",
    },
}

REASONS: dict[str, dict[str, str]] = {
    ParkedReason.PLAN_WITHOUT_TICKETS: {
        "es": "tu plan no incluye tickets",
        "en": "your plan does not include tickets",
    },
    ParkedReason.QUOTA_EXHAUSTED: {
        "es": "no quedan tickets disponibles en este período",
        "en": "no tickets are left in this period",
    },
}


def page(session: Session, caller: Caller, arguments: Mapping[str, Any], locale: str) -> dict[str, Any]:
    """A page of the caller's notifications, latest first. Raises `InvalidCursor`."""
    limit: int = arguments["limit"]
    after = pagination.decode(arguments["cursor"], SCOPE)
    rows = queries.page(session, caller.person_id, arguments.get("unread"), after, limit + 1)
    views = [_view(row, locale) for row in rows]
    return pagination.page(views, limit, SCOPE, by="updated_at") | {
        "unread_count": queries.unread_count(session, caller.person_id)
    }


def mark_read(session: Session, caller: Caller, ids: Sequence[UUID] | None, now: datetime) -> dict[str, int]:
    """Mark the caller's notifications of `ids` read, or all; others' are left alone."""
    queries.mark_read(session, caller.person_id, ids, now)
    return {"unread_count": queries.unread_count(session, caller.person_id)}


def _view(notification: Notification, locale: str) -> dict[str, Any]:
    detail = dict(notification.detail)
    reason = REASONS.get(str(detail.get("reason")), {}).get(locale, "")
    return {
        "id": notification.id,
        "event": notification.event,
        "text": TEXTS[notification.event][locale].format(**detail | {"reason": reason}),
        "ticket_id": notification.ticket_id,
        "count": notification.count,
        "detail": detail,
        "created_at": notification.created_at,
        "updated_at": notification.updated_at,
        "read_at": notification.read_at,
    }
