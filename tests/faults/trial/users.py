"""Simulated users: each client plays the people of a store and those of support, chosen by its own dice."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.faults.trial.history import Operation
from tests.faults.trial.pace import Pace
from tests.faults.trial.participants import Participant
from tests.faults.trial.retrying_client import RetryingClient
from tests.support.clients.http import multipart
from tests.support.factories import pictures

PHOTO = pictures.jpeg(pictures.quarters(64, 48))

_MOST_NAMED = 3
_WEIGHTS = {
    "rate": 30,
    "generic": 6,
    "reply": 26,
    "upload": 8,
    "close": 6,
    "read": 10,
    "look": 8,
    "rerate": 6,
    "promote": 4,
}


class Ticket:
    """A ticket as its client knows it; nobody else writes in it."""

    def __init__(self, ticket_id: str) -> None:
        self.id = ticket_id
        self.open = False
        self.closed = False


class Users:
    """Makes one call after another, as many as it has operations; what cannot be done yet becomes a read."""

    def __init__(
        self, participant: Participant, caller: RetryingClient, seed: int, operations: int, pace: Pace
    ) -> None:
        self._participant, self._caller, self._left, self._pace = participant, caller, operations, pace
        self._dice = random.Random(f"{seed}:{participant.number}")
        self._seed, self._number = seed, 0
        self._unrated = list(participant.questions)
        self._rated: list[UUID] = []
        self._tickets: list[Ticket] = []
        self._unattached: list[tuple[str, UUID]] = []

    def run(self) -> None:
        """All operations, one after another."""
        kinds, weights = list(_WEIGHTS), list(_WEIGHTS.values())
        while self._number < self._left and not self._pace.over:
            kind = self._dice.choices(kinds, weights)[0]
            getattr(self, f"_{kind}")()

    def _do(
        self, kind: str, person: UUID, about: object, method: str, path: str, seen: str = "", **rest: Any
    ) -> Operation:
        self._pace.step()
        self._number += 1
        mark = f"{self._seed}-{self._participant.number}-{self._number}"
        body = rest.get("json")
        if isinstance(body, dict):
            for field in ("body", "comment"):
                if field in body:
                    body[field] = mark
        operation = Operation(
            self._participant.number,
            self._number,
            kind,
            str(person),
            str(self._participant.shop.id),
            str(about),
            mark,
            dict(body or {}),
            seen,
        )
        return self._caller.do(operation, method, path, **rest)

    def _rate(self) -> None:
        if not self._unrated:
            return self._look()
        question = self._unrated.pop()
        body = {
            "verdict": self._dice.choice(["incorrect", "improvable", "incorrect", "correct"]),
            "comment": "",
        }
        person = self._dice.choice([self._participant.shop.seller, self._participant.shop.admin])
        self._do("rate", person, question, "PUT", f"/v1/questions/{question}/rating", json=body)
        self._rated.append(question)
        return None

    def _generic(self) -> None:
        person = self._dice.choice([self._participant.shop.admin, self._participant.shop.manager])
        body = {"body": "", "verdict": "incorrect", "attachment_ids": self._take_unattached(person)}
        made = self._do("generic", person, self._participant.shop.id, "POST", "/v1/tickets", json=body)
        if made.acknowledged:
            self._tickets.append(Ticket(made.answer["id"]))

    def _rerate(self) -> None:
        """Rate again what is settled: what still waits could be asked for once or twice."""
        if not self._rated:
            return self._look()
        question = self._dice.choice(self._rated)
        rating = self._rating_of(question)
        if rating is None or rating["outcome"] == "pending":
            return None
        body = {"verdict": self._dice.choice(["incorrect", "improvable"]), "comment": ""}
        path, seen = f"/v1/questions/{question}/rating", rating["outcome"]
        self._do("rate", self._participant.shop.admin, question, "PUT", path, seen, json=body)
        return None

    def _promote(self) -> None:
        if not self._rated:
            return self._look()
        rating = self._rating_of(self._dice.choice(self._rated))
        if rating is not None and rating["outcome"] == "parked":
            self._do(
                "promote",
                self._participant.shop.manager,
                rating["id"],
                "POST",
                f"/v1/ratings/{rating['id']}/promote",
            )
        return None

    def _reply(self) -> None:
        ticket = self._one(lambda known: known.open and not known.closed)
        if ticket is None:
            return self._look()
        person = self._somebody()
        body = {"body": "", "attachment_ids": self._take_unattached(person)}
        self._do("reply", person, ticket.id, "POST", f"/v1/tickets/{ticket.id}/messages", json=body)
        return None

    def _close(self) -> None:
        """Close what is open; reopen what is closed. A repeated call that is refused had been done before."""
        ticket = self._one(lambda known: known.open)
        if ticket is None:
            return self._look()
        action = "reopen" if ticket.closed else "close"
        person, body = self._somebody(), {}
        if action == "close" and person in self._participant.support and self._dice.random() < 0.3:
            body = {"cause": "stale_data", "resolution": "Corregido"}
        done = self._do(action, person, ticket.id, "POST", f"/v1/tickets/{ticket.id}/{action}", json=body)
        code = (done.answer or {}).get("code")
        if done.attempts > 1 and code in ("ticket_closed", "ticket_not_closed"):
            done.status = 200
        if done.acknowledged:
            ticket.closed = action == "close"
        return None

    def _upload(self) -> None:
        person = self._dice.choice([self._participant.shop.admin, self._participant.support[0]])
        body, content_type = multipart([("file", ("foto.jpg", PHOTO, "image/jpeg"))])
        made = self._do("upload", person, "", "POST", "/v1/attachments", data=body, content_type=content_type)
        if made.acknowledged:
            self._unattached.append((made.answer["id"], person))

    def _read(self) -> None:
        ticket = self._one(lambda known: known.open)
        if ticket is None:
            return self._look()
        self._do("read", self._somebody(), ticket.id, "POST", f"/v1/tickets/{ticket.id}/read", json={})
        return None

    def _look(self) -> None:
        """Look at a ticket that may have opened meanwhile, or at a rated question that may have one now."""
        waiting = [ticket for ticket in self._tickets if not ticket.open]
        if waiting and self._dice.random() < 0.5:
            ticket = self._dice.choice(waiting)
            seen = self._do(
                "look", self._participant.shop.admin, ticket.id, "GET", f"/v1/tickets/{ticket.id}"
            )
            ticket.open = seen.acknowledged and seen.answer["status"] not in ("pending", "parked")
        elif self._rated:
            self._rating_of(self._dice.choice(self._rated))
        else:
            self._do("look", self._participant.shop.admin, "", "GET", "/v1/tickets")

    def _rating_of(self, question: UUID) -> Any:
        seen = self._do("look", self._participant.shop.admin, question, "GET", f"/v1/questions/{question}")
        rating = seen.answer.get("rating") if seen.acknowledged else None
        ticket = rating and rating.get("ticket")
        if ticket and all(known.id != ticket["id"] for known in self._tickets):
            known = Ticket(ticket["id"])
            known.open = True
            self._tickets.append(known)
        return rating

    def _one(self, matches: Callable[[Ticket], bool]) -> Ticket | None:
        fitting = [ticket for ticket in self._tickets if matches(ticket)]
        return self._dice.choice(fitting) if fitting else None

    def _somebody(self) -> UUID:
        return self._dice.choice(
            [self._participant.shop.admin, self._participant.shop.manager, *self._participant.support]
        )

    def _take_unattached(self, person: UUID) -> list[str]:
        mine = [upload for upload in self._unattached if upload[1] == person][:_MOST_NAMED]
        for upload in mine:
            self._unattached.remove(upload)
        return [name for name, _ in mine]
