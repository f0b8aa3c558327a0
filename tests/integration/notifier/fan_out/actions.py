"""The system and its model for test_every_order.py: people, their tickets, and what people can do."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from flask import Flask
from hypothesis.stateful import RuleBasedStateMachine, initialize

from shared.db.models import Role
from tests.integration.notifier.fan_out.model import STORE, SUPPORT, Happening, Model, Someone, Ticket
from tests.support.clients.http import Client
from tests.support.clients.jobs import work
from tests.support.factories.database import Database
from tests.support.fakes.mail_server import MailServer
from tests.support.processes import databases

STORE_PEOPLE = ("admin", "manager", "both", "seller")
SUPPORT_PEOPLE = ("marina", "nicolas", "olivia")
PEOPLE = (*STORE_PEOPLE, *SUPPORT_PEOPLE)
TICKETS = 2


class SystemWithModel(RuleBasedStateMachine):
    """The system and its model, side by side."""

    app: Flask
    db: Database
    server: MailServer
    database_url: str

    @initialize()
    def begin(self) -> None:
        """A store with two open tickets and its people, a store that nothing concerns, and support."""
        databases.restore_template(self.database_url)
        self.server.behaviour.received.clear()
        shop, self.stranger = self.db.shop(), self.db.shop().admin
        both = self.db.person(shop.id, Role.ADMINISTRADOR, Role.GESTIONAR_TICKETS)
        self.ids: dict[str, UUID] = dict(
            zip(STORE_PEOPLE, (shop.admin, shop.manager, both, shop.seller), strict=True)
        ) | {name: self.db.support() for name in SUPPORT_PEOPLE}
        self.names = {id_: name for name, id_ in self.ids.items()}
        self.address = {f"{id_}@example.org": name for name, id_ in self.ids.items()}
        self.model = Model(
            {
                **{name: Someone(name, STORE, module=name != "seller") for name in STORE_PEOPLE},
                **{name: Someone(name, SUPPORT) for name in SUPPORT_PEOPLE},
            }
        )
        self.mailed: Counter[tuple[str, int]] = Counter()
        self.jobs: dict[int, Happening] = {}
        self.done: list[int] = []
        self.tickets: list[UUID] = []
        for question in self.db.questions(shop, TICKETS):
            self.client("manager").rate_ok(question)
            work("quota.check")
            work("tickets.open")
            self.tickets.append(self.db.one("SELECT max(id::text)::uuid FROM tickets"))
            self.model.tickets.append(Ticket())
            self.expect(Happening("ticket.opened", len(self.tickets) - 1, "manager"))

    def client(self, name: str) -> Client:
        return Client(self.app, self.ids[name])

    def may_enter(self, name: str) -> bool:
        person = self.model.people[name]
        return person.active and (person.side == SUPPORT or person.module)

    def act(self, name: str, number: int, action: str, body: Any) -> None:
        response = self.client(name).post(f"/v1/tickets/{self.tickets[number]}/{action}", body)
        assert response.status_code < 300, response.text

    def manage(self, name: str, number: int, changes: dict[str, Any]) -> None:
        version = self.db.one("SELECT version FROM tickets WHERE id = :id", id=self.tickets[number])
        response = self.client(name).call(
            "PATCH",
            f"/v1/tickets/{self.tickets[number]}",
            json=changes,
            headers={"If-Match": f'"{version}"'},
        )
        assert response.status_code == 200, response.text

    def expect(self, *happenings: Happening) -> None:
        """Exactly these were published since we last looked; an internal note is none of them."""
        known = [*self.jobs, *self.done]
        rows = self.db.all(
            "SELECT id, event FROM outbox"
            " WHERE consumer = 'notifier.fan_out' AND NOT id = ANY(:known) ORDER BY id",
            known=known,
        )
        assert [row.event for row in rows] == [happening.event for happening in happenings]
        self.jobs.update((row.id, happening) for row, happening in zip(rows, happenings, strict=True))
