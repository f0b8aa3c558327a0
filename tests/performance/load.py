"""A load of made-up stores, people, questions and ratings, written by COPY; the same for the same size."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from deploy.local import demo
from shared.ids import new_id
from shared.messaging.events import RatingUnitRequested

STORES = 200
SUPPORT_PEOPLE = 3
_PEOPLE_PER_STORE = 2
_BEGAN = datetime(2026, 1, 15, 9, tzinfo=UTC)
_COLUMNS = {
    "plans": "code name_es name_en tickets_included units_per_period period_months benefits_es benefits_en",
    "stores": "id name plan_code time_zone subscribed_on created_at",
    "people": "id store_id name email roles created_at",
    "questions": "id store_id origin product text answer model sources asked_at recorded_at",
    "ratings": "id store_id question_id verdict comment rated_answer rated_by outcome rated_at updated_at",
}


@dataclass(slots=True)
class Load:
    """Rows by table; the event of each rating; questions of one store that are not rated, and who may."""

    rows: dict[str, list[Sequence[Any]]] = field(default_factory=lambda: {table: [] for table in _COLUMNS})
    events: list[RatingUnitRequested] = field(default_factory=list)
    unrated: list[UUID] = field(default_factory=list)
    rater: str = ""


def make(
    ratings: int, unrated: int = 0, *, people: Mapping[UUID, Sequence[UUID]] | None = None, seed: int = 7
) -> Load:
    """`ratings` rated answers waiting for their tickets and `unrated` ones; stores have units for all.

    `people` by their stores are there already; without them `STORES` stores are made up, and support.
    """
    chance = random.Random(seed)
    texts = json.loads(Path(demo.__file__).with_name("questions.json").read_text(encoding="utf-8"))
    load = Load()
    if people is None:
        people = _add_people(load, limit=10 * (ratings + unrated))
    stores = list(people)
    for number in range(ratings):
        store = chance.choice(stores)
        moment = _BEGAN + timedelta(seconds=number)
        question, answer = _add_question(load, store, chance.choice(texts), moment)
        comment = " ".join(chance.choices(answer.split(), k=chance.randint(8, 40)))
        _add_rating(load, store, question, (answer, comment), chance.choice(people[store]))
    for number in range(unrated):
        moment = _BEGAN + timedelta(days=1, seconds=number)
        load.unrated.append(_add_question(load, stores[0], chance.choice(texts), moment)[0])
    load.rater = str(people[stores[0]][0])
    return load


def _add_people(load: Load, limit: int) -> dict[UUID, list[UUID]]:
    load.rows["plans"] = [
        ("limited", "Limitado", "Limited", True, limit, 1, ["Tickets"], ["Tickets"]),
        ("unlimited", "Ilimitado", "Unlimited", True, None, 1, ["Tickets"], ["Tickets"]),
    ]
    people: dict[UUID, list[UUID]] = {}
    for number in range(STORES):
        store = new_id()
        plan = "limited" if number % 2 else "unlimited"
        zone = "America/Argentina/Buenos_Aires"
        load.rows["stores"].append((store, f"Tienda {number}", plan, zone, _BEGAN.date(), _BEGAN))
        people[store] = [new_id() for _ in range(_PEOPLE_PER_STORE)]
        for person in people[store]:
            _add_person(load, store, person, "gestionar_tickets")
    for _ in range(SUPPORT_PEOPLE):
        _add_person(load, None, new_id(), "soporte")
    return people


def _add_person(load: Load, store: UUID | None, person: UUID, role: str) -> None:
    load.rows["people"].append((person, store, "Ana Prueba", f"{person}@example.org", [role], _BEGAN))


def _add_question(load: Load, store: UUID, text: dict[str, Any], moment: datetime) -> tuple[UUID, str]:
    question, answer = new_id(), str(text["answer"])
    values = (text["origin"], text["product"], text["text"], answer, text["model"], Jsonb(text["sources"]))
    load.rows["questions"].append((question, store, *values, moment, moment))
    return question, answer


def _add_rating(load: Load, store: UUID, question: UUID, texts: tuple[str, str], person: UUID) -> None:
    rating = new_id()
    answer, comment = texts
    values = ("incorrect", comment, answer, person, "pending", _BEGAN, _BEGAN)
    load.rows["ratings"].append((rating, store, question, *values))
    load.events.append(
        RatingUnitRequested(store_id=store, subject_id=rating, actor_id=person, correlation_id=str(new_id()))
    )


def copy(connection: psycopg.Connection, load: Load) -> None:
    """Write the rows, then vacuum and count them, as autovacuum would have done long before.

    Not the empty tables: vacuumed, they would be planned as empty for ever, which no new system does.
    """
    for table, columns in _COLUMNS.items():
        _copy_table(connection, table, columns.split(), load.rows[table])
    names = sql.SQL(", ").join(map(sql.Identifier, _COLUMNS))
    connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(names))


def _copy_table(
    connection: psycopg.Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with connection.cursor() as cursor, cursor.copy(statement) as copying:
        for row in rows:
            copying.write_row(row)


def chunks(
    events: Sequence[RatingUnitRequested], size: int = 1000
) -> Iterator[Sequence[RatingUnitRequested]]:
    """The events in groups of at most `size`."""
    for start in range(0, len(events), size):
        yield events[start : start + size]
