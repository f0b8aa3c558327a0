"""Work: whether relay and workers are alive, and whether jobs come to an end."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text

from deploy.cli.doctor.finding import Finding, ok, wrong
from shared.db.models.outbox import RELAY_BEAT
from shared.db.transactions import transaction
from shared.messaging.routes import Queue

OLDEST_BEAT_SECONDS = 60
"""Workers beat every 15 s, relays every 10 s."""

STUCK_SECONDS = 120
"""A due job older than this is handed out by nobody, or done by nobody."""

_BEATS = text("SELECT queue, extract(epoch FROM now() - beaten_at) FROM heartbeats")
_STUCK = text("""
    SELECT consumer, count(*), max(extract(epoch FROM now() - available_at)) FROM outbox
    WHERE dead_at IS NULL AND available_at < now() - make_interval(secs => :seconds)
    GROUP BY consumer ORDER BY consumer
""")
_DEAD = text("SELECT consumer, count(*) FROM outbox WHERE dead_at IS NOT NULL GROUP BY consumer ORDER BY 1")


def heartbeats() -> Iterator[Finding]:
    """Whether a relay works, and a worker of every queue."""
    with transaction() as session:
        ages = {row[0]: float(row[1]) for row in session.execute(_BEATS)}
    yield _beat(
        "relay", ages.get(RELAY_BEAT), "Start `python -m shared.messaging.outbox.relay`; see its log."
    )
    for queue in Queue:
        yield _beat(
            f"workers ({queue})",
            ages.get(queue.value),
            f"Start a worker of {queue} (and beat, if all are silent); see its log.",
        )


def _beat(check: str, age: float | None, todo: str) -> Finding:
    if age is None:
        return wrong(check, "never seen on this database", todo)
    if age > OLDEST_BEAT_SECONDS:
        return wrong(check, f"last seen {age:.0f} s ago", todo)
    return ok(check, f"seen {age:.0f} s ago")


def outbox() -> Iterator[Finding]:
    """Whether jobs are done, and how many were given up."""
    with transaction() as session:
        stuck = session.execute(_STUCK, {"seconds": STUCK_SECONDS}).all()
        dead = session.execute(_DEAD).all()
    for consumer, count, seconds in stuck:
        yield wrong(
            "outbox",
            f"{count} jobs of {consumer} are due and not done, the oldest for {seconds:.0f} s",
            "See `botmeni jobs summary` and the heartbeats above; more workers, if all are busy.",
        )
    for consumer, count in dead:
        yield wrong(
            "dead jobs",
            f"{count} of {consumer} were given up",
            f"`botmeni jobs list --dead --consumer {consumer}` shows why; then requeue or discard them.",
        )
    if not stuck:
        yield ok("outbox", "no job is overdue")
    if not dead:
        yield ok("dead jobs", "none")
