"""A store's webhook in tests: made over the API, called by real jobs at a real receiver."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.integration.notifier.scenario import Scene
from tests.support.clients.jobs import drain
from tests.support.configured import configured
from tests.support.fakes.webhook_receiver import Receiver, receiving

EVENTS = ["ticket.support_replied", "ticket.closed"]


@contextmanager
def webhooks_on() -> Iterator[Receiver]:
    """Webhooks may call this machine, and a receiver listens on it."""
    told = {"webhook_allow_loopback": True, "webhook_ports": "", "webhook_timeout_seconds": 2}
    with configured(**told), receiving() as receiver:
        yield receiver


def make(scene: Scene, receiver: Receiver, **values: Any) -> Any:
    """A webhook of the scene's store, as its administrator gets it."""
    wanted = {"url": receiver.url, "events": EVENTS, **values}
    response = scene.client(scene.shop.admin).post("/v1/webhooks", wanted)
    assert response.status_code == 201, response.text
    return response.json


def time_passes(scene: Scene, *, days: int = 0) -> None:
    """Whatever waits for its time is due, claims have ended; what failed has failed for `days` longer."""
    scene.world.execute(
        "UPDATE webhook_deliveries"
        " SET due_at = least(due_at, now()), claimed_until = least(claimed_until, now())"
    )
    scene.world.execute(
        "UPDATE webhook_endpoints SET failing_since = failing_since - make_interval(days => :days)", days=days
    )
    scene.world.execute("UPDATE outbox SET available_at = least(available_at, now())")
    drain()


def outcome(scene: Scene) -> tuple[str, str | None, int]:
    """Outcome, reason and attempts of the newest delivery."""
    [row, *_] = scene.world.all(
        "SELECT outcome, reason, attempts FROM webhook_deliveries ORDER BY created_at DESC, id DESC"
    )
    return (row.outcome, row.reason, row.attempts)


def attempts(scene: Scene) -> list[tuple[int | None, str | None]]:
    """Status and error of every try, in order."""
    rows = scene.world.all("SELECT status, error FROM webhook_attempts ORDER BY started_at, number")
    return [(row.status, row.error) for row in rows]
