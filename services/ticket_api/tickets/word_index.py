"""Keeping the words of tickets findable: called wherever a ticket gets or changes its words."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

_INDEX = text("SELECT index_tickets(:ids)")


def index_words(session: Session, ticket_ids: Collection[UUID]) -> None:
    """Let these tickets be found by the words they hold now; in the transaction that changes them."""
    if ticket_ids:
        session.connection().execute(_INDEX, {"ids": list(ticket_ids)})
