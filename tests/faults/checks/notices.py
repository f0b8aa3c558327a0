"""Everyone entitled is notified once: in the page, by e-mail, and on the stream."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.faults.checks.audience import Audience, Expected
from tests.faults.checks.facts import Facts
from tests.faults.checks.violation import Violation
from tests.faults.trial.history import History

_ONCE = "every entitled person notified once"
_MAILED = "every e-mail sent, under one Message-ID"
_STREAMED = "streams missed nothing"
_QUOTA = "quota.threshold_reached"


def check(history: History, facts: Facts) -> Iterator[Violation]:
    """All of it."""
    audience = Audience(history, facts)
    in_app: Counter[tuple[str, str]] = Counter()
    parked: Counter[tuple[str, str]] = Counter()
    for row in facts.notifications:
        if row.ticket_id is not None:
            in_app[row.person_id, row.ticket_id] += row.count
        elif row.event == "rating.parked":
            parked[row.person_id, row.detail["rating_id"]] += row.count
    yield from _compare(_ONCE, in_app, audience.expected(email=False))
    yield from _compare(_ONCE, parked, audience.expected_of_parked_ratings())
    yield from _thresholds(facts)
    events: Counter[tuple[str, str]] = Counter()
    for row in facts.emails:
        if row.ticket_id is not None:
            events[row.person_id, row.ticket_id] += len(row.events)
    yield from _compare(_MAILED, events, audience.expected(email=True))
    yield from _mails(facts)
    yield from _streams(facts)


def _compare(invariant: str, found: Counter[tuple[str, str]], expected: Expected) -> Iterator[Violation]:
    for key in found.keys() | expected.keys():
        least, most = (expected[key].least, expected[key].most) if key in expected else (0, 0)
        if not least <= found[key] <= most:
            person, about = key
            said = f"{person} was notified {found[key]} times of {about}, expected {least} to {most}"
            yield Violation(invariant, said, (about,))


def _thresholds(facts: Facts) -> Iterator[Violation]:
    """80 and 100 per cent once per period each; who passed both at once is notified of the second alone."""
    reached: defaultdict[str, list[int]] = defaultdict(list)
    for period in facts.periods:
        reached[period.store_id].append(period.announced_percent)
    for person in facts.people:
        if person.store_id is None or not person.roles:
            continue
        announced = Counter(
            row.detail["percent"]
            for row in facts.notifications
            if row.event == _QUOTA and row.person_id == person.id
        )
        marks = reached[person.store_id]
        full = sum(mark >= 100 for mark in marks)
        if announced[100] != full or not marks.count(80) <= announced[80] <= marks.count(80) + full:
            yield Violation(
                _ONCE, f"{person.id} was notified of quota {dict(announced)}, reached were {marks}"
            )


def _mails(facts: Facts) -> Iterator[Violation]:
    address = {row.id: row.email for row in facts.people}
    got: defaultdict[str, set[str]] = defaultdict(set)
    for recipient, message_id in facts.mails:
        got[message_id.strip("<>").partition("@")[0]].add(recipient)
    for row in facts.emails:
        to = got.pop(row.id, set())
        if row.outcome == "sent" and to != {address[row.person_id]}:
            yield Violation(_MAILED, f"e-mail {row.id} went to {to or 'nobody'}", (row.ticket_id or "",))
        if row.outcome not in ("sent", "dropped"):
            yield Violation(
                _MAILED, f"e-mail {row.id} is {row.outcome} ({row.reason})", (row.ticket_id or "",)
            )
    for message_id, to in got.items():
        yield Violation(_MAILED, f"an e-mail {message_id} to {to} belongs to no row")


def _streams(facts: Facts) -> Iterator[Violation]:
    """Each notification was sent as it is now; of two changes at once the first may be missing."""
    for person, received in facts.received.items():
        if person in facts.resynced:
            continue  # was asked to read the lists anew
        for row in facts.notifications:
            if row.person_id == person and received.get(row.id) != row.updated_at:
                known = received.get(row.id)
                said = f"{person} knows {row.event} {row.id} as of {known}, it is of {row.updated_at}"
                yield Violation(_STREAMED, said, (row.ticket_id or "",))
