"""Time and places of e-mails in tests: what is due, what became of each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from tests.integration.notifier.scenario import TicketScenario
from tests.support.clients.jobs import drain
from tests.support.configured import configured
from tests.support.fakes.mail_server import MailServer


@contextmanager
def posting(server: MailServer, **settings: Any) -> Iterator[MailServer]:
    """E-mail is on, by `server`, for a while."""
    server.start()
    try:
        with configured(smtp_url=server.url, smtp_timeout_seconds=2, **settings):
            yield server
    finally:
        server.stop()


def time_passes(scenario: TicketScenario) -> None:
    """Whatever waits for its time is due, claims of workers that died have ended; then all work is done."""
    scenario.db.execute(
        "UPDATE email_deliveries"
        " SET due_at = least(due_at, now()), claimed_until = least(claimed_until, now())"
    )
    scenario.db.execute("UPDATE outbox SET available_at = least(available_at, now())")
    drain()


def address(scenario: TicketScenario, person: UUID) -> str:
    """A person's address."""
    return str(scenario.db.one("SELECT email FROM people WHERE id = :id", id=person))


def outcomes(scenario: TicketScenario) -> dict[UUID, tuple[str, str | None, int]]:
    """Outcome, reason and attempts of each person's newest e-mail."""
    rows = scenario.db.all(
        "SELECT DISTINCT ON (person_id) person_id, outcome, reason, attempts FROM email_deliveries"
        " ORDER BY person_id, id DESC"
    )
    return {row.person_id: (row.outcome, row.reason, row.attempts) for row in rows}
