"""A store is erased without a trace, and nobody else notices; killed in the middle, it goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from deploy.local.options import ROOT
from services.privacy.batches import pseudonym_of
from services.ticket_api.consumers import expire_attachments
from tests.integration.conftest import SignIn
from tests.support.clients import jobs
from tests.support.clients.command_line import botmeni, done
from tests.support.clients.stored_text import places
from tests.support.factories.database import Database
from tests.support.factories.filled_store import Filled
from tests.support.waiting import until

# Support's own words stay, whatever made support write them.
WAITING = """
    SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ~ 'DELETE FROM messages'
"""

OF_SUPPORT = {"canned_replies.title"}


def everything_of(filled: Filled, folder: Path) -> dict[str, list[str]]:
    """All rows and pictures of a store, as an export lists them."""
    done("export", "store", filled.shop.id, folder)
    return {
        str(path.relative_to(folder)): sorted(path.read_bytes().decode("latin-1").splitlines())
        for path in folder.rglob("*.*")
        if path.name not in {"manifest.json", "audit_log.jsonl"}
    }


@pytest.fixture
def mine(filled: tuple[Filled, Filled], db: Database) -> Filled:
    """The store to be erased. What support uploaded and never sent is in no store; it has expired by then."""
    db.execute("UPDATE attachments SET created_at = created_at - interval '9 days' WHERE tied_at IS NULL")
    expire_attachments()
    jobs.drain()
    return filled[0]


@pytest.fixture
def other(filled: tuple[Filled, Filled], mine: Filled) -> Filled:
    return filled[1]


def traces(database_url: str, filled: Filled, word: str) -> set[str]:
    shop = filled.shop
    ids = {value for kind, values in filled.ids.items() if kind != "reply_id" for value in values}
    needles = {word, *ids, *map(str, (shop.id, shop.admin, shop.manager, shop.seller))}
    return {place for each in needles for place in places(database_url, each)}


def test_nothing_of_it_is_left_and_all_of_the_others(
    db: Database, mine: Filled, other: Filled, database_url: str, tmp_path: Path
):
    done("quota", "grant", mine.shop.id, 3, "--key", "cormoran", "--yes")
    before = everything_of(other, tmp_path / "before")
    there = traces(database_url, mine, "cormoran")
    assert {
        "messages.body",
        "idempotency_keys.body",
        "audit_log.store_id",
        "webhook_attempts.response",
    } < there
    assert len(there) > 40
    counts = done("erase", "store", mine.shop.id, "--yes", "--as", "ana")["counts"]
    assert counts["tickets"] > 5
    assert traces(database_url, mine, "cormoran") - OF_SUPPORT == set()
    assert everything_of(other, tmp_path / "after") == before
    entry = db.all("SELECT * FROM audit_log WHERE action = 'erase.store'")[0]
    assert (entry.actor, entry.subjects) == ("ana", [pseudonym_of(mine.shop.id)])


def test_support_goes_on(mine: Filled, other: Filled, sign_in: SignIn):
    done("erase", "store", mine.shop.id, "--yes")
    support_client = sign_in(mine.support)
    listed = support_client.walk("/v1/tickets")
    assert {ticket["store"]["id"] for ticket in listed} == {str(other.shop.id)}
    for ticket in listed:
        support_client.read(f"/v1/tickets/{ticket['id']}/messages")
    support_client.read("/v1/notifications")
    jobs.drain()


def test_jobs_of_all_kinds_go_too(db: Database, mine: Filled):
    """Waiting, dead, and those that other services sent and nobody could read: they have no store."""
    for state in ("NULL", "now()"):
        db.execute(
            "INSERT INTO outbox (consumer, event, payload, dead_at) VALUES ('stores.import',"
            f" 'store.received', CAST(:payload AS jsonb), {state})",
            payload=f'{{"message": {{"id": "{mine.shop.id}"}}}}',
        )
    done("erase", "store", mine.shop.id, "--yes")
    assert db.count("outbox") == 0


def test_killed_in_the_middle_it_is_started_again_and_ends(
    db: Database, mine: Filled, database_url: str, pictures: Path
):
    extra_settings = {"STORAGE_URL": pictures.as_uri(), "LOCK_TIMEOUT_MS": "60000"}
    environment = {**os.environ, **extra_settings}  # noqa: TID251 - passed on
    url = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as other:
        # It has to wait for this row, after much and before much more.
        other.execute("SELECT FROM messages WHERE store_id = %s FOR UPDATE", [mine.shop.id])
        erasing = subprocess.Popen(
            [sys.executable, "-m", "deploy.cli", "erase", "store", str(mine.shop.id), "--yes"],
            cwd=ROOT,
            env=environment,
        )
        until(lambda: db.one(WAITING) > 0 or erasing.poll() is not None)
        erasing.kill()
        assert erasing.wait() == -9
    assert db.count("notifications", "store_id = :id", id=mine.shop.id) == 0
    assert db.count("tickets", "store_id = :id", id=mine.shop.id) > 5
    until(lambda: db.one(WAITING) == 0)
    done("erase", "store", mine.shop.id, "--yes")
    assert traces(database_url, mine, "cormoran") - OF_SUPPORT == set()


def test_once_erased_there_is_no_such_store(mine: Filled):
    done("erase", "store", mine.shop.id, "--yes")
    typed = botmeni("erase", "store", mine.shop.id, "--yes")
    assert typed.code == 1
    assert "There is no store" in typed.err


def test_whoever_says_no_erases_nothing(db: Database, mine: Filled):
    typed = botmeni("erase", "store", mine.shop.id, answer="n\n")
    assert typed.code == 1
    assert db.count("tickets", "store_id = :id", id=mine.shop.id) > 5
    assert db.count("people", "active AND store_id = :id", id=mine.shop.id) == 3
