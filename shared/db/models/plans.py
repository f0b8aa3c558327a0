"""Plans that stores subscribe to."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.models.base import Base


class Plan(Base):
    """A plan and its benefits; without `units_per_period` there is no limit."""

    __tablename__ = "plans"
    __table_args__ = (
        CheckConstraint("units_per_period >= 0", name="units_not_negative"),
        CheckConstraint("period_months BETWEEN 1 AND 12", name="period_within_a_year"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    name_es: Mapped[str]
    name_en: Mapped[str]
    tickets_included: Mapped[bool]
    units_per_period: Mapped[int | None]
    period_months: Mapped[int]
    benefits_es: Mapped[list[str]] = mapped_column(ARRAY(Text))
    benefits_en: Mapped[list[str]] = mapped_column(ARRAY(Text))
