"""Who was to be notified of what, from the history alone: the rules once more, in plain words of their own.

Notified of each event of a ticket, never the person who acted, are:
opened: all of support · promoted, reopened: the store and all of support · parked: the store ·
the store wrote: all of support · support wrote, closed: the store and those of support who wrote in it.
The store: its people with a ticket role. Who wrote later may have written before the event was handled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from tests.faults.checks.facts import Facts
from tests.faults.trial.history import History, Operation

_TICKET_ROLES = {"administrador", "gestionar_tickets"}
_BY_EMAIL = {"support_replied", "closed", "promoted"}
"""Of these the store is notified by e-mail; support of none."""


class Happened(NamedTuple):
    """An event of a ticket: what, who did it, and who of support had written by then, and ever."""

    what: str
    actor: str
    writers: frozenset[str]
    all_writers: frozenset[str]


@dataclass(slots=True)
class Range:
    """How often somebody is to be notified: `least` for sure, `most` at most."""

    least: int = 0
    most: int = 0


Expected = dict[tuple[str, str], Range]
"""By (person, ticket), or (person, rating) for ratings that were parked."""


class Audience:
    """Who of a run was to be notified of what."""

    def __init__(self, history: History, facts: Facts) -> None:
        self._support = {row.id for row in facts.people if row.store_id is None}
        self._store: defaultdict[str, set[str]] = defaultdict(set)
        for row in facts.people:
            if row.store_id is not None and _TICKET_ROLES & set(row.roles):
                self._store[row.store_id].add(row.id)
        self._tickets = facts.tickets
        self._ratings = {row.id: row for row in facts.ratings}
        self._made: defaultdict[str, list[Operation]] = defaultdict(list)
        for made in history.of("rate", "promote", "generic", "reply", "close", "reopen"):
            self._made[made.answer["id"] if made.kind == "generic" else made.about].append(made)

    def expected(self, *, email: bool) -> Expected:
        """How often each person is to be notified of each ticket, in the page or by e-mail."""
        expected: Expected = defaultdict(Range)
        support = set[str]() if email else self._support
        for ticket in self._tickets:
            for event in self._events(ticket):
                if email and event.what not in _BY_EMAIL:
                    continue
                sure, possible = _audience(event, self._store[ticket.store_id], support)
                for person in (sure | possible) - {event.actor}:
                    expected[person, ticket.id].least += person in sure
                    expected[person, ticket.id].most += 1
        return expected

    def expected_of_parked_ratings(self) -> Expected:
        """How often each person is to be notified that a rating waits."""
        expected: Expected = defaultdict(Range)
        for rating in self._ratings.values():
            asks = self._asks(rating)
            # The last of them got the ticket, where there is one.
            for ask in asks[:-1] if rating.outcome == "ticketed" else asks:
                for person in self._store[rating.store_id] - {ask.person}:
                    expected[person, rating.id].least += 1
                    expected[person, rating.id].most += 1
        return expected

    def _asks(self, rating: Any) -> list[Operation]:
        """The operations that asked for a rating's ticket: no ask while it had one."""
        made = [*self._made[rating.question_id], *self._made[rating.id]]
        return [
            one
            for one in sorted(made, key=lambda one: one.number)
            if one.kind == "promote"
            or (one.sent["verdict"] != "correct" and one.seen in ("", "none", "parked"))
        ]

    def _events(self, ticket: Any) -> Iterator[Happened]:
        made = self._made[ticket.id]
        wrote = [one.person for one in made if one.kind == "reply" and one.person in self._support]
        all_writers, so_far = frozenset(wrote), set[str]()
        yield self._beginning(ticket, all_writers)
        for one in made:
            what = {"close": "closed", "reopen": "reopened", "generic": ""}.get(one.kind)
            if what is None:
                what = "support_replied" if one.person in self._support else "store_replied"
                so_far |= {one.person} & self._support
            if what:
                yield Happened(what, one.person, frozenset(so_far), all_writers)

    def _beginning(self, ticket: Any, writers: frozenset[str]) -> Happened:
        if ticket.rating_id is None:
            [made] = self._made[ticket.id][:1]
            return Happened(
                "parked" if ticket.status == "parked" else "opened", made.person, frozenset(), writers
            )
        ask = self._asks(self._ratings[ticket.rating_id])[-1]
        what = "promoted" if ask.kind == "promote" else "opened"
        return Happened(what, ask.person, frozenset(), writers)


def _audience(event: Happened, store: set[str], support: set[str]) -> tuple[set[str], set[str]]:
    """Who is notified for sure, and who perhaps."""
    match event.what:
        case "opened" | "store_replied":
            return support, set()
        case "promoted" | "reopened":
            return store | support, set()
        case "parked":
            return store, set()
        case _:
            return store | (support & event.writers), support & event.all_writers
