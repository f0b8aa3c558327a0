"""What consumers count: jobs by outcome, batches by size and time, decisions and deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from sqlalchemy.orm import Session

from shared.db.transactions import transaction
from shared.messaging.events import RatingUnitRequested
from shared.messaging.outbox.batch import PermanentError, process_batch
from shared.messaging.outbox.publish import publish
from tests.integration.conftest import SignIn
from tests.support.clients.jobs import drain
from tests.support.configured import configured
from tests.support.factories.database import Database

CONSUMER = "quota.check"


def published(db: Database, count: int) -> list[int]:
    with transaction() as session:
        publish(
            session,
            [
                RatingUnitRequested(store_id=uuid4(), subject_id=uuid4(), actor_id=uuid4())
                for _ in range(count)
            ],
        )
    return db.column("SELECT id FROM outbox ORDER BY id")


def do_nothing(_session: Session, _events: Sequence[RatingUnitRequested]) -> None:
    """A consumer that has nothing to do."""


def test_a_batch_is_counted_by_its_jobs_once_it_is_committed(db: Database, counted):
    done = counted("botmeni_jobs_total", consumer=CONSUMER, outcome="done")
    batches = counted("botmeni_batch_seconds_count", consumer=CONSUMER)
    small = counted("botmeni_batch_jobs_bucket", consumer=CONSUMER, le="10.0")
    smaller = counted("botmeni_batch_jobs_bucket", consumer=CONSUMER, le="3.0")
    ids = published(db, 5)
    process_batch(CONSUMER, do_nothing, ids)
    process_batch(CONSUMER, do_nothing, ids)  # as a message that comes twice: nothing is left to do
    assert (done(), batches(), small(), smaller()) == (5, 1, 1, 0)


def test_a_failure_is_retried_until_it_is_dead(db: Database, counted):
    retried = counted("botmeni_jobs_total", consumer=CONSUMER, outcome="retried")
    dead = counted("botmeni_jobs_total", consumer=CONSUMER, outcome="dead")
    done = counted("botmeni_jobs_total", consumer=CONSUMER, outcome="done")

    def fail(_session: Session, _events: Sequence[RatingUnitRequested]) -> None:
        raise LookupError

    with configured(outbox_max_attempts=3):
        for _ in range(3):
            process_batch(CONSUMER, fail, published(db, 1)[:1])
            db.execute("DELETE FROM outbox WHERE attempts = 0")
    assert (retried(), dead(), done()) == (2, 1, 0)


def test_what_can_never_be_done_is_dead_at_once(db: Database, counted):
    dead = counted("botmeni_jobs_total", consumer=CONSUMER, outcome="dead")

    def refuse(_session: Session, _events: Sequence[RatingUnitRequested]) -> None:
        raise PermanentError("no")

    process_batch(CONSUMER, refuse, published(db, 1))
    assert dead() == 1


def test_units_are_counted_as_granted_or_by_the_reason_they_were_not(db: Database, sign_in: SignIn, counted):
    outcomes = ("granted", "quota_exhausted", "plan_without_tickets")
    decisions = [counted("botmeni_quota_decisions_total", outcome=outcome) for outcome in outcomes]
    delivered = counted("botmeni_deliveries_total", channel="in_app", outcome="sent")
    db.support()
    rich, poor = db.shop(units=2), db.shop(tickets=False)
    for shop, times in ((rich, 3), (poor, 1)):
        for question in db.questions(shop, times):
            sign_in(shop.seller).rate_ok(question)
    drain()
    assert [decision() for decision in decisions] == [2, 1, 1]
    assert delivered() == db.one("SELECT sum(count) FROM notifications")
