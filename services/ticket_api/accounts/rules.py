"""What a person sees of their own account."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from services.ticket_api.accounts import queries
from shared.http.auth.callers import Caller


def me(session: Session, caller: Caller) -> dict[str, Any]:
    """The caller, with their store and whether e-mail reaches them."""
    row = queries.person(session, caller.person_id)
    person, refusal = row.Person, row.refusal
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "email_status": "refused" if refusal else "ok",
        "email_reason": refusal,
        "locale": person.locale,
        "roles": person.roles,
        "store": row.Store,
    }
