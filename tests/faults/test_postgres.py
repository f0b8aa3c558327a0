"""PostgreSQL killed: no answer says that something was saved which was not, and all goes on afterwards."""

from __future__ import annotations

from uuid import uuid4

import pytest
from celery import Celery

from tests.faults.conftest import System
from tests.support.clients.load import assert_settled, wait_until_settled
from tests.support.factories.database import Database
from tests.support.waiting import until

pytestmark = pytest.mark.faults


def test_while_the_database_is_away_people_are_asked_to_come_back_and_then_all_goes_on(
    system: System, db: Database
):
    shop = db.shop()
    first, second, third = db.questions(shop, 3)
    system.rate(shop, [first])
    seller = system.client(shop.seller)
    system.postgres.process.kill()
    answer = seller.rate(second, comment="Revisar")
    assert (answer.status_code, answer.get_json()["code"]) == (503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    system.postgres.start()
    system.rate(shop, [second, third])
    wait_until_settled(db)
    assert_settled(db, tickets=3)


def test_the_server_killed_under_load_keeps_what_was_acknowledged_and_no_half_of_anything(
    system: System, db: Database
):
    shop = db.shop()
    db.support()
    questions = db.questions(shop, 80)
    system.rate(shop, questions)
    system.postgres.process.kill()
    system.postgres.start()
    wait_until_settled(db)
    assert_settled(db, tickets=80, notified=1)


def test_a_message_of_another_service_that_comes_meanwhile_is_recorded_afterwards(
    system: System, db: Database
):
    shop = db.shop()
    sent = {
        "id": str(uuid4()),
        "store_id": str(shop.id),
        "origin": "pending",
        "text": "¿Y la garantía?",
        "answer": "Un año.",
        "asked_at": "2026-11-20T10:30:00Z",
    }
    system.postgres.process.kill()
    with Celery(broker=system.redis.url, set_as_current=False) as other_service:
        other_service.send_task("questions.record", args=[sent], queue="inbound")
    # A worker has taken it, and found no database to put it in.
    until(lambda: '"received":"question.received"' in system.processes["worker"].output(lines=1000))
    system.postgres.start()
    until(lambda: db.count("questions"))
    assert db.column("SELECT id::text FROM questions") == [sent["id"]]
