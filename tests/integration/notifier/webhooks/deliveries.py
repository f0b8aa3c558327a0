"""A store's webhook in tests: made over the API, called by real jobs at a real receiver."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.integration.notifier.scenario import TicketScenario
from tests.support.clients.jobs import drain
from tests.support.configured import configured
from tests.support.fakes.webhook_receiver import Receiver, receiving

EVENTS = ["ticket.support_replied", "ticket.closed"]


@contextmanager
def webhooks_on() -> Iterator[Receiver]:
    """Webhooks may call this machine, and a receiver listens on it."""
    settings = {"webhook_allow_loopback": True, "webhook_ports": "", "webhook_timeout_seconds": 2}
    with configured(**settings), receiving() as receiver:
        yield receiver


def make(scenario: TicketScenario, receiver: Receiver, **values: Any) -> Any:
    """A webhook of the scenario's store, as its administrator gets it."""
    payload = {"url": receiver.url, "events": EVENTS, **values}
    response = scenario.client(scenario.shop.admin).post("/v1/webhooks", payload)
    assert response.status_code == 201, response.text
    return response.json


def time_passes(scenario: TicketScenario, *, days: int = 0) -> None:
    """Whatever waits for its time is due, claims have ended; what failed has failed for `days` longer."""
    scenario.db.execute(
        "UPDATE webhook_deliveries"
        " SET due_at = least(due_at, now()), claimed_until = least(claimed_until, now())"
    )
    scenario.db.execute(
        "UPDATE webhook_endpoints SET failing_since = failing_since - make_interval(days => :days)", days=days
    )
    scenario.db.execute("UPDATE outbox SET available_at = least(available_at, now())")
    drain()


def outcome(scenario: TicketScenario) -> tuple[str, str | None, int]:
    """Outcome, reason and attempts of the newest delivery."""
    [row, *_] = scenario.db.all(
        "SELECT outcome, reason, attempts FROM webhook_deliveries ORDER BY created_at DESC, id DESC"
    )
    return (row.outcome, row.reason, row.attempts)


def attempts(scenario: TicketScenario) -> list[tuple[int | None, str | None]]:
    """Status and error of every try, in order."""
    rows = scenario.db.all("SELECT status, error FROM webhook_attempts ORDER BY started_at, number")
    return [(row.status, row.error) for row in rows]
