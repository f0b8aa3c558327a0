"""Jobs listed, put back and thrown away: the right ones, once, and written down."""

from __future__ import annotations

import os
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from shared.db.transactions import transaction
from shared.messaging.outbox import admin
from tests.support.clients import jobs as work
from tests.support.clients.command_line import botmeni, done
from tests.support.factories.database import Database, StoreFixture
from tests.support.waiting import until

WAITING: dict[str, Any] = {}
DEAD: dict[str, Any] = {
    "attempts": 12,
    "claims": 12,
    "dead_at": "now() - interval '1 hour'",
    "last_error": "'ValueError: ¡no!'",
}
RETRYING: dict[str, Any] = {
    "attempts": 2,
    "claims": 2,
    "available_at": "now() + interval '10 minutes'",
    "last_error": "'x'",
}
LEASED: dict[str, Any] = {"claims": 1, "available_at": "now() + interval '20 seconds'"}


def job(db: Database, shop: StoreFixture, consumer: str = "quota.refund", **columns: object) -> int:
    """A job of `shop`, in any state, as SQL says."""
    store = f"'{shop.id}'"
    payload = f"""'{{"store_id": "{shop.id}", "subject_id": "{shop.id}"}}'"""
    row = {
        "consumer": f"'{consumer}'",
        "event": "'quota.refund_due'",
        "payload": payload,
        "store_id": store,
        **columns,
    }
    with transaction() as session:
        made = session.scalar(
            text(
                f"INSERT INTO outbox ({', '.join(row)}) VALUES ({', '.join(map(str, row.values()))})"
                " RETURNING id"
            )
        )
    assert made is not None
    return int(made)


def listed(*options: object) -> list[int]:
    return [row["id"] for row in done("jobs", "list", *options)]


def states(db: Database) -> dict[int, bool]:
    """Each job and whether it is dead."""
    found = db.all("SELECT id, dead_at IS NOT NULL AS dead FROM outbox ORDER BY id")
    return {row.id: row.dead for row in found}


def test_every_state_is_distinguished(db: Database, shop: StoreFixture):
    made = [job(db, shop, **columns) for columns in (WAITING, LEASED, RETRYING, DEAD)]
    rows = done("jobs", "list")
    assert [row["id"] for row in rows] == made
    assert [row["state"] for row in rows] == ["waiting", "under_way", "retrying", "dead"]
    assert rows[3]["last_error"] == "ValueError: ¡no!"
    assert "payload" not in rows[0]
    assert {row["state"]: row["jobs"] for row in done("jobs", "summary")} == {
        "waiting": 1, "under_way": 1, "retrying": 1, "dead": 1,
    }  # fmt: skip


def test_a_choice_is_everything_that_was_given(db: Database, shop: StoreFixture):
    other = db.shop()
    mine = job(db, shop, **DEAD)
    theirs = job(db, other, **DEAD)
    checked = job(db, shop, "quota.check", **DEAD)
    old = job(db, shop, created_at="now() - interval '3 hours'")
    assert listed("--store", other.id) == [theirs]
    assert listed("--consumer", "quota.check") == [checked]
    assert listed("--older-than", "2h") == [old]
    assert listed("--older-than", "2h", "--dead") == []
    assert listed("--dead", "--store", shop.id) == [mine, checked]
    assert listed("--waiting", "--dead") == [mine, theirs, checked, old]
    assert listed(mine, old) == [mine, old]


def test_a_long_list_is_read_page_by_page(db: Database, shop: StoreFixture):
    made = [job(db, shop) for _ in range(5)]
    assert listed("--limit", 2) == made[:2]
    assert listed("--limit", 2, "--after", made[1]) == made[2:4]
    assert f"--after {made[1]}" in botmeni("jobs", "list", "--limit", 2).err


def test_dead_jobs_are_put_back_and_done(db: Database, shop: StoreFixture):
    dead = [job(db, shop, **DEAD) for _ in range(3)]
    retrying = job(db, shop, **RETRYING)
    assert done("jobs", "requeue", "--dead", "--yes", "--as", "ana") == {"found": 3, "moved": 3}
    assert states(db) == dict.fromkeys([*dead, retrying], False)
    work.drain()
    assert states(db) == {retrying: False}
    entry = db.all("SELECT * FROM audit_log")[0]
    assert (entry.actor, entry.action, entry.affected) == ("ana", "jobs.requeue", 3)
    assert entry.subjects == [str(id) for id in dead]
    assert entry.detail["states"] == ["dead"]


def test_without_a_state_it_is_about_dead_ones(db: Database, shop: StoreFixture):
    untouched = [job(db, shop, **columns) for columns in (WAITING, LEASED, RETRYING)]
    job(db, shop, **DEAD)
    assert done("jobs", "discard", "--yes") == {"found": 1, "moved": 1}
    assert list(states(db)) == untouched


def test_nothing_happens_to_whoever_says_no(db: Database, shop: StoreFixture):
    dead = job(db, shop, **DEAD)
    typed = botmeni("jobs", "discard", answer="n\n")
    assert typed.code == 1
    assert "Discard 1 of 1 jobs (dead)?" in typed.err
    assert states(db) == {dead: True}
    assert db.count("audit_log") == 0
    assert botmeni("jobs", "discard", answer="y\n").code == 0
    assert states(db) == {}


