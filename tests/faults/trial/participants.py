"""The stores, people and questions of a run."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tests.support.factories.database import Shop, World

STORES = 4
SUPPORT = 3
TIGHT_UNITS = 40
"""Units of every other store: few enough that ratings are parked too."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one client works with: its own questions of a store it shares with another client."""

    number: int
    shop: Shop
    support: tuple[UUID, ...]
    questions: tuple[UUID, ...]


def cast(world: World, clients: int, questions_each: int) -> list[Part]:
    """Make everyone; clients two by two share a store."""
    support = tuple(world.support() for _ in range(SUPPORT))
    shops = [world.shop(units=TIGHT_UNITS if number % 2 else 5_000) for number in range(STORES)]
    parts = []
    for number in range(clients):
        shop = shops[number % STORES]
        parts.append(Part(number, shop, support, tuple(world.questions(shop, questions_each))))
    return parts


def everyone(parts: list[Part]) -> set[UUID]:
    """Everybody who signs in."""
    people = {person for part in parts for person in part.support}
    return people | {
        person for part in parts for person in (part.shop.admin, part.shop.manager, part.shop.seller)
    }
