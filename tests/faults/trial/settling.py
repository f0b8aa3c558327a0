"""After the faults: let time pass where something waits for it, until nothing is left to do."""

from __future__ import annotations

from celery import Celery

from shared.messaging.routes import Queue
from tests.faults.trial.system import TrialSystem
from tests.support.waiting import within

_OWED = """
    SELECT count(*) FROM outbox WHERE dead_at IS NULL
"""
_IN_HAND_SECONDS = 12
"""Longer than any worker takes for an e-mail here: one still being sent then has lost its worker."""


def _let_time_pass(system: TrialSystem) -> None:
    """What waits for minutes to pass waits no longer: its time is moved, as no clock can be."""
    system.db.execute("UPDATE email_deliveries SET due_at = least(due_at, now()) WHERE outcome = 'waiting'")
    # A claim was made 180 s before it ends: those of workers that are gone. Once only: ended anew while its
    # job is at work, it would end after that job's time, which finds nothing to do and is gone.
    system.db.execute(
        "UPDATE email_deliveries SET claimed_until = now() WHERE outcome = 'sending'"
        " AND claimed_until BETWEEN now() AND now() + make_interval(secs => 180 - :held)",
        held=_IN_HAND_SECONDS,
    )
    system.db.execute(
        "UPDATE outbox SET available_at = now() WHERE dead_at IS NULL AND event = 'delivery.due'"
        " AND available_at > now() + interval '10 seconds'"
        # A job that comes before its time does nothing and is gone: neither one for an e-mail made since the
        # first statement, nor one that is to look after a claim's end whether it was used.
        " AND CAST(payload ->> 'delivery_id' AS uuid) NOT IN (SELECT id FROM email_deliveries"
        " WHERE outcome = 'waiting' AND due_at > now() OR outcome = 'sending' AND claimed_until > now())"
    )


def settle(system: TrialSystem, seconds: float = 60) -> bool:
    """Wait until no job is left; whether that came within `seconds`."""

    def settled() -> bool:
        system.look_after()
        _let_time_pass(system)
        return not system.db.one(_OWED)

    return within(seconds, settled)


def sweep(system: TrialSystem, seconds: float = 20) -> None:
    """Have uploads whose request died before its commit removed, by the job that does it every hour."""
    before = set(system.object_folder.objects())
    system.object_folder.age(7_200)
    with Celery(broker=system.redis.url, set_as_current=False) as app:
        app.send_task("images.sweep", queue=Queue.IMAGES.value, ignore_result=True)
    expected = set(system.db.column("SELECT 'original/' || id FROM attachments WHERE status = 'pending'"))

    def swept() -> bool:
        left = set(system.object_folder.objects()) & before
        return not {name for name in left if name.startswith("original/")} - expected

    within(seconds, swept)
