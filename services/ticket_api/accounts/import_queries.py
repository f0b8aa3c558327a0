"""What importing stores and people reads and writes, one statement for a whole batch."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shared.db.bulk_insert import insert_rows
from shared.db.models import Person, Plan, Store


class StoreBefore(NamedTuple):
    """A store as it was; `people_complete_at`: when its newest complete list of people was sent."""

    plan_code: str
    people_complete_at: datetime | None


_PERSON = ("name", "email", "roles", "locale", "active", "synced_at")

_UPDATE_STORES = text("""
    UPDATE stores s SET name = m.name, plan_code = m.plan_code, time_zone = m.time_zone,
        subscribed_on = m.subscribed_on, synced_at = m.synced_at
    FROM json_populate_recordset(NULL::stores, CAST(:rows AS json)) m
    WHERE s.id = m.id AND (s.synced_at IS NULL OR s.synced_at < m.synced_at)
    RETURNING s.id
""")

_OTHERS = text("""
    SELECT p.id FROM people p
    JOIN json_populate_recordset(NULL::people, CAST(:rows AS json)) m ON m.id = p.id
    WHERE p.store_id IS DISTINCT FROM m.store_id ORDER BY p.id
""")

_COMPLETE = text("""
    WITH list AS (
        SELECT * FROM json_to_recordset(CAST(:rows AS json)) AS l
        (store_id uuid, sent_at timestamptz, people uuid[])
    ), marked AS (
        UPDATE stores s SET people_complete_at = list.sent_at FROM list WHERE s.id = list.store_id
    )
    UPDATE people p SET active = false, synced_at = list.sent_at FROM list
    WHERE p.store_id = list.store_id AND p.active AND p.id <> ALL(list.people)
      AND (p.synced_at IS NULL OR p.synced_at < list.sent_at)
""")


def plan_codes(session: Session) -> set[str]:
    """Codes of all plans."""
    return set(session.scalars(select(Plan.code)))


def create_stores(session: Session, rows: Sequence[Mapping[str, Any]]) -> set[UUID]:
    """Insert those of `rows`, in the order of their ids, that are new; returns their ids."""
    created = insert_rows(session, Store, rows, "ON CONFLICT (id) DO NOTHING RETURNING id")
    return set(created.scalars()) if created else set()


def lock_stores(session: Session, ids: Collection[UUID]) -> dict[UUID, StoreBefore]:
    """The stores as they are, held until the transaction ends."""
    rows = session.execute(
        select(Store.id, Store.plan_code, Store.people_complete_at)
        .where(Store.id.in_(ids))
        .order_by(Store.id)
        .with_for_update(key_share=True)
    )
    return {row.id: StoreBefore(row.plan_code, row.people_complete_at) for row in rows}


def update_stores(session: Session, rows: Sequence[Mapping[str, Any]]) -> set[UUID]:
    """Give stores the values of `rows` that are newer than theirs; returns the ids of those stores."""
    return set(session.scalars(_UPDATE_STORES, {"rows": _json(rows)}))


def upsert_people(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert people, or give those of the same store the values that are newer than theirs."""
    values = ", ".join(f"{name} = excluded.{name}" for name in _PERSON)
    newer = "people.synced_at IS NULL OR people.synced_at < excluded.synced_at"
    insert_rows(
        session,
        Person,
        rows,
        f"ON CONFLICT (id) DO UPDATE SET {values} WHERE people.store_id = excluded.store_id AND ({newer})",
    )


def people_of_other_stores(session: Session, rows: Sequence[Mapping[str, Any]]) -> Sequence[UUID]:
    """Ids of those of `rows` that belong to another store than theirs, or to support."""
    return session.scalars(_OTHERS, {"rows": _json(rows)}).all()


def complete_people(session: Session, lists: Sequence[Mapping[str, Any]]) -> None:
    """Deactivate a store's people that its complete list does not name, unless a newer message named them."""
    if lists:
        rows = [
            {
                "store_id": message["store"]["id"],
                "sent_at": message["sent_at"],
                "people": [person["id"] for person in message["people"]],
            }
            for message in lists
        ]
        session.execute(_COMPLETE, {"rows": _json(rows)})


def _json(rows: Sequence[Mapping[str, Any]]) -> str:
    return msgspec.json.encode(rows).decode()
