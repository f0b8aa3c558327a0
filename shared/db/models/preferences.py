"""People's notification preferences: which topics, by which channels."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.models.base import Base


class NotificationPreference(Base):
    """A person's choice for a topic and channel; without a row the default of the topic applies."""

    __tablename__ = "notification_preferences"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    enabled: Mapped[bool]
