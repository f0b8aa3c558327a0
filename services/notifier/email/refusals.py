"""Addresses that an e-mail server refused for good: nothing is sent there until their person asks."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from shared.db.models import Person, RefusedAddress

_RECORD = text("""
    INSERT INTO refused_addresses (address, response, refused_at) VALUES (:address, :response, now())
    ON CONFLICT (address) DO UPDATE SET response = excluded.response, refused_at = excluded.refused_at
""")


def record(session: Session, address: str, response: str) -> None:
    """Record that a server refused `address`, with the server's `response`."""
    session.execute(_RECORD, {"address": address, "response": response})


def forget(session: Session, person_id: UUID) -> None:
    """Let a person's address be tried again."""
    address = select(Person.email).where(Person.id == person_id).scalar_subquery()
    session.execute(delete(RefusedAddress).where(RefusedAddress.address == address))
