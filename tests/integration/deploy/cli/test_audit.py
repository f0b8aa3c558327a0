"""`botmeni audit`: what operators did, newest first, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.privacy.batches import pseudonym_of
from shared.clock import now
from shared.db import audit
from shared.db.models import AuditEntry
from shared.db.transactions import transaction
from tests.support.clients.command_line import botmeni, done
from tests.support.factories.database import Database


def record(actor: str, action: str, *subjects: object, store_id: UUID | None = None) -> None:
    """One entry, in a transaction of its own."""
    with transaction() as session:
        audit.record(session, actor, action, subjects, store_id=store_id, detail={"consumer": "quota.check"})


def add_entries(db: Database, at: datetime, *ids: UUID) -> None:
    """Entries of this moment, which nobody can give those of today."""
    rest = {"actor": "ana@desk", "action": "jobs.discard", "affected": 1, "subjects": ["3"], "detail": {}}
    db.add(*(AuditEntry(id=entry, created_at=at, **rest) for entry in ids))


def subjects(rows: Sequence[dict[str, Any]]) -> list[str]:
    return [row["subjects"][0] for row in rows]


def test_what_was_done_is_listed_with_everything_newest_first(db: Database):
    store = db.shop().id
    record("ana@desk", "jobs.requeue", 1, 2, 3, store_id=store)
    record("luis@desk", "jobs.discard", 4)
    newest, oldest = done("audit")
    assert (newest["action"], newest["subjects"], newest["store_id"]) == ("jobs.discard", ["4"], None)
    del oldest["id"], oldest["created_at"]
    assert oldest == {
        "actor": "ana@desk",
        "action": "jobs.requeue",
        "store_id": str(store),
        "affected": 3,
        "subjects": ["1", "2", "3"],
        "detail": {"consumer": "quota.check"},
    }


def test_a_command_that_changes_something_is_found(db: Database):
    shop = db.shop(units=1)
    botmeni("quota", "grant", shop.id, 5, "--key", "factura", "--yes", "--as", "ana@desk")
    [entry] = done("audit", "--actor", "ana@desk", "--store", shop.id)
    assert entry["action"] == "quota.grant"


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_hold_each_entry_once_though_moments_are_the_same(db: Database, size: int):
    add_entries(db, now(), *(uuid4() for _ in range(6)))
    found: list[dict[str, Any]] = []
    while page := done("audit", "--limit", size, *(["--after", found[-1]["id"]] if found else [])):
        found += page
    assert len({row["id"] for row in found}) == len(found) == 6
    assert [row["id"] for row in found] == sorted((row["id"] for row in found), reverse=True)


def test_each_filter_leaves_out_what_it_should(db: Database):
    store, person = uuid4(), uuid4()
    record("ana@desk", "jobs.requeue", 1, 2, store_id=store)
    add_entries(db, now() - timedelta(hours=2), uuid4())
    record("luis@desk", "erase.person", pseudonym_of(person))
    assert subjects(done("audit", "--actor", "ana@desk")) == ["1", "3"]
    assert subjects(done("audit", "--action", "jobs.discard")) == ["3"]
    assert subjects(done("audit", "--store", store)) == ["1"]
    assert subjects(done("audit", "--subject", 2)) == ["1"]
    assert subjects(done("audit", "--subject", person)) == [pseudonym_of(person)]
    assert subjects(done("audit", "--newer-than", "1h")) == [pseudonym_of(person), "1"]
    assert done("audit", "--actor", "luis@desk", "--action", "jobs.discard") == []


def test_people_see_a_table_with_few_of_many_ids_and_how_to_go_on(db: Database):
    record("ana@desk", "jobs.requeue", *range(100, 400))
    record("ana@desk", "jobs.requeue", 1)
    typed = botmeni("audit", "--limit", 2)
    assert "100, 101 and 298 more" in typed.out
    assert "There may be more: --after " in typed.err
    assert botmeni("audit", "--actor", "nobody").err == "No such entries.\n"


def test_an_entry_that_is_not_there_is_no_place_to_go_on_from(db: Database):
    typed = botmeni("audit", "--after", uuid4())
    assert (typed.code, "No entry" in typed.err) == (1, True)
