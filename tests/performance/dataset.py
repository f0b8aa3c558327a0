"""A help desk of some years, made up and written by COPY: tickets of 2,000 stores and all that hangs on them.

The same for the same size. Stores are as unequal as in life: the largest holds one ticket in a hundred, the
smallest one in ten thousand. Old tickets are mostly closed and read, new ones are not.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any
from uuid import UUID

from tests.performance.texts import Texts

STORES = 2_000
SUPPORT_PEOPLE = 20
CHUNK = 20_000

_BEGAN = datetime(2024, 11, 1, tzinfo=UTC)
_LASTED = timedelta(days=750)
_FRESH_SHARE = 0.02  # of the tickets: the newest, where most are still being worked on
_ORIGINS = ("history", "history", "test", "pending")
_LIVE = ("open", "open", "in_progress", "answered", "answered", "parked", "pending", "closed")
_WITHOUT_UNIT = ("parked", "pending")

COLUMNS = {
    "plans": "code name_es name_en tickets_included units_per_period period_months benefits_es benefits_en",
    "stores": "id name plan_code time_zone subscribed_on created_at",
    "people": "id store_id name email roles created_at",
    "ticket_counters": "store_id last_number",
    "questions": "id store_id origin product text answer model sources asked_at recorded_at",
    "ratings": "id store_id question_id verdict comment rated_answer rated_by outcome rated_at updated_at",
    "tickets": "id store_id number kind verdict status parked_reason rating_id question_id opened_by"
    " last_position public_position assignee_id cause closed_at created_at last_activity_at",
    "messages": "id ticket_id store_id position author_id from_support internal body created_at",
    "ticket_reads": "person_id ticket_id store_id position",
}

Rows = dict[str, list[Sequence[Any]]]


@dataclass(slots=True)
class Shop:
    """A store, its two people, and how many tickets it has so far."""

    id: UUID
    people: tuple[UUID, UUID]
    tickets: int = 0


@dataclass(slots=True)
class Dataset:
    """Everything of `size` tickets, in chunks; afterwards it knows its stores, largest first, and support."""

    size: int
    seed: int = 7
    staff: int = SUPPORT_PEOPLE
    shops: list[Shop] = field(default_factory=list)
    support: list[UUID] = field(default_factory=list)

    def chunks(self) -> Iterator[Rows]:
        """Rows by table, in an order that foreign keys accept."""
        chance = random.Random(self.seed)
        texts = Texts(chance)
        yield self._people(chance)
        weights = list(accumulate(1 / (rank + 20) for rank in range(STORES)))
        for start in range(0, self.size, CHUNK):
            count = min(CHUNK, self.size - start)
            rows: Rows = {table: [] for table in COLUMNS}
            shops = chance.choices(self.shops, cum_weights=weights, k=count)
            for number, shop in enumerate(shops, start):
                _Ticket(self, chance, shop, number).add_to(rows, texts)
            yield rows
        yield {"ticket_counters": [(shop.id, shop.tickets) for shop in self.shops if shop.tickets]}

    def _people(self, chance: random.Random) -> Rows:
        people: list[Sequence[Any]] = []

        def person(store: UUID | None, role: str) -> UUID:
            made = made_up_id(chance, _BEGAN)
            people.append((made, store, f"Ana {len(people)}", f"{made}@example.org", [role], _BEGAN))
            return made

        for _ in range(STORES):
            store = made_up_id(chance, _BEGAN)
            pair = (person(store, "administrador"), person(store, "gestionar_tickets"))
            self.shops.append(Shop(store, pair))
        self.support.extend(person(None, "soporte") for _ in range(self.staff))
        zone = "America/Argentina/Buenos_Aires"
        stores: list[Sequence[Any]] = [
            (shop.id, f"Tienda {rank}", "unlimited", zone, _BEGAN.date(), _BEGAN)
            for rank, shop in enumerate(self.shops)
        ]
        plan = ("unlimited", "Ilimitado", "Unlimited", True, None, 1, ["Tickets"], ["Tickets"])
        return {"plans": [plan], "stores": stores, "people": people}


class _Ticket:
    """One ticket on its way into the rows of all tables."""

    def __init__(self, dataset: Dataset, chance: random.Random, shop: Shop, number: int) -> None:
        self.chance, self.shop = chance, shop
        shop.tickets += 1
        age = number / dataset.size
        self.created = _BEGAN + _LASTED * age
        self.fresh = age > 1 - _FRESH_SHARE
        self.status = chance.choice(_LIVE) if self.fresh or chance.random() < 0.01 else "closed"
        # A question's ticket exists only once it holds its unit.
        self.generic = self.status in _WITHOUT_UNIT or chance.random() < 1 / 6
        self.id = made_up_id(chance, self.created)
        self.opener, self.colleague = chance.sample(shop.people, 2)
        self.agent = chance.choice(dataset.support)
        self.store_id = shop.id

    def add_to(self, rows: Rows, texts: Texts) -> None:
        """Its question and rating in five of six cases, its messages, and who has read it."""
        chance = self.chance
        verdict = chance.choice(("improvable", "incorrect"))
        rating = question = None
        comment = texts.comment()
        if not self.generic:
            rating, question = made_up_id(chance, self.created), made_up_id(chance, self.created)
            asked, answer = texts.question(), texts.answer()
            values = (chance.choice(_ORIGINS), "Campera", asked, answer, "botmeni-answers-2", "[]")
            twice = (self.created, self.created)
            rows["questions"].append((question, self.store_id, *values, *twice))
            rated = (question, verdict, comment, answer, self.opener, "ticketed")
            rows["ratings"].append((rating, self.store_id, *rated, *twice))
        positions = self._add_conversation(rows, texts, comment)
        closed_at = self.last_activity if self.status == "closed" else None
        kind, cause = ("generic" if self.generic else "question"), ("stale_data" if closed_at else None)
        reason = "quota_exhausted" if self.status == "parked" else None
        taken = self.agent if self.answered else None
        held = (self.id, self.store_id, self.shop.tickets, kind, verdict, self.status, reason)
        led_by = (rating, question, self.opener)
        moments = (closed_at, self.created, self.last_activity)
        rows["tickets"].append((*held, *led_by, *positions, taken, cause, *moments))
        self._add_reads(rows, *positions)

    def _add_conversation(self, rows: Rows, texts: Texts, comment: str) -> tuple[int, int]:
        """Opening, sometimes a note, an answer, sometimes more; returns last and public position."""
        chance = self.chance
        turns: list[tuple[UUID, bool, bool, str]] = [(self.opener, False, False, comment)]
        self.answered = self.status not in _WITHOUT_UNIT and (
            self.status == "closed" or chance.random() < 0.7
        )
        if self.answered:
            if chance.random() < 0.2:
                turns.append((self.agent, True, True, texts.comment()))
            turns.append((self.agent, True, False, texts.answer()))
            if chance.random() < 0.3:
                turns.append((self.opener, False, False, texts.comment()))
        moment, public = self.created, 1
        for position, (author, by_support, internal, body) in enumerate(turns, 1):
            message = made_up_id(chance, moment)
            values = (position, author, by_support, internal, body, moment)
            rows["messages"].append((message, self.id, self.store_id, *values))
            if not internal:
                public, self.last_activity = position, moment
            moment += timedelta(hours=chance.expovariate(1 / 20))
        return len(turns), public

    def _add_reads(self, rows: Rows, last: int, public: int) -> None:
        """Who wrote has mostly read; a colleague has read less; fresh ones are read by few."""
        known = 0.4 if self.fresh else 0.95
        seen = known / 2
        for person, position, share in (
            (self.opener, public, known),
            (self.colleague, public, seen),
            (self.agent, last, known),
        ):
            if self.chance.random() < share:
                rows["ticket_reads"].append((person, self.id, self.store_id, position))


def made_up_id(chance: random.Random, moment: datetime) -> UUID:
    """A UUIDv7 (RFC 9562, 5.7) of `moment`, the same for the same `chance`."""
    milliseconds = int(moment.timestamp() * 1000)
    spread = chance.getrandbits(74)
    return UUID(int=milliseconds << 80 | 7 << 76 | (spread >> 62) << 64 | 0b10 << 62 | spread & (1 << 62) - 1)


def batches(rows: Iterable[Rows]) -> Iterator[tuple[str, Sequence[str], list[Sequence[Any]]]]:
    """Table, columns and rows of each COPY, in order."""
    for chunk in rows:
        for table, columns in COLUMNS.items():
            if chunk.get(table):
                yield table, columns.split(), chunk[table]
