"""A job that kills its worker each time ends dead; the worker lives, and its neighbours are done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deploy.local.processes import catalogue as local
from tests.faults.conftest import System
from tests.faults.poisoned import POISON
from tests.support.factories.database import Database
from tests.support.waiting import until

pytestmark = pytest.mark.faults


@pytest.fixture
def poisoned(system: System) -> System:
    """The system with workers that can die of what they are given."""
    system.kill("worker")
    worker = local.worker()
    arguments = [
        "tests.faults.poisoned" if argument == "shared.messaging.celery_app" else argument
        for argument in worker.arguments
    ]
    system.processes.start(replace(worker, arguments=arguments), OUTBOX_LEASE_SECONDS="1")
    system.kill("relay")
    system.processes.start(local.relay(), OUTBOX_LEASE_SECONDS="1")
    return system


def test_a_job_that_kills_its_worker_dies_and_all_others_are_done(poisoned: System, db: Database):
    shop = db.shop(tickets=False)
    deadly, *harmless = db.questions(shop, 21)
    answer = poisoned.client(shop.seller).call(
        "PUT",
        f"/v1/questions/{deadly}/rating",
        json={"verdict": "incorrect"},
        headers={"X-Request-ID": POISON},
    )
    assert answer.status_code == 202
    poisoned.rate(shop, harmless)
    until(lambda: db.count("outbox", "dead_at IS NOT NULL"), seconds=90)
    [dead] = db.all("SELECT * FROM outbox WHERE dead_at IS NOT NULL")
    assert dead.payload["correlation_id"] == POISON
    assert dead.last_error == "given up: its worker died each time it was begun"
    until(lambda: db.count("ratings", "outcome = 'parked'") == len(harmless))
    assert poisoned.processes["worker"].running
    assert db.one("SELECT outcome FROM ratings WHERE question_id = :id", id=deadly) == "pending"
