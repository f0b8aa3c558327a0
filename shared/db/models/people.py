"""Stores and the people who work in them or in Botmeni's support."""

from __future__ import annotations

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.models.base import Base, Id


class Role(enum.StrEnum):
    """A person's role, which decides what they may do; the names are those shown in Botmeni."""

    ADMINISTRADOR = "administrador"
    GESTIONAR_TICKETS = "gestionar_tickets"
    SOPORTE = "soporte"


TICKET_ROLES = frozenset({Role.ADMINISTRADOR, Role.GESTIONAR_TICKETS})


class Store(Base):
    """A shop that subscribes to a plan; its quota periods start on the day of `subscribed_on` in `time_zone`.

    `synced_at`: when the account service sent this data; `people_complete_at`: when it sent the newest
    complete list of the store's people.
    """

    __tablename__ = "stores"
    __table_args__ = (Index("ix_stores_lower_name_id", text("lower(name)"), "id"),)

    id: Mapped[Id]
    name: Mapped[str]
    plan_code: Mapped[str] = mapped_column(ForeignKey("plans.code"))
    time_zone: Mapped[str]
    subscribed_on: Mapped[date]
    created_at: Mapped[datetime]
    synced_at: Mapped[datetime | None]
    people_complete_at: Mapped[datetime | None]


class Person(Base):
    """A person who signs in: of one store, or of support if `store_id` is empty.

    `synced_at`: when the account service sent this data.
    """

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint("(store_id IS NULL) = ('soporte' = ANY(roles))", name="support_has_no_store"),
        Index("ix_people_store_id", "store_id"),
    )

    id: Mapped[Id]
    store_id: Mapped[UUID | None] = mapped_column(ForeignKey("stores.id"))
    name: Mapped[str]
    email: Mapped[str]
    locale: Mapped[str] = mapped_column(server_default="es")
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
    active: Mapped[bool] = mapped_column(server_default=true())
    created_at: Mapped[datetime]
    synced_at: Mapped[datetime | None]
