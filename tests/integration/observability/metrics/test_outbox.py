"""The outbox as the relay measures it."""

from __future__ import annotations

from collections.abc import Iterable

from deploy.local.host.ports import free_port
from shared.messaging.outbox import backlog_metrics
from shared.messaging.outbox.backlog_metrics import OutboxCollector
from shared.messaging.routes import Queue
from tests.support.configured import configured
from tests.support.factories.database import Database

MANY = 40

_ROWS = """
    INSERT INTO outbox (consumer, event, payload, available_at, claims, attempts, dead_at)
    SELECT :consumer, 'rating.recorded', '{}', now() + make_interval(secs => :due), :claims, :attempts,
        CASE WHEN :dead THEN now() END
    FROM generate_series(1, CAST(:count AS int))
"""


def add(db: Database, consumer: str, count: int, due: float = -1, **values: object) -> None:
    row = {"claims": 0, "attempts": 0, "dead": False} | values
    db.execute(_ROWS, consumer=consumer, count=count, due=due, **row)


def samples(collector: OutboxCollector) -> dict[tuple[str, ...], float]:
    families: Iterable[object] = collector.collect()
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples  # type: ignore[attr-defined] # prometheus-client's, which ships no types
    }


def measured(depths: dict[Queue, int] | None = None) -> dict[tuple[str, ...], float]:
    return samples(OutboxCollector(lambda: depths))


def states(seen: dict[tuple[str, ...], float], consumer: str) -> dict[str, float]:
    return {state: seen["botmeni_outbox_jobs", consumer, state] for state in backlog_metrics.STATES}


def test_each_job_is_counted_in_one_state(db: Database):
    add(db, "quota.check", 5, due=-30)
    add(db, "quota.check", 4, due=30, claims=1)
    add(db, "quota.check", 3, due=30, claims=2)
    add(db, "quota.check", 2, due=30, claims=1, attempts=1)
    add(db, "quota.check", 1, due=3600)
    add(db, "quota.check", 6, dead=True, attempts=12)
    seen = measured()
    assert states(seen, "quota.check") == {
        "due": 5, "under_way": 4, "resent": 3, "retrying": 2, "delayed": 1, "dead": 6,
    }  # fmt: skip
    assert set(states(seen, "tickets.open").values()) == {0}


def test_the_age_is_that_of_the_oldest_job_that_is_due(db: Database):
    add(db, "quota.check", 1, due=-600)
    add(db, "quota.check", 1, due=-60)
    add(db, "tickets.open", 1, due=600)
    add(db, "tickets.park", 1, due=-6000, dead=True)
    seen = measured()
    assert seen["botmeni_outbox_oldest_due_seconds", "quota.check"] >= 600
    assert seen["botmeni_outbox_oldest_due_seconds", "tickets.open"] == 0
    assert seen["botmeni_outbox_oldest_due_seconds", "tickets.park"] == 0


def test_a_consumer_that_no_release_knows_is_seen(db: Database):
    add(db, "tickets.forgotten", 2)
    add(db, "tickets.long_forgotten", 1, dead=True)
    seen = measured()
    assert states(seen, "tickets.forgotten")["due"] == 2
    assert states(seen, "tickets.long_forgotten")["dead"] == 1


def test_counting_stops_where_it_would_cost(db: Database, monkeypatch):
    monkeypatch.setattr(backlog_metrics, "_LIMITS", {"max_due": MANY, "max_others": MANY // 2})
    add(db, "quota.check", MANY + 1, due=-1)
    add(db, "quota.check", MANY, due=60)
    add(db, "quota.check", MANY, dead=True)
    add(db, "tickets.park", 1, dead=True)
    seen = measured()
    counted = states(seen, "quota.check")
    assert (counted["due"], counted["delayed"], counted["dead"]) == (MANY, MANY // 2, MANY // 2)
    # However many others died before it.
    assert states(seen, "tickets.park")["dead"] == 1


def test_silence_is_measured_for_every_queue(db: Database):
    db.execute("INSERT INTO heartbeats (queue, beaten_at) VALUES ('quota', now() - interval '100 seconds')")
    seen = measured()
    assert seen["botmeni_queue_silence_seconds", "quota"] >= 100
    assert {name[1] for name in seen if name[0] == "botmeni_queue_silence_seconds"} == set(Queue)


def test_an_absent_redis_is_reported_without_depths(db: Database):
    away, there = measured(None), measured({Queue.QUOTA: 7})
    assert (away["botmeni_broker_up",], there["botmeni_broker_up",]) == (0, 1)
    assert there["botmeni_queue_messages", "quota"] == 7
    assert not [name for name in away if name[0] == "botmeni_queue_messages"]


def test_an_absent_database_is_reported_without_its_jobs(db: Database):
    nobody = f"postgresql+psycopg://nobody@127.0.0.1:{free_port()}/none"
    with configured(database_url=nobody):
        seen = measured({Queue.QUOTA: 1})
    assert seen["botmeni_database_up",] == 0
    assert not [name for name in seen if name[0].startswith("botmeni_outbox")]


def test_asking_often_measures_once(db: Database):
    collector = OutboxCollector(dict)
    assert states(samples(collector), "quota.check")["due"] == 0
    add(db, "quota.check", 1)
    assert states(samples(collector), "quota.check")["due"] == 0
    assert states(measured({}), "quota.check")["due"] == 1
