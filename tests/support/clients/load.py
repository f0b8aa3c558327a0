"""Many ratings through a running API, and what must be true once all of them have been worked off."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from tests.support.clients.visitor import Visitor
from tests.support.factories.database import World
from tests.support.waiting import until

_HANDS = 4


def rate_all(api_url: str, person: UUID, questions: Sequence[UUID], verdict: str = "incorrect") -> None:
    """Rate every question as `person`, several at a time; each must be accepted."""

    def rate_some(hand: int) -> None:
        visitor = Visitor(api_url, str(person))
        try:
            for question in questions[hand::_HANDS]:
                visitor.put(f"/v1/questions/{question}/rating", {"verdict": verdict, "comment": "Revisar"})
        finally:
            visitor.close()

    with ThreadPoolExecutor(_HANDS) as hands:
        for done in [hands.submit(rate_some, hand) for hand in range(_HANDS)]:
            done.result()


def wait_until_settled(world: World, seconds: float = 90) -> None:
    """Wait until nothing is left to do; fails with what is left."""
    until(lambda: world.count("outbox", "dead_at IS NULL") == 0, seconds)


def assert_settled(world: World, *, tickets: int, parked: int = 0, told: int = 0) -> None:
    """Nothing lost, nothing doubled: ratings, tickets, ledger, counter, numbers and notices tell the same.

    `told`: how many people hear of each ticket.
    """
    assert world.all("SELECT * FROM outbox") == []
    assert world.count("ratings", "outcome = 'ticketed'") == tickets
    assert world.count("ratings", "outcome = 'parked'") == parked
    assert world.count("ratings") == tickets + parked
    assert world.count("tickets") == tickets
    assert world.count("messages") == tickets
    assert world.count("timeline", "kind = 'opened'") == tickets
    assert world.count("quota_ledger", "kind = 'consume'") == tickets
    assert world.one("SELECT coalesce(sum(used), 0) FROM quota_periods") == tickets
    assert world.column("SELECT number FROM tickets ORDER BY number") == list(range(1, tickets + 1))
    assert world.count("notifications", "event = 'ticket.opened'") == told * tickets
    assert world.one("SELECT coalesce(max(count), 1) FROM notifications") == 1
