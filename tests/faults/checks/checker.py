"""The checker: every invariant over one run's history and facts, and what it counted."""

from __future__ import annotations

from collections import Counter

from tests.faults.checks import leftovers, notices, units, writes
from tests.faults.checks.facts import Facts
from tests.faults.checks.violation import Violation
from tests.faults.trial.history import History


def violations(history: History, facts: Facts) -> list[Violation]:
    """All that is broken; nothing, where all is well."""
    checks = (writes, units, notices, leftovers)
    return [found for check in checks for found in check.check(history, facts)]


def counts(history: History, facts: Facts) -> dict[str, int]:
    """What there was to check."""
    kinds = Counter(made.kind for made in history.operations)
    outcomes = Counter(row.outcome for row in facts.ratings)
    return {
        "operations": len(history),
        **{f"  {kind}": times for kind, times in sorted(kinds.items())},
        "repeated calls": sum(made.attempts - 1 for made in history.operations),
        "ratings with a ticket": outcomes["ticketed"],
        "ratings parked": outcomes["parked"],
        "tickets": len(facts.tickets),
        "messages": len(facts.messages),
        "lines of timelines": len(facts.timeline),
        "periods": len(facts.periods),
        "units used": sum(row.used for row in facts.periods),
        "people notified in the page": sum(row.count for row in facts.notifications),
        "e-mails": len(facts.emails),
        "e-mails taken by the server": len(facts.mails),
        "changes received on streams": sum(len(changes) for changes in facts.received.values()),
        "objects stored": len(facts.objects),
        "jobs dead, as poisoned": sum(row.dead_at is not None for row in facts.outbox),
    }
