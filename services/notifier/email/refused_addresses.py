"""Addresses that an SMTP server refused permanently; nothing is sent to them until they are released."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from shared.db.models import Person, RefusedAddress

_INSERT = text("""
    INSERT INTO refused_addresses (address, response, refused_at) VALUES (:address, :response, now())
    ON CONFLICT (address) DO UPDATE SET response = excluded.response, refused_at = excluded.refused_at
""")


def record(session: Session, address: str, response: str) -> None:
    """Record that an SMTP server refused `address`, with its `response`."""
    session.execute(_INSERT, {"address": address, "response": response})


def release(session: Session, person_id: UUID) -> None:
    """Allow e-mails to a person's address again."""
    address = select(Person.email).where(Person.id == person_id).scalar_subquery()
    session.execute(delete(RefusedAddress).where(RefusedAddress.address == address))
