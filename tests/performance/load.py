"""A load of made-up stores, people, questions and ratings, written by COPY; the same for the same size."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb
from shared.events import RatingRecorded
from shared.identifiers import new_id

STORES = 200
SUPPORT_PEOPLE = 3
_PEOPLE_PER_STORE = 2
_BEGAN = datetime(2026, 1, 15, 9, tzinfo=UTC)
_WORDS = (
    "hola el producto llega con garantía de un año y envío gratis a todo el país si comprás antes de las dos "
    "tenemos stock en negro blanco o azul la medida exacta figura en la ficha podés retirar por el local de "
    "lunes a viernes con tu número de compra la tela es algodón y no encoge al lavar en frío hacemos factura a "
    "cualquier duda quedamos a disposición no incluye pilas ni adaptador funciona a 220 voltios"
).split()


@dataclass(slots=True)
class Load:
    """Rows by table, each a list of tuples in the order of `COLUMNS`, and the events of the ratings."""

    rows: dict[str, list[Sequence[Any]]] = field(default_factory=dict)
    events: list[RatingRecorded] = field(default_factory=list)


COLUMNS = {
    "plans": "code name_es name_en tickets_included units_per_period period_months benefits_es benefits_en",
    "stores": "id name plan_code time_zone subscribed_on created_at",
    "people": "id store_id name email roles created_at",
    "questions": "id store_id origin product text answer model sources asked_at recorded_at",
    "ratings": "id store_id question_id verdict comment rated_answer rated_by outcome rated_at updated_at",
}


def make(ratings: int, seed: int = 7) -> Load:
    """`ratings` rated answers that wait for their ticket, over `STORES` stores with units for all of them."""
    chance = random.Random(seed)
    load = Load({table: [] for table in COLUMNS})
    load.rows["plans"] = [
        ("limited", "Limitado", "Limited", True, 10 * ratings, 1, ["Tickets"], ["Tickets"]),
        ("unlimited", "Ilimitado", "Unlimited", True, None, 1, ["Tickets"], ["Tickets"]),
    ]
    people = _add_people(load)
    for number in range(ratings):
        store = chance.choice(list(people))
        _add_rating(load, store, chance.choice(people[store]), _BEGAN + timedelta(seconds=number), chance)
    return load


def _add_people(load: Load) -> dict[UUID, list[UUID]]:
    people: dict[UUID, list[UUID]] = {}
    for number in range(STORES):
        store = new_id()
        plan = "limited" if number % 2 else "unlimited"
        zone = "America/Argentina/Buenos_Aires"
        load.rows["stores"].append((store, f"Tienda {number}", plan, zone, _BEGAN.date(), _BEGAN))
        people[store] = [new_id() for _ in range(_PEOPLE_PER_STORE)]
        load.rows["people"] += [
            (person, store, f"Persona {person}", f"{person}@example.org", ["gestionar_tickets"], _BEGAN)
            for person in people[store]
        ]
    load.rows["people"] += [
        (new_id(), None, f"Soporte {number}", f"soporte{number}@example.org", ["soporte"], _BEGAN)
        for number in range(SUPPORT_PEOPLE)
    ]
    return people


def _add_rating(load: Load, store: UUID, person: UUID, moment: datetime, chance: random.Random) -> None:
    question, rating, answer = new_id(), new_id(), _words(chance, 40, 90)
    origin = chance.choice(("history", "test", "pending"))
    sources = Jsonb([{"kind": "product", "id": str(chance.randrange(10**9)), "title": _words(chance, 4, 8)}])
    load.rows["questions"].append(
        (question, store, origin, _words(chance, 4, 8), _words(chance, 8, 25), answer, "demo", sources)
        + (moment, moment)
    )
    verdict = chance.choice(("improvable", "incorrect"))
    load.rows["ratings"].append(
        (rating, store, question, verdict, _words(chance, 10, 40), answer, person, "pending", moment, moment)
    )
    load.events.append(RatingRecorded(store_id=store, subject_id=rating, actor_id=person, correlation_id=f"{rating}"))


def copy(connection: psycopg.Connection, load: Load) -> None:
    """Write the rows, then vacuum and count, as autovacuum would have done long before."""
    for table, columns in COLUMNS.items():
        _copy_table(connection, table, columns.split(), load.rows[table])
    connection.execute("VACUUM (ANALYZE)")


def _copy_table(
    connection: psycopg.Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with connection.cursor() as cursor, cursor.copy(statement) as copying:
        for row in rows:
            copying.write_row(row)


def _words(chance: random.Random, least: int, most: int) -> str:
    return " ".join(chance.choices(_WORDS, k=chance.randint(least, most)))


def chunks(events: Sequence[RatingRecorded], size: int = 1000) -> Iterator[Sequence[RatingRecorded]]:
    """The events in groups of at most `size`."""
    for start in range(0, len(events), size):
        yield events[start : start + size]
