"""The stores, people and questions of a run."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tests.support.factories.database import Database, StoreFixture

STORES = 4
SUPPORT = 3
TIGHT_UNITS = 40
"""Units of every other store: few enough that ratings are parked too."""


@dataclass(frozen=True, slots=True)
class Participant:
    """What one client works with: a store that it shares with another client, and questions of its own."""

    number: int
    shop: StoreFixture
    support: tuple[UUID, ...]
    questions: tuple[UUID, ...]


def make_participants(db: Database, clients: int, questions_each: int) -> list[Participant]:
    """Make stores, people and questions; two clients share a store."""
    support = tuple(db.support() for _ in range(SUPPORT))
    shops = [db.shop(units=TIGHT_UNITS if number % 2 else 5_000) for number in range(STORES)]
    participants = []
    for number in range(clients):
        shop = shops[number % STORES]
        participants.append(Participant(number, shop, support, tuple(db.questions(shop, questions_each))))
    return participants


def everyone(participants: list[Participant]) -> set[UUID]:
    """Everybody who signs in."""
    people = {person for participant in participants for person in participant.support}
    return people | {
        person
        for participant in participants
        for person in (participant.shop.admin, participant.shop.manager, participant.shop.seller)
    }
