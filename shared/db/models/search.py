"""The full-text index of tickets."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.models.base import Base


class TicketDocument(Base):
    """The words of a ticket as lexemes; only functions of the database write them (migrations 0010, 0019).

    Further lexemes contain a colon, which words never do: `s:…` is the ticket's store, `i:…` a word of an
    internal note, `a0:…` to `a6:…` the intervals of time that contain its last activity (ADR 0009).
    """

    __tablename__ = "ticket_documents"
    __table_args__ = (
        Index(
            "ix_ticket_documents_document",
            "document",
            postgresql_using="gin",
            # Every search reads the whole list of entries not yet merged into the index, so it is kept short.
            postgresql_with={"gin_pending_list_limit": 512},
        ),
    )

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    document: Mapped[str] = mapped_column(TSVECTOR)
