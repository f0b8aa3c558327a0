"""Loads the demo data into a migrated database; loading it again changes nothing."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, create_engine, select
from sqlalchemy.dialects.postgresql import insert

from deploy.local.demo.person import DemoPerson
from shared.clock import now
from shared.db.models import Base, Origin, Person, Plan, Question, Role, Store

_NAMESPACE = UUID("1d05d934-0da3-40c4-928c-74e624c4a6ff")

Row = dict[str, Any]


def demo_id(kind: str, key: str) -> UUID:
    """Return the id of a demo `store`, `person` or `question`: a UUIDv5 (RFC 9562 §5.5), never random."""
    return uuid5(_NAMESPACE, f"{kind}:{key}")


def load(database_url: str) -> list[DemoPerson]:
    """Insert the demo rows that are missing, in one transaction; return the active demo people in file order.

    `database_url` is the SQLAlchemy URL of a migrated database. Existing rows do not change, so people's
    changes survive a restart, and questions keep the times of the first load.
    Raises `sqlalchemy.exc.SQLAlchemyError` if the database fails; then nothing is stored.
    """
    # A separate engine, because the URL is an argument and need not be that of the settings.
    engine = create_engine(database_url)
    try:
        with engine.begin() as connection:
            _insert_missing(connection, Plan, "code", _read("plans"))
            _insert_missing(connection, Store, "id", _stores())
            _insert_missing(connection, Person, "id", _people())
            _insert_missing(connection, Question, "id", _questions())
            return _demo_people(connection)
    finally:
        engine.dispose()


def _read(name: str) -> list[Row]:
    rows: list[Row] = json.loads(Path(__file__).with_name(f"{name}.json").read_text(encoding="utf-8"))
    return rows


def _stores() -> list[Row]:
    created_at = now()
    return [
        {
            "id": demo_id("store", row["key"]),
            "name": row["name"],
            "plan_code": row["plan"],
            "time_zone": row["time_zone"],
            "subscribed_on": date.fromisoformat(row["subscribed_on"]),
            "created_at": created_at,
        }
        for row in _read("stores")
    ]


def _people() -> list[Row]:
    created_at = now()
    return [
        {
            "id": demo_id("person", row["key"]),
            "store_id": demo_id("store", row["store"]) if row["store"] else None,
            "name": row["name"],
            "email": row["email"],
            "locale": row["locale"],
            "roles": [Role(role) for role in row["roles"]],
            "created_at": created_at,
        }
        for row in _read("people")
    ]


def _questions() -> list[Row]:
    loaded_at = now()
    return [
        {
            "id": demo_id("question", row["key"]),
            "store_id": demo_id("store", row["store"]),
            "origin": Origin(row["origin"]),
            "product": row["product"],
            "text": row["text"],
            "answer": row["answer"],
            "model": row["model"],
            "sources": row["sources"],
            "asked_at": loaded_at - timedelta(minutes=row["minutes_ago"]),
            "recorded_at": loaded_at,
        }
        for row in _read("questions")
    ]


def _insert_missing(connection: Connection, model: type[Base], key: str, rows: list[Row]) -> None:
    # Only a conflict of the key is ignored; any other violation is a mistake in the data and raises.
    connection.execute(insert(model).values(rows).on_conflict_do_nothing(index_elements=[key]))


def _demo_people(connection: Connection) -> list[DemoPerson]:
    keys = {demo_id("person", row["key"]): row["key"] for row in _read("people")}
    found = connection.execute(
        select(Person.id, Person.name, Person.email, Person.roles, Store.name, Plan.name_es)
        .outerjoin(Store, Person.store_id == Store.id)
        .outerjoin(Plan, Store.plan_code == Plan.code)
        .where(Person.id.in_(keys), Person.active)
    )
    people = {
        id_: DemoPerson(id_, keys[id_], name, email, tuple(map(Role, roles)), store, plan)
        for id_, name, email, roles, store, plan in found
    }
    return [people[id_] for id_ in keys if id_ in people]
