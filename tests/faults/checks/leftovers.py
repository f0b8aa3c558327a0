"""Nothing is left to do, nothing died but what was poisoned, and storage holds what rows name."""

from __future__ import annotations

from collections.abc import Iterator

from tests.faults.checks.facts import Facts
from tests.faults.checks.violation import Violation
from tests.faults.trial.faults import POISON
from tests.faults.trial.history import History

_DEAD = "no row dead but those poisoned on purpose"
_EMPTY = "outbox empty"
_STORED = "storage holds exactly what rows name"


def check(_: History, facts: Facts) -> Iterator[Violation]:
    """All of it."""
    for row in facts.outbox:
        said = f"{row.consumer} {row.event} {row.id}: {row.last_error}"
        if row.dead_at is None:
            yield Violation(_EMPTY, said)
        elif row.event != POISON:
            yield Violation(_DEAD, said)
    expected = set()
    for row in facts.attachments:
        if row.status == "ready":
            expected |= {f"full/{row.id}.webp", f"thumb/{row.id}.webp"}
        else:
            yield Violation(_STORED, f"attachment {row.id} is {row.status}", (row.id,))
    for key in expected - facts.objects:
        yield Violation(_STORED, f"{key} is missing", (key.partition("/")[2].removesuffix(".webp"),))
    for key in facts.objects - expected:
        yield Violation(_STORED, f"{key} belongs to no row")
