"""Texts of notifications and names of topics, in Spanish and English.

Placeholders are filled with an event's values, and `{reason}` with a text of `REASONS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.db.models import ParkedReason

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
        "es": "Soporte respondió en el ticket n.º {number}",
        "en": "Support replied in ticket no. {number}",
    },
    "ticket.status_changed": {
        "es": "Soporte está gestionando tu ticket n.º {number}",
        "en": "Support is working on your ticket no. {number}",
    },
    "ticket.assigned": {
        "es": "Te asignaron el ticket n.º {number}",
        "en": "Ticket no. {number} was assigned to you",
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
    "webhook.disabled": {
        "es": "Se desactivó el webhook {url}: {reason}",
        "en": "The webhook {url} was disabled: {reason}",
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
    "gone": {
        "es": "el receptor respondió que ya no existe (410)",
        "en": "the receiver answered that it is gone (410)",
    },
    "failing": {
        "es": "falló durante varios días seguidos",
        "en": "it failed for several days on end",
    },
}

TOPICS: dict[str, dict[str, str]] = {
    "new_tickets": {"es": "Tickets nuevos", "en": "New tickets"},
    "support_replies": {"es": "Respuestas de soporte", "en": "Replies of support"},
    "store_replies": {"es": "Respuestas de la tienda", "en": "Replies of the store"},
    "status_changes": {"es": "Cambios de estado", "en": "Status changes"},
    "assignments": {"es": "Tickets que me asignan", "en": "Tickets assigned to me"},
    "closings": {"es": "Tickets cerrados", "en": "Closed tickets"},
    "reopenings": {"es": "Tickets abiertos de nuevo", "en": "Reopened tickets"},
    "promotions": {"es": "Tickets en espera que se abren", "en": "Waiting tickets that are opened"},
    "parkings": {"es": "Calificaciones y tickets en espera", "en": "Ratings and tickets that have to wait"},
    "quota": {"es": "Uso del cupo de tickets", "en": "Use of the plan's tickets"},
    "webhooks": {"es": "Webhooks desactivados", "en": "Disabled webhooks"},
}


def render(event: str, detail: Mapping[str, Any], locale: str) -> str:
    """The text of `event` in the language `locale` (es, en), filled with `detail`; it has no full stop."""
    reason = REASONS.get(str(detail.get("reason")), {}).get(locale, "")
    return TEXTS[event][locale].format(**{**detail, "reason": reason})