def test_a_job_a_worker_holds_is_let_be(db: Database, shop: StoreFixture):
    """It has been taken, and its transaction is not over: its lock says so, whatever its columns say."""
    held, free = job(db, shop, **DEAD), job(db, shop, **DEAD)
    with transaction() as session:
        session.execute(text("SELECT FROM outbox WHERE id = :id FOR UPDATE"), {"id": held})
        assert done("jobs", "requeue", "--yes") == {"found": 2, "moved": 1}
        assert done("jobs", "discard", "--waiting", "--dead", held, "--yes") == {"found": 1, "moved": 0}
    assert states(db) == {held: True, free: False}


def test_a_leased_job_is_left_alone(db: Database, shop: StoreFixture):
    leased = job(db, shop, **LEASED)
    for move in ("requeue", "discard"):
        options = ("--waiting", "--retrying", "--dead", leased, "--yes")
        assert done("jobs", move, *options) == {"found": 0, "moved": 0}
    assert states(db) == {leased: False}


def test_put_back_while_a_message_of_it_is_on_its_way_it_is_done_once(db: Database, shop: StoreFixture):
    """The message in Redis and the one after the requeue both name the row; who comes second finds none."""
    question = db.question(shop)
    rating = UUID(int=7)
    db.execute(
        "INSERT INTO ratings VALUES (:id, :store, :question, 'incorrect', '', '', :person, 'pending', NULL,"
        " now(), now())",
        id=rating, store=shop.id, question=question, person=shop.admin,
    )  # fmt: skip
    payload = (
        f"""'{{"store_id": "{shop.id}", "subject_id": "{rating}", "subject_kind": "rating","""
        f""" "actor_id": "{shop.admin}"}}'"""
    )
    made = job(db, shop, "quota.check", event="'rating.recorded'", payload=payload, **RETRYING)
    assert done("jobs", "requeue", "--retrying", "--yes")["moved"] == 1
    work.work("quota.check", [made])
    work.work("quota.check", [made])
    work.drain()
    assert db.count("tickets") == 1
    assert db.one("SELECT used FROM quota_periods") == 1


def test_a_limit_is_respected_and_each_batch_is_recorded(db: Database, shop: StoreFixture):
    db.execute(
        "INSERT INTO outbox (consumer, event, payload, store_id, dead_at) SELECT 'quota.refund',"
        " 'quota.refund_due', '{}', :store, now() FROM generate_series(1, 12000)",
        store=shop.id,
    )
    assert done("jobs", "requeue", "--limit", 11_000, "--yes") == {"found": 12_000, "moved": 11_000}
    assert db.count("outbox", "dead_at IS NOT NULL") == 1_000
    entries = db.all("SELECT affected, cardinality(subjects) AS named FROM audit_log ORDER BY id")
    assert [(entry.affected, entry.named) for entry in entries] == [(5_000,) * 2, (5_000,) * 2, (1_000,) * 2]


def test_a_dead_job_that_fails_again_is_dead_again(db: Database, shop: StoreFixture):
    unreadable = job(db, shop, payload="'{}'", **DEAD)
    done("jobs", "requeue", "--yes")
    work.work("quota.refund")
    until(lambda: states(db) == {unreadable: True})
    assert "cannot be read" in done("jobs", "list", "--dead")[0]["last_error"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("list", "--older-than", "soon"), "'soon' is no age; write 90s, 15m, 2h or 7d."),
        (("list", "--store", "mine"), "'mine' is no id"),
        (("list", "--older-than", "999999d"), "'999999d' is too long ago; write 36500d or less."),
        (("requeue", "x"), "'x' is not a valid integer"),
        (("list", 2**63), f"{2**63} is not in the range"),
        (("list", "--after", 2**63), f"{2**63} is not in the range"),
    ],
)
def test_wrong_usage_says_what_was_expected(database_url: str, arguments: tuple[object, ...], expected: str):
    typed = botmeni("jobs", *arguments)
    assert typed.code == 2
    assert expected in typed.err


def test_the_longest_age_and_the_greatest_id_are_taken(db: Database, shop: StoreFixture):
    job(db, shop)
    assert listed("--older-than", "36500d") == []
    assert listed(2**63 - 1) == []
    assert listed("--after", 2**63 - 1) == []


def test_whoever_has_no_name_is_somebody(db: Database, shop: StoreFixture, monkeypatch: pytest.MonkeyPatch):
    """As in a container that runs under a number of its own."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 2**31 - 7)
    job(db, shop, **DEAD)
    done("jobs", "discard", "--yes")
    assert db.one("SELECT actor FROM audit_log").startswith("somebody@")


def test_the_audit_log_takes_no_change(db: Database, shop: StoreFixture):
    job(db, shop, **DEAD)
    done("jobs", "discard", "--yes")
    for change in ("UPDATE audit_log SET actor = 'nobody'", "DELETE FROM audit_log"):
        assert "append-only" in db.refused(change)
    assert db.count("audit_log") == 1


def test_one_statement_moves_no_more_than_it_should_whatever_the_table_is_taken_for(
    db: Database, shop: StoreFixture
):
    db.execute("ANALYZE outbox")
    dead = [job(db, shop, **DEAD) for _ in range(6)]
    choice = admin.JobFilter(states=frozenset({admin.State.DEAD}))
    with transaction() as session:
        assert admin.discard(session, choice, 0, most=2) == dead[:2]
    with transaction() as session:
        assert admin.requeue(session, choice, 0, most=2) == dead[2:4]
