"""The account service sends through the broker; the store's people and units follow."""

from celery import Celery

from deploy.local.processes import catalogue as system
from shared.messaging.routes import Queue
from tests.integration.accounts.account_service import Account, person
from tests.support.waiting import until


def test_a_better_plan_sent_through_the_broker_reaches_people_and_units(processes, db, redis_url):
    account = Account(db)
    account.store_id = db.shop().id
    db.execute(
        "INSERT INTO quota_periods (id, store_id, starts_at, ends_at, unit_limit)"
        " VALUES (new_uuid(), :id, now() - interval '1 day', now() + interval '1 day', 1)",
        id=account.store_id,
    )
    processes.start(system.relay(), system.worker())
    someone = person()
    message = account.message(someone, store={"plan_code": account.plan_of(25)})
    with Celery("account", broker=redis_url) as account_service:
        account_service.send_task("stores.sync", args=[message], queue=Queue.INBOUND.value)
    limit = "SELECT unit_limit FROM quota_periods WHERE store_id = :id"
    until(lambda: db.one(limit, id=account.store_id) == 25)
    assert account.people()[someone["id"]] is True
    assert db.count("quota_ledger", "kind = 'adjust' AND units = 24") == 1
    until(lambda: db.count("outbox") == 0)
