"""A new verdict on the rating that led to a ticket."""

from __future__ import annotations

from datetime import datetime

from services.ticket_api.tickets.locking import lock_of_rating
from services.ticket_api.tickets.rows import caller_entry
from services.ticket_api.tickets.word_index import index_words
from shared.db.models import Rating, TimelineEntry, TimelineKind, Verdict
from shared.http.auth.callers import Caller
from shared.messaging.outbox.unit_of_work import UnitOfWork


def rerate(work: UnitOfWork, caller: Caller, rating: Rating, before: Verdict, now: datetime) -> None:
    """Record on the ticket of `rating`, if there is one, that its verdict changed from `before`.

    The ticket takes over a yellow or red verdict; no ticket is green. Its version rises in any case, since it
    shows the rating.
    """
    ticket = lock_of_rating(work.session, rating.id)
    if ticket is None:
        return
    if rating.verdict is not Verdict.CORRECT:
        ticket.verdict = rating.verdict
    ticket.version += 1
    detail = {"from": before, "to": rating.verdict, "comment": rating.comment}
    work.insert(TimelineEntry, [caller_entry(TimelineKind.RERATED, caller, ticket, now, detail)])
    work.flush()
    # The answer that was rated may be another one by now.
    index_words(work.session, [ticket.id])
