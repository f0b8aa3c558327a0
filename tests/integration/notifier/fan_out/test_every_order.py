"""Whatever happens in whatever order, everyone entitled is notified of what they should be, and nobody else.

Hypothesis plays people (writing, closing, reading, choosing, leaving) and the machinery (jobs in any order,
in any batch, again and again) against the real API, the real database and a real SMTP server; a model in
plain Python says what should come of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from shared.db.models import Role
from tests.integration.notifier.email.deliveries import posting
from tests.integration.notifier.fan_out.actions import PEOPLE, SUPPORT_PEOPLE, TICKETS, SystemWithModel
from tests.integration.notifier.fan_out.model import SUPPORT, Happening
from tests.support.clients.jobs import work
from tests.support.factories.database import Database
from tests.support.fakes.mail_server import MailServer

TOPICS = {
    "support_replies": "ticket.support_replied",
    "store_replies": "ticket.store_replied",
    "status_changes": "ticket.status_changed",
    "closings": "ticket.closed",
    "reopenings": "ticket.reopened",
    "assignments": "ticket.assigned",
}
OF_STORE = {"support_replies", "status_changes", "closings", "reopenings"}
OF_SUPPORT = set(TOPICS) - {"status_changes"}

# What an e-mail says of each thing that happened ends so.
_SENTENCE = re.compile(r"n\.º \d+\.\r?$", re.MULTILINE)

people = st.sampled_from(PEOPLE)
tickets = st.integers(0, TICKETS - 1)


class Machine(SystemWithModel):
    """What people and the machinery may do, and what holds whatever they do."""

    # --- What people do ----

    @rule(name=people, number=tickets)
    def writes(self, name: str, number: int) -> None:
        ticket, person = self.model.tickets[number], self.model.people[name]
        if not self.may_enter(name) or ticket.status == "closed":
            return
        self.act(name, number, "messages", {"body": "Hola"})
        ticket.last += 1
        ticket.public = ticket.last
        ticket.status = "answered" if person.side == SUPPORT else "open"
        ticket.writers.add(name)
        self.model.has_read(name, number, ticket.last)
        self.model.knows_the_ticket(name, number)
        event = "ticket.support_replied" if person.side == SUPPORT else "ticket.store_replied"
        self.expect(Happening(event, number, name, position=ticket.last))

    @rule(name=st.sampled_from(SUPPORT_PEOPLE), number=tickets)
    def notes(self, name: str, number: int) -> None:
        if not self.may_enter(name):
            return
        self.act(name, number, "messages", {"body": "Entre nosotros", "internal": True})
        ticket = self.model.tickets[number]
        ticket.last += 1
        ticket.writers.add(name)
        self.model.has_read(name, number, ticket.last)
        self.expect()

    @rule(name=people, number=tickets)
    def closes_or_reopens(self, name: str, number: int) -> None:
        if not self.may_enter(name):
            return
        ticket = self.model.tickets[number]
        closed = ticket.status == "closed"
        self.act(name, number, "reopen" if closed else "close", {})
        ticket.status = "open" if closed else "closed"
        self.expect(Happening("ticket.reopened" if closed else "ticket.closed", number, name))

    @rule(
        name=st.sampled_from(SUPPORT_PEOPLE), taker=st.sampled_from([None, *SUPPORT_PEOPLE]), number=tickets
    )
    def assigns(self, name: str, taker: str | None, number: int) -> None:
        ticket = self.model.tickets[number]
        if not self.may_enter(name) or (taker and not self.model.people[taker].active):
            return
        self.manage(name, number, {"assignee_id": str(self.ids[taker]) if taker else None})
        changed, ticket.assignee = ticket.assignee != taker, taker
        if changed:
            self.expect(Happening("ticket.assigned", number, name, assignee=taker))

    @rule(name=st.sampled_from(SUPPORT_PEOPLE), number=tickets)
    def takes_up(self, name: str, number: int) -> None:
        ticket = self.model.tickets[number]
        if not self.may_enter(name) or ticket.status in {"closed", "in_progress"}:
            return
        self.manage(name, number, {"status": "in_progress"})
        ticket.status = "in_progress"
        self.expect(Happening("ticket.status_changed", number, name))

    @rule(name=people, number=tickets)
    def reads_the_ticket(self, name: str, number: int) -> None:
        if not self.may_enter(name):
            return
        self.act(name, number, "read", {})
        ticket = self.model.tickets[number]
        newest = ticket.last if self.model.people[name].side == SUPPORT else ticket.public
        self.model.has_read(name, number, newest)
        self.model.knows_the_ticket(name, number)

    @rule(name=people, one=st.booleans())
    def reads_the_notifications(self, name: str, one: bool) -> None:
        if not self.model.people[name].active:
            return
        client = self.client(name)
        if not one:
            client.post("/v1/notifications/read")
            self.model.has_seen_lines(name)
            return
        lines = client.read("/v1/notifications", unread="true")["items"]
        if lines:
            client.post("/v1/notifications/read", {"ids": [lines[0]["id"]]})
            self.model.has_seen_lines(name, [self.tickets.index(UUID(lines[0]["ticket_id"]))])

    @rule(name=people, topic=st.sampled_from(sorted(TOPICS)), in_app=st.booleans(), email=st.booleans())
    def chooses(self, name: str, topic: str, in_app: bool, email: bool) -> None:
        person = self.model.people[name]
        known = OF_SUPPORT if person.side == SUPPORT else OF_STORE
        if not person.active or topic not in known:
            return
        item = {"topic": topic, "in_app": in_app, "email": email}
        response = self.client(name).call("PUT", "/v1/notification-preferences", json={"items": [item]})
        assert response.status_code == 200, response.text
        person.chosen.clear()
        for channel, enabled in (("in_app", in_app), ("email", email)):
            if enabled != person.is_enabled(TOPICS[topic], channel):
                person.chosen[TOPICS[topic], channel] = enabled

    @rule(name=people)
    def leaves_or_returns(self, name: str) -> None:
        person = self.model.people[name]
        person.active = not person.active
        self.db.execute("UPDATE people SET active = NOT active WHERE id = :id", id=self.ids[name])

    @rule()
    def gets_or_loses_the_module(self) -> None:
        person = self.model.people["manager"]
        person.module = not person.module
        roles = [Role.GESTIONAR_TICKETS.value] if person.module else []
        self.db.execute(
            "UPDATE people SET roles = CAST(:roles AS text[]) WHERE id = :id",
            roles=roles,
            id=self.ids["manager"],
        )

    # --- What the machinery does ----

    @precondition(lambda self: self.jobs)
    @rule(data=st.data())
    def handles_some_jobs(self, data: st.DataObject) -> None:
        """In any order, in any batch, with some that were handled before: those change nothing."""
        batch = data.draw(st.lists(st.sampled_from(sorted(self.jobs)), min_size=1, unique=True))
        again = data.draw(st.lists(st.sampled_from(self.done), max_size=2)) if self.done else []
        work("notifier.fan_out", data.draw(st.permutations([*batch, *again, *again])))
        self.model.handle([self.jobs.pop(id_) for id_ in sorted(batch)])
        self.done += batch

    @rule()
    def time_passes(self) -> None:
        """The grace time is over; then every e-mail job comes twice."""
        self.db.execute("UPDATE email_deliveries SET due_at = least(due_at, now())")
        ids = self.db.column("SELECT id FROM outbox WHERE consumer = 'notifier.deliver' ORDER BY id")
        for start in range(0, len(ids), 10):
            work("notifier.deliver", ids[start : start + 10])
            work("notifier.deliver", ids[start : start + 10])
        for mail in self.model.time_passes():
            self.mailed[mail.person, len(mail.items)] += 1

    # --- What holds ----

    @invariant()
    def lines_are_what_they_should_be(self) -> None:
        rows = self.db.all("SELECT person_id, ticket_id, event, count, read_at IS NULL FROM notifications")
        unread = {(row[0], row[1]): (row[2], row[3]) for row in rows if row[4]}
        read = Counter(row[0] for row in rows if not row[4])
        assert {
            (self.names[person], self.tickets.index(ticket)): found
            for (person, ticket), found in unread.items()
        } == {key: (line.event, line.count) for key, line in self.model.unread.items()}
        assert Counter({self.names[id_]: count for id_, count in read.items()}) == +self.model.read

    @invariant()
    def e_mails_are_what_they_should_be(self) -> None:
        rows = self.db.all("SELECT person_id, outcome, count(*) FROM email_deliveries GROUP BY 1, 2")
        found = Counter({(self.names[row[0]], row[1]): row[2] for row in rows})
        waiting = Counter(mail.person for mail in self.model.waiting)
        expected = Counter(
            {
                **{(name, "waiting"): count for name, count in waiting.items()},
                **{(name, "sent"): count for name, count in self.model.sent.items()},
                **{(name, "dropped"): count for name, count in self.model.dropped.items()},
            }
        )
        assert found == expected
        got = Counter(self.address[address] for address in self.server.addresses())
        assert got == self.model.sent

    @invariant()
    def notifications_that_were_turned_off_are_recorded(self) -> None:
        rows = self.db.all("SELECT person_id, channel, count(*) FROM notification_skips GROUP BY 1, 2")
        assert Counter({(self.names[row[0]], row[1]): row[2] for row in rows}) == self.model.skipped

    def teardown(self) -> None:
        """In the end all is handled, and a stranger was not notified."""
        if not self.tickets:
            return
        if self.jobs:
            work("notifier.fan_out")
            self.model.handle([self.jobs.pop(id_) for id_ in sorted(self.jobs)])
        self.time_passes()
        self.lines_are_what_they_should_be()
        self.e_mails_are_what_they_should_be()
        found = Counter(
            (self.address[address], len(_SENTENCE.findall(text_of(message))))
            for address, message in self.server.behaviour.received
        )
        assert found == self.mailed
        assert self.db.count("notifications", "person_id = :id", id=self.stranger) == 0
        assert self.db.count("outbox", "dead_at IS NOT NULL OR attempts > 0") == 0


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@pytest.fixture
def server() -> Iterator[MailServer]:
    with posting(MailServer()) as running:
        yield running


def test_everyone_is_notified_of_exactly_what_they_should_be(
    app: Flask, db: Database, database_url: str, server: MailServer
):
    bound = type(
        "Machine",
        (Machine,),
        {"app": app, "db": db, "database_url": database_url, "server": server},
    )
    run_state_machine_as_test(
        bound,
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
