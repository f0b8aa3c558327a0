"""What the columns of an export are called, and its values, in Spanish and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

Words = Mapping[str, str]

HEADERS: Final[dict[str, Words]] = {
    "number": {"es": "Número", "en": "Number"},
    "store": {"es": "Tienda", "en": "Store"},
    "kind": {"es": "Tipo", "en": "Kind"},
    "origin": {"es": "Origen", "en": "Origin"},
    "verdict": {"es": "Calificación", "en": "Rating"},
    "status": {"es": "Estado", "en": "Status"},
    "parked_reason": {"es": "Motivo de la espera", "en": "Why it waits"},
    "excerpt": {"es": "Pregunta o primer mensaje", "en": "Question or first message"},
    "opener": {"es": "Creado por", "en": "Opened by"},
    "assignee": {"es": "Asignado a", "en": "Assigned to"},
    "unread": {"es": "Sin leer", "en": "Unread"},
    "cause": {"es": "Causa", "en": "Cause"},
    "resolution": {"es": "Mejora aplicada", "en": "Improvement applied"},
    "created_at": {"es": "Creado (UTC)", "en": "Created (UTC)"},
    "last_activity_at": {"es": "Última actividad (UTC)", "en": "Last activity (UTC)"},
    "closed_at": {"es": "Cerrado (UTC)", "en": "Closed (UTC)"},
}

_VALUES: Final[dict[str, dict[str, Words]]] = {
    "kind": {
        "question": {"es": "De una pregunta", "en": "Of a question"},
        "generic": {"es": "Genérico", "en": "Generic"},
    },
    "origin": {
        "history": {"es": "Histórico", "en": "History"},
        "test": {"es": "Test", "en": "Test"},
        "pending": {"es": "Pendientes", "en": "Pending"},
    },
    "verdict": {
        "improvable": {"es": "Mejorable", "en": "Improvable"},
        "incorrect": {"es": "Incorrecta", "en": "Incorrect"},
    },
    "status": {
        "pending": {"es": "En verificación", "en": "Being checked"},
        "parked": {"es": "En espera", "en": "Waiting"},
        "open": {"es": "Abierto", "en": "Open"},
        "in_progress": {"es": "En gestión", "en": "In progress"},
        "answered": {"es": "Contestado", "en": "Answered"},
        "closed": {"es": "Cerrado", "en": "Closed"},
    },
    "parked_reason": {
        "plan_without_tickets": {"es": "El plan no incluye tickets", "en": "The plan includes no tickets"},
        "quota_exhausted": {"es": "Sin tickets disponibles", "en": "No tickets left"},
    },
    "unread": {"true": {"es": "Sí", "en": "Yes"}, "false": {"es": "No", "en": "No"}},
}


def headers(locale: str) -> list[str]:
    """Names of the columns, in order."""
    return [words[locale] for words in HEADERS.values()]


def label(column: str, value: Any, locale: str) -> str:
    """What `value` of `column` is called; empty for none."""
    return "" if value is None else _VALUES[column][value][locale]
