"""Many ratings through a running API, and what must be true once all of them have been worked off."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from tests.support.clients.http import Client
from tests.support.factories.database import Database
from tests.support.waiting import until

_THREADS = 4


def rate_all(api_url: str, person: UUID, questions: Sequence[UUID], verdict: str = "incorrect") -> None:
    """Rate every question as `person`, several at a time; each must be accepted."""

    def rate_some(number: int) -> None:
        client = Client(api_url, person)
        try:
            for question in questions[number::_THREADS]:
                client.rate_ok(question, verdict, "Revisar")
        finally:
            client.close()

    with ThreadPoolExecutor(_THREADS) as threads:
        for done in [threads.submit(rate_some, number) for number in range(_THREADS)]:
            done.result()


def wait_until_settled(db: Database, seconds: float = 90) -> None:
    """Wait until nothing is left to do; fails with what is left."""
    until(lambda: db.count("outbox", "dead_at IS NULL") == 0, seconds)


def assert_settled(db: Database, *, tickets: int, parked: int = 0, notified: int = 0) -> None:
    """Nothing lost, nothing doubled: ratings, tickets, ledger, counter, numbers and notices agree.

    `notified`: how many people are notified of each ticket.
    """
    assert db.all("SELECT * FROM outbox") == []
    assert db.count("ratings", "outcome = 'ticketed'") == tickets
    assert db.count("ratings", "outcome = 'parked'") == parked
    assert db.count("ratings") == tickets + parked
    assert db.count("tickets") == tickets
    assert db.count("messages") == tickets
    assert db.count("timeline", "kind = 'opened'") == tickets
    assert db.count("quota_ledger", "kind = 'consume'") == tickets
    assert db.one("SELECT coalesce(sum(used), 0) FROM quota_periods") == tickets
    assert db.column("SELECT number FROM tickets ORDER BY number") == list(range(1, tickets + 1))
    assert db.count("notifications", "event = 'ticket.opened'") == notified * tickets
    assert db.one("SELECT coalesce(max(count), 1) FROM notifications") == 1
