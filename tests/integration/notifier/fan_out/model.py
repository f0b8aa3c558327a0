"""Which notifications people should have got, in plain Python: the model of a property test.

It knows nothing of SQL, of the routing table or of the audience table; it says again, in other words, who is
to be notified of what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

STORE, SUPPORT = "store", "support"

# By e-mail too, unless somebody says otherwise.
MAILED = {
    ("ticket.support_replied", STORE),
    ("ticket.closed", STORE),
    ("ticket.assigned", SUPPORT),
}


@dataclass
class Someone:
    """A person: `module` says whether a store's person has the ticket module."""

    name: str
    side: str
    module: bool = True
    active: bool = True
    chosen: dict[tuple[str, str], bool] = field(default_factory=dict)

    def is_enabled(self, event: str, channel: str) -> bool:
        default = channel == "in_app" or (event, self.side) in MAILED
        return self.chosen.get((event, channel), default)


@dataclass(frozen=True)
class Happening:
    """Something that happened to a ticket; `position` of a message."""

    event: str
    ticket: int
    actor: str
    position: int | None = None
    assignee: str | None = None


@dataclass
class Ticket:
    """What notifications depend on."""

    status: str = "open"
    last: int = 1
    public: int = 1
    writers: set[str] = field(default_factory=set)
    assignee: str | None = None


@dataclass
class Line:
    """An unread notification."""

    event: str
    count: int


@dataclass
class Mail:
    """An e-mail that waits."""

    person: str
    ticket: int
    items: list[Happening]


@dataclass
class Model:
    """Everyone, every ticket, and which notifications each person got."""

    people: dict[str, Someone]
    tickets: list[Ticket] = field(default_factory=list)
    unread: dict[tuple[str, int], Line] = field(default_factory=dict)
    read: Counter[str] = field(default_factory=Counter)
    read_to: dict[tuple[str, int], int] = field(default_factory=dict)
    waiting: list[Mail] = field(default_factory=list)
    sent: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    skipped: Counter[tuple[str, str]] = field(default_factory=Counter)

    def store(self) -> set[str]:
        return {one.name for one in self.people.values() if one.side == STORE and one.module}

    def support(self) -> set[str]:
        return {one.name for one in self.people.values() if one.side == SUPPORT}

    def audience(self, what: Happening) -> set[str]:
        """Who is to be notified of it, as things are now."""
        ticket = self.tickets[what.ticket]
        with_a_part = (ticket.writers & self.support()) | ({ticket.assignee} if ticket.assignee else set())
        everyone = {
            "ticket.opened": self.support(),
            "ticket.store_replied": self.support(),
            "ticket.support_replied": self.store() | with_a_part,
            "ticket.status_changed": self.store(),
            "ticket.assigned": {what.assignee} if what.assignee else set(),
            "ticket.closed": self.store() | with_a_part,
            "ticket.reopened": self.store() | self.support(),
        }[what.event]
        return {name for name in everyone - {what.actor} if self.people[name].active}

    def handle(self, batch: Sequence[Happening]) -> None:
        """The notifier has handled `batch`, in this order."""
        lines: dict[tuple[str, int], list[tuple[Happening, bool]]] = {}
        mails: dict[tuple[str, int, bool], list[Happening]] = {}
        for what in batch:
            for name in self.audience(what):
                person = self.people[name]
                seen = what.position is not None and self.read_to.get((name, what.ticket), 0) >= what.position
                if person.is_enabled(what.event, "in_app"):
                    lines.setdefault((name, what.ticket), []).append((what, seen))
                else:
                    self.skipped[name, "in_app"] += 1
                if person.is_enabled(what.event, "email"):
                    mails.setdefault((name, what.ticket, seen), []).append(what)
                elif person.chosen.get((what.event, "email")) is False:
                    self.skipped[name, "email"] += 1
        for (name, ticket), events in lines.items():
            self._add_line(name, ticket, events)
        for (name, ticket, seen), items in mails.items():
            self._add_mail(name, ticket, items, seen=seen)

    def _add_line(self, name: str, ticket: int, events: Sequence[tuple[Happening, bool]]) -> None:
        if all(seen for _, seen in events):
            self.read[name] += 1
            return
        line = self.unread.setdefault((name, ticket), Line("", 0))
        line.event, line.count = events[-1][0].event, line.count + len(events)

    def _add_mail(self, name: str, ticket: int, items: list[Happening], *, seen: bool) -> None:
        if seen:
            self.dropped[name] += 1
            return
        for mail in self.waiting:
            if (mail.person, mail.ticket) == (name, ticket):
                mail.items += items
                return
        self.waiting.append(Mail(name, ticket, items))

    def has_read(self, name: str, ticket: int, position: int) -> None:
        """A person has read a ticket up to `position`."""
        self.read_to[name, ticket] = max(self.read_to.get((name, ticket), 0), position)

    def knows_the_ticket(self, name: str, ticket: int) -> None:
        """A person has read all there is: notifications of it, sent or still to be, are done with."""
        self._lines_read([(name, ticket)])
        self._drop(mail for mail in self.waiting if (mail.person, mail.ticket) == (name, ticket))

    def has_seen_lines(self, name: str, tickets: Iterable[int] | None = None) -> None:
        """A person has marked lines read: those of `tickets`, or all."""
        chosen = [
            (person, ticket)
            for person, ticket in self.unread
            if person == name and (tickets is None or ticket in tickets)
        ]
        self._lines_read(chosen)
        self._drop(mail for mail in self.waiting if (mail.person, mail.ticket) in chosen)

    def time_passes(self) -> list[Mail]:
        """The grace time of every e-mail is over; returns those that are sent."""
        due, self.waiting = self.waiting, []
        sent = []
        for mail in due:
            person = self.people[mail.person]
            mailed = [item for item in mail.items if person.is_enabled(item.event, "email")]
            read_to = self.read_to.get((mail.person, mail.ticket), 0)
            known = all(item.position is not None and item.position <= read_to for item in mailed)
            if person.active and mailed and not known:
                self.sent[mail.person] += 1
                sent.append(Mail(mail.person, mail.ticket, mailed))
            else:
                self.dropped[mail.person] += 1
        return sent

    def _lines_read(self, which: Iterable[tuple[str, int]]) -> None:
        for key in which:
            if self.unread.pop(key, None):
                self.read[key[0]] += 1

    def _drop(self, mails: Iterable[Mail]) -> None:
        for mail in list(mails):
            self.waiting.remove(mail)
            self.dropped[mail.person] += 1
