"""What a person sees of their own account."""

from __future__ import annotations

from sqlalchemy.orm import Session

from services.ticket_api.accounts import queries
from services.ticket_api.accounts.views import MeView
from shared.http.auth.callers import Caller
from shared.http.views import StoreView


def me(session: Session, caller: Caller) -> MeView:
    """The caller, with their store and whether e-mail reaches them."""
    person = queries.person(session, caller.person_id)
    return MeView(
        id=person.id,
        name=person.name,
        email=person.email,
        email_status="refused" if person.refusal else "ok",
        email_reason=person.refusal,
        locale=person.locale,
        roles=person.roles,
        store=StoreView(person.store_id, person.store_name) if person.store_id else None,
    )
