"""Ratings have their outcome; ledger, counter and tickets agree, within the limit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.faults.checks.facts import Facts
from tests.faults.checks.violation import Violation
from tests.faults.trial.history import History

_OUTCOME = "every rating has its outcome"
_LEDGER = "ledger = counter = tickets"
_LIMIT = "never over the limit"


def check(history: History, facts: Facts) -> Iterator[Violation]:
    """All of it."""
    yield from _outcomes(history, facts)
    yield from _ledger(facts)


def _outcomes(history: History, facts: Facts) -> Iterator[Violation]:
    tickets_of = Counter(row.rating_id for row in facts.tickets if row.rating_id)
    asked = {made.about for made in history.of("rate") if made.sent["verdict"] != "correct"}
    for row in facts.ratings:
        fitting = {"none"} if row.question_id not in asked else {"ticketed", "parked"}
        if row.outcome not in fitting:
            yield Violation(_OUTCOME, f"rating {row.id} is {row.outcome}", (row.question_id, row.id))
        if tickets_of[row.id] != (row.outcome == "ticketed"):
            said = f"rating {row.id} is {row.outcome} and has {tickets_of[row.id]} tickets"
            yield Violation(_OUTCOME, said, (row.question_id, row.id))
    for row in facts.tickets:
        if row.status == "pending":
            yield Violation(_OUTCOME, f"ticket {row.id} is pending", (row.id,))


def _ledger(facts: Facts) -> Iterator[Violation]:
    moved: Counter[str] = Counter()
    for row in facts.ledger:
        if row.kind in ("consume", "refund"):
            moved[row.period_id] += abs(row.units) * (1 if row.kind == "consume" else -1)
    for period in facts.periods:
        if moved[period.id] != period.used:
            said = f"period {period.id}: ledger {moved[period.id]}, counter {period.used}"
            yield Violation(_LEDGER, said)
        if period.unit_limit is not None and period.used > period.unit_limit:
            yield Violation(_LIMIT, f"period {period.id}: {period.used} of {period.unit_limit} used")
    times = Counter((row.subject_id, row.kind) for row in facts.ledger)
    for (subject, kind), count in times.items():
        if count > 1:
            yield Violation(_LEDGER, f"{count} × {kind} for {subject}", (subject,))
    yield from _holders(facts)


def _holders(facts: Facts) -> Iterator[Violation]:
    """Who took a unit has a ticket, of the same store, and the other way round."""
    holding = {row.subject_id: row for row in facts.ledger if row.kind == "consume"}
    opened = {row.rating_id or row.id: row for row in facts.tickets if row.status != "parked"}
    for subject in opened.keys() ^ holding.keys():
        said = "has a ticket and no unit" if subject in opened else "took a unit and has no ticket"
        yield Violation(_LEDGER, f"{subject} {said}", (subject,))
    for subject in opened.keys() & holding.keys():
        if opened[subject].store_id != holding[subject].store_id:
            yield Violation(_LEDGER, f"the unit of {subject} was taken from another store", (subject,))
