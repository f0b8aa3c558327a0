"""What the search of tickets looks in."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.models.base import Base


class TicketDocument(Base):
    """The words of a ticket, written by the database's functions alone (migrations 0010, 0019).

    `s:…` is the ticket's store, `i:…` a word of an internal note, `a0:…` to `a6:…` the stretches of time
    its last activity was in; words of people hold no colon.
    """

    __tablename__ = "ticket_documents"
    __table_args__ = (
        Index(
            "ix_ticket_documents_document",
            "document",
            postgresql_using="gin",
            # New words wait in a list that every search reads through: a short one.
            postgresql_with={"gin_pending_list_limit": 512},
        ),
    )

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    document: Mapped[str] = mapped_column(TSVECTOR)
