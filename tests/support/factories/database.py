"""The database of a test: makes plans, stores, people and questions, and queries what is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from shared.db.models import Base, Origin, Person, Plan, Question, Role, Store
from shared.ids import new_id
from tests.support.processes import databases

BEGINNING = datetime(2026, 1, 15, 12, tzinfo=UTC)
SUBSCRIBED_ON = date(2026, 1, 15)


@dataclass(frozen=True, slots=True)
class StoreFixture:
    """A store and one person of each kind: both ticket roles, and a seller without any."""

    id: UUID
    admin: UUID
    manager: UUID
    seller: UUID


class Database:
    """Writes to and reads from one database; each statement is a transaction of its own."""

    def __init__(self, database_url: str, engine: Engine | None = None) -> None:
        """Through `engine`, or else by a connection of its own for each statement."""
        self._engine = engine or databases.connect(database_url)

    def shop(
        self,
        units: int | None = 100,
        *,
        tickets: bool = True,
        months: int = 1,
        subscribed_on: date = SUBSCRIBED_ON,
        time_zone: str = "America/Argentina/Buenos_Aires",
    ) -> StoreFixture:
        """A store on a plan of its own with `units` per period (`None`: no limit), or without tickets."""
        code, store = f"plan-{new_id()}", new_id()
        shop = StoreFixture(store, *(new_id() for _ in range(3)))
        self.add(
            Plan(
                code=code,
                name_es="Plan de prueba",
                name_en="Test plan",
                tickets_included=tickets,
                units_per_period=units,
                period_months=months,
                benefits_es=["Tickets"],
                benefits_en=["Tickets"],
            )
        )
        self.add(
            Store(
                id=store,
                name=f"Tienda {store}",
                plan_code=code,
                time_zone=time_zone,
                subscribed_on=subscribed_on,
                created_at=BEGINNING,
            )
        )
        self.person(store, Role.ADMINISTRADOR, person_id=shop.admin)
        self.person(store, Role.GESTIONAR_TICKETS, person_id=shop.manager)
        self.person(store, person_id=shop.seller)
        return shop

    def person(
        self, store_id: UUID | None, *roles: Role, person_id: UUID | None = None, active: bool = True
    ) -> UUID:
        """Someone of a store; the user name of the development sign-in is their id."""
        person = person_id or new_id()
        self.add(
            Person(
                id=person,
                store_id=store_id,
                name=f"Persona {person}",
                email=f"{person}@example.org",
                locale="es",
                roles=[role.value for role in roles],
                active=active,
                created_at=BEGINNING,
            )
        )
        return person

    def support(self) -> UUID:
        """Someone of Botmeni's staff."""
        return self.person(None, Role.SOPORTE)

    def questions(self, shop: StoreFixture, count: int, **values: Any) -> list[UUID]:
        """Answered questions of a store, each asked a minute after the one before."""
        rows = [
            Question(
                **{
                    "id": new_id(),
                    "store_id": shop.id,
                    "origin": Origin.HISTORY,
                    "product": "Zapatillas",
                    "text": f"¿Tienen el talle {number}?",
                    "answer": f"Sí, tenemos el talle {number}.",
                    "model": "respuestas-2",
                    "sources": [{"title": "Tabla de talles", "url": None}],
                    "asked_at": BEGINNING + timedelta(minutes=number),
                    "recorded_at": BEGINNING + timedelta(minutes=number),
                    **values,
                }
            )
            for number in range(count)
        ]
        self.add(*rows)
        return [row.id for row in rows]

    def question(self, shop: StoreFixture, **values: Any) -> UUID:
        """One answered question of a store."""
        return self.questions(shop, 1, **values)[0]

    def add(self, *rows: Base) -> None:
        """Insert rows and commit."""
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            session.add_all(rows)

    def execute(self, statement: str, **values: Any) -> None:
        """Run one statement and commit."""
        with self._engine.begin() as connection:
            connection.execute(text(statement), values)

    def refused(self, statement: str, **values: Any) -> str:
        """What the database says of a statement that it must refuse."""
        try:
            self.execute(statement, **values)
        except DBAPIError as refusal:
            return str(refusal.orig)
        raise AssertionError(f"accepted: {statement}")

    def all(self, query: str, **values: Any) -> Sequence[Any]:
        """The rows of a query."""
        with self._engine.connect() as connection:
            return connection.execute(text(query), values).all()

    def column(self, query: str, **values: Any) -> list[Any]:
        """The first column of a query."""
        return [row[0] for row in self.all(query, **values)]

    def one(self, query: str, **values: Any) -> Any:
        """The one value of a query."""
        with self._engine.connect() as connection:
            return connection.execute(text(query), values).scalar_one()

    def count(self, table: str, condition: str = "true", **values: Any) -> int:
        """How many rows of a table meet a condition."""
        return int(self.one(f"SELECT count(*) FROM {table} WHERE {condition}", **values))
