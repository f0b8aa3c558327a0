"""Reading and recording questions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.bulk import insert_rows
from shared.models import Question, Store
from sqlalchemy import select
from sqlalchemy.orm import Session


def unknown_stores(session: Session, store_ids: Collection[UUID]) -> set[UUID]:
    """Those of `store_ids` that are no store of ours."""
    return set(store_ids) - set(session.scalars(select(Store.id).where(Store.id.in_(store_ids))))


def insert(session: Session, questions: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Insert questions whose id is new; a known id is left as it is."""
    rows = [{**question, "recorded_at": now} for question in questions]
    insert_rows(session, Question, rows, "ON CONFLICT (id) DO NOTHING")
