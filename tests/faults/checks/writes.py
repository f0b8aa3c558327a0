"""Every acknowledged write is there exactly once, and nothing is that nobody sent."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from tests.faults.checks.facts import Facts
from tests.faults.checks.violation import Violation
from tests.faults.trial.history import History, Operation

_ANSWERED = "every operation is answered"
_ONCE = "every acknowledged write exists once"
_NUMBERED = "ticket numbers count up without a gap"
# By the state a client knew of, none of these can be refused.
_EXPECTED = range(200, 300)


def check(history: History, facts: Facts) -> Iterator[Violation]:
    """All of it."""
    for made in history.operations:
        if made.status not in _EXPECTED:
            yield Violation(_ANSWERED, made.summary(), (made.mark,))
    yield from _ratings(history, facts)
    yield from _conversations(history, facts)
    yield from _changes(history, facts)
    yield from _uploads(history, facts)
    yield from _numbers(facts)


def _ratings(history: History, facts: Facts) -> Iterator[Violation]:
    last: dict[str, Operation] = {made.about: made for made in history.of("rate")}
    rows = defaultdict(list)
    for row in facts.ratings:
        rows[row.question_id].append(row)
    for question in last.keys() | rows.keys():
        found, made = rows[question], last.get(question)
        if made is None or len(found) != 1:
            yield Violation(_ONCE, f"{len(found)} ratings of question {question}", (question,))
        elif (found[0].verdict, found[0].comment) != (made.sent["verdict"], made.mark):
            said = f"rating of {question} says {found[0].verdict} {found[0].comment}, last sent: {made.sent}"
            yield Violation(_ONCE, said, (question,))


def _conversations(history: History, facts: Facts) -> Iterator[Violation]:
    """Messages by what they say, found nowhere else; a ticket of a rating begins with its comment."""
    question_of = {row.id: row.question_id for row in facts.ratings}
    marks = {made.mark: made for made in history.of("rate")}
    about = {row.id: question_of.get(row.rating_id) for row in facts.tickets if row.rating_id}

    def opens(message: Any) -> bool:
        """Whether it is a comment, at the beginning of its own rating's ticket."""
        made = marks.get(message.body)
        return made is not None and message.position == 1 and about.get(message.ticket_id) == made.about

    expected = Counter(made.mark for made in history.of("reply", "generic"))
    found = Counter(message.body for message in facts.messages if not opens(message))
    for mark in expected.keys() | found.keys():
        if expected[mark] != found[mark]:
            yield Violation(_ONCE, f"{found[mark]} messages {mark}, {expected[mark]} sent", (mark,))
    yield from _tickets(history, facts)


def _tickets(history: History, facts: Facts) -> Iterator[Violation]:
    """Generic tickets, and that each ticket begins once."""
    sent_tickets = Counter(made.answer["id"] for made in history.of("generic"))
    there = Counter(row.id for row in facts.tickets if row.kind == "generic")
    for ticket in sent_tickets.keys() | there.keys():
        if sent_tickets[ticket] != there[ticket]:
            yield Violation(_ONCE, f"generic ticket {ticket}: {there[ticket]} there", (ticket,))
    openings = Counter(row.ticket_id for row in facts.messages if row.position == 1)
    for row in facts.tickets:
        if openings[row.id] != 1:
            yield Violation(_ONCE, f"ticket {row.id} begins {openings[row.id]} times", (row.id,))


def _changes(history: History, facts: Facts) -> Iterator[Violation]:
    """Lines of the timeline by ticket, kind and person."""
    kinds = {"reply": "replied", "close": "closed", "reopen": "reopened"}
    expected = Counter((made.about, kinds[made.kind], made.person) for made in history.of(*kinds))
    found = Counter(
        (row.ticket_id, row.kind, row.actor_id) for row in facts.timeline if row.kind in kinds.values()
    )
    rerated = Counter(row.detail["comment"] for row in facts.timeline if row.kind == "rerated")
    for mark, times in rerated.items():
        if times > 1:
            yield Violation(_ONCE, f"{times} lines of the timeline for rating {mark}", (mark,))
    for key in expected.keys() | found.keys():
        if expected[key] != found[key]:
            yield Violation(_ONCE, f"timeline of {key}: {found[key]} times, {expected[key]} asked", (key[0],))
    ends = {"close": "closed", "reopen": "open", "reply": ""}
    last = {made.about: made for made in history.of(*ends)}
    for row in facts.tickets:
        made = last.get(row.id)
        if made is not None and (row.status == "closed") != (made.kind == "close"):
            yield Violation(_ONCE, f"ticket {row.id} is {row.status} after {made.kind}", (row.id,))


def _uploads(history: History, facts: Facts) -> Iterator[Violation]:
    acknowledged = {made.answer["id"] for made in history.of("upload")}
    there = Counter(row.id for row in facts.attachments)
    for upload in acknowledged | there.keys():
        if there[upload] != (upload in acknowledged):
            yield Violation(_ONCE, f"attachment {upload}: {there[upload]} there", (upload,))
    message_of = {row.body: row.id for row in facts.messages}
    attached = {row.id: row.message_id for row in facts.attachments}
    named: dict[str, str] = {}
    for made in history.of("reply", "generic"):
        named |= dict.fromkeys(made.sent.get("attachment_ids", []), made.mark)
    for upload in attached.keys() | named.keys():
        expected = message_of.get(named[upload]) if upload in named else None
        if attached.get(upload) != expected:
            said = (
                f"attachment {upload} is attached to {attached.get(upload)}, was named by {named.get(upload)}"
            )
            yield Violation(_ONCE, said, (upload, named.get(upload, "")))


def _numbers(facts: Facts) -> Iterator[Violation]:
    numbers = defaultdict(list)
    for row in facts.tickets:
        numbers[row.store_id].append(row.number)
    for store, given in numbers.items():
        if sorted(given) != list(range(1, len(given) + 1)):
            yield Violation(_NUMBERED, f"store {store}: {sorted(given)}")
