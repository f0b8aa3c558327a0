"""A rolling upgrade: this release's processes work on while the next one's schema is there already.

The next schema is this one and everything that a migration may add (tests/architecture/test_migrations.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.engines.embedded import Engines
from deploy.local.processes import catalogue as system
from tests.support.clients.load import assert_settled, rate_all, wait_until_settled
from tests.support.factories.database import Database
from tests.support.processes.running import Processes
from tests.support.waiting import until

RATINGS = 30


@pytest.fixture
def started(private_engines: Engines, tmp_path: Path) -> Iterator[Processes]:
    made = Processes(tmp_path, database_url=private_engines.database_url, redis_url=private_engines.redis_url)
    yield made
    made.kill_all()


def expand(db: Database) -> None:
    """Add to every table what the next release's migrations may add, and say that they have run."""
    for table in db.column("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
        db.execute(
            f'ALTER TABLE "{table}" ADD COLUMN next_text text,'
            " ADD COLUMN next_number bigint NOT NULL DEFAULT 0"
        )
        db.execute(f'CREATE INDEX ON "{table}" (next_text)')
    db.execute("CREATE TABLE next_things (id bigint PRIMARY KEY)")
    db.execute("UPDATE alembic_version SET version_num = '9999'")


def test_processes_work_on_when_the_next_schema_comes_and_new_ones_start_on_it(private_engines, started):
    db = Database(private_engines.database_url)
    shop = db.shop(units=4 * RATINGS)
    db.support()
    questions = db.questions(shop, 2 * RATINGS)
    everything = (system.api(), system.relay(), system.worker(beat=True))
    started.start(*everything)
    rate_all(started.api_url, shop.admin, questions[:RATINGS])
    expand(db)
    rate_all(started.api_url, shop.admin, questions[RATINGS : RATINGS + 10])
    wait_until_settled(db)
    # One of this release that is started anew meanwhile finds itself ready too.
    started.start(*everything)
    rate_all(started.api_url, shop.admin, questions[RATINGS + 10 :])
    wait_until_settled(db)
    assert_settled(db, tickets=2 * RATINGS, notified=1)


def test_a_column_that_must_be_given_is_what_the_rule_is_against(private_engines, started):
    db = Database(private_engines.database_url)
    shop = db.shop(units=10)
    db.execute("ALTER TABLE tickets ADD COLUMN next_number bigint NOT NULL")
    started.start(system.api(), system.relay(), system.worker())
    rate_all(started.api_url, shop.admin, db.questions(shop, 1))
    until(lambda: db.count("outbox", "consumer = 'tickets.open' AND last_error LIKE '%next_number%'"))
    assert db.count("tickets") == 0
