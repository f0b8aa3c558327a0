"""Checks the heartbeats of relays and workers, and the backlog of the outbox."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text

from deploy.cli.doctor.finding import Finding, ok, wrong
from shared.db.models.outbox import RELAY_HEARTBEAT
from shared.db.transactions import transaction
from shared.messaging.routes import Queue

MAX_HEARTBEAT_AGE_SECONDS = 60
"""Workers send a heartbeat every 15 s, relays every 10 s."""

MAX_OVERDUE_SECONDS = 120
"""A job that has been due for longer was not enqueued by any relay or not done by any worker."""

_HEARTBEATS = text("SELECT queue, extract(epoch FROM now() - beaten_at) AS age FROM heartbeats")
_OVERDUE = text("""
    SELECT consumer, count(*) AS jobs, max(extract(epoch FROM now() - available_at)) AS seconds FROM outbox
    WHERE dead_at IS NULL AND available_at < now() - make_interval(secs => :seconds)
    GROUP BY consumer ORDER BY consumer
""")
_DEAD = text("""
    SELECT consumer, count(*) AS jobs FROM outbox WHERE dead_at IS NOT NULL
    GROUP BY consumer ORDER BY consumer
""")


def heartbeats() -> Iterator[Finding]:
    """Check that a relay is alive, and a worker of every queue."""
    with transaction() as session:
        ages = {row.queue: float(row.age) for row in session.execute(_HEARTBEATS)}
    yield _heartbeat(
        "relay", ages.get(RELAY_HEARTBEAT), "Start `python -m shared.messaging.outbox.relay`; see its log."
    )
    for queue in Queue:
        yield _heartbeat(
            f"workers ({queue})",
            ages.get(queue.value),
            f"Start a worker of {queue} (and beat, if all are silent); see its log.",
        )


def _heartbeat(check: str, age: float | None, remedy: str) -> Finding:
    if age is None:
        return wrong(check, "never seen on this database", remedy)
    if age > MAX_HEARTBEAT_AGE_SECONDS:
        return wrong(check, f"last seen {age:.0f} s ago", remedy)
    return ok(check, f"seen {age:.0f} s ago")


def outbox() -> Iterator[Finding]:
    """Check that no job is overdue and none is dead."""
    with transaction() as session:
        overdue = session.execute(_OVERDUE, {"seconds": MAX_OVERDUE_SECONDS}).all()
        dead = session.execute(_DEAD).all()
    for row in overdue:
        yield wrong(
            "outbox",
            f"{row.jobs} jobs of {row.consumer} are due and not done, the oldest for {row.seconds:.0f} s",
            "See `botmeni jobs summary` and the heartbeats above; more workers, if all are busy.",
        )
    for row in dead:
        yield wrong(
            "dead jobs",
            f"{row.jobs} of {row.consumer} were given up",
            f"`botmeni jobs list --dead --consumer {row.consumer}` shows why; then requeue or discard them.",
        )
    if not overdue:
        yield ok("outbox", "no job is overdue")
    if not dead:
        yield ok("dead jobs", "none")
