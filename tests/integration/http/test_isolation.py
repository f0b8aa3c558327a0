"""Nothing of another store comes back: whatever call is made, whatever id is named, whichever wall is down.

The calls are made from the OpenAPI document, the ids are all that the database holds of the other store.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy
from flask import Flask
from werkzeug.test import TestResponse

from shared.db import audit
from shared.db.models import Base
from shared.db.transactions import transaction
from shared.http.auth import access
from shared.http.auth.callers import Caller
from shared.http.auth.permissions import Permission
from shared.http.openapi.operations import operation_id
from shared.ids import new_id
from tests.integration.http.document_calls import slots
from tests.support.clients.http import Client
from tests.support.factories.database import Database
from tests.support.factories.filled_store import Filled, fill

IDS_PER_TABLE = 3
OWN, FOREIGN = "alfombra", "bicicleta"
# Emptied as it is worked off, and counters without an id of their own.
WITHOUT_ROWS = {"outbox"}


# Plans are the same for all, and each of these stores has one made for it.
EVERYBODYS = {"/v1/plans", "/healthz", "/readyz"}
WALLS = pytest.mark.parametrize("walls", ["both walls", "without the filter", "as if everyone were support"])


@dataclass(frozen=True, slots=True)
class Sides:
    """Two stores, the ids of all that the second holds, and the API as the first one's administrator."""

    ours: Filled
    theirs: Filled
    foreign_ids: list[str]
    client: Client


@pytest.fixture
def sides(app: Flask, db: Database) -> Sides:
    ours = fill(app, db, OWN)
    theirs = other(app, db, ours)
    return Sides(ours, theirs, ids_of(db, theirs), Client(app, ours.shop.admin))


def other(app: Flask, db: Database, ours: Filled) -> Filled:
    """Another store, which the same person of support worked for, and an operator too."""
    theirs = fill(app, db, FOREIGN, support=ours.support)
    with transaction() as session:
        audit.record(session, "operator", "quota.grant", [theirs.shop.id], store_id=theirs.shop.id)
    return theirs


@contextmanager
def only(walls: str) -> Iterator[None]:
    """The API with some of its walls down.

    "as if everyone were support" takes every filter out of every query, and every role's check as well: the
    application takes everyone for support, and row security stands alone.
    """
    with pytest.MonkeyPatch.context() as patch:
        if walls == "without the filter":
            for name, module in list(sys.modules.items()):
                if name.startswith("services.") and hasattr(module, "visible"):
                    patch.setattr(module, "visible", lambda statement, *_: statement)
        elif walls == "as if everyone were support":
            patch.setattr(access, "Caller", Impostor)
        yield


class Impostor(Caller):
    """Someone of a store whom the application takes for support."""

    @property
    def is_support(self) -> bool:
        """So it believes."""
        return True


def tables_of_stores() -> Iterator[tuple[str, str]]:
    """Tables with rows of one store or one person, as (name, the column that says whose)."""
    for table in Base.metadata.sorted_tables:
        for column in ("store_id", "person_id"):
            if column in table.columns:
                yield table.name, column
                break


def ids_of(db: Database, side: Filled) -> list[str]:
    """Ids of a store's rows, up to some for each table, and its own and its people's."""
    whose = {"store_id": [side.shop.id], "person_id": [side.shop.admin, side.shop.manager, side.shop.seller]}
    found = {str(side.shop.id)}
    for name, column in tables_of_stores():
        table = Base.metadata.tables[name]
        condition = f"{column} = ANY (:whose)"
        if name not in WITHOUT_ROWS:
            assert db.count(name, condition, whose=whose[column]), f"{name} holds nothing: fill it"
        if "id" in table.columns and isinstance(table.columns["id"].type, sqlalchemy.Uuid):
            query = f"SELECT id FROM {name} WHERE {condition} ORDER BY id LIMIT :most"
            found.update(map(str, db.column(query, whose=whose[column], most=IDS_PER_TABLE)))
    return sorted(found | set(side.ids["message_id"]) | set(side.ids["ticket_id"]))


def rows_of(db: Database, side: Filled) -> dict[str, Any]:
    """All that a store has, table by table."""
    return {
        name: db.one(
            f"SELECT coalesce(jsonb_agg(to_jsonb(t) ORDER BY t::text), '[]') FROM {name} t"
            " WHERE t.store_id = :store",
            store=side.shop.id,
        )
        for name, column in tables_of_stores()
        if column == "store_id"
    }


def outcome(answer: TestResponse, named: str) -> tuple[int, str, str | None]:
    """What can be learned from an answer, but for the id that was asked for."""
    return answer.status_code, text_of(answer).replace(named, "ID"), answer.headers.get("ETag")


def text_of(answer: TestResponse) -> str:
    """The body as text; a picture's is none, but may hold some."""
    return answer.get_data().decode(errors="replace")


@WALLS
def test_an_id_of_another_store_is_answered_as_one_that_does_not_exist(
    walls: str, app: Flask, sides: Sides, db: Database, document: Any
):
    own = {name: ids[0] for name, ids in sides.ours.ids.items()}
    before = rows_of(db, sides.theirs)
    asked, wrong, unlike_404 = 0, [], []
    with only(walls):
        for slot in slots(document, own):
            absent = str(new_id())
            expected = outcome(sides.client.call(**slot.call(absent)), absent)
            if slot.place == "path" and expected[0] != 404:
                unlike_404.append(slot.operation)
            for foreign in sides.foreign_ids:
                answer = sides.client.call(**slot.call(foreign))
                asked += 1
                if outcome(answer, foreign) != expected or leaks(answer, sides, asked_for=foreign):
                    wrong.append(
                        (str(slot), foreign, expected[:2], answer.status_code, text_of(answer)[:500])
                    )
    assert wrong == []
    assert asked > 1000
    assert rows_of(db, sides.theirs) == before
    # All that takes an id answers 404, but for what this person may not do whatever the id.
    assert set(unlike_404) == (
        supports_own(app) & set(unlike_404) if walls == "both walls" else set(unlike_404)
    )


def supports_own(app: Flask) -> set[str]:
    """Operations that only support may call."""
    return {
        operation_id(app, endpoint)
        for endpoint, view in app.view_functions.items()
        if getattr(view, "permission", None) is Permission.SUPPORT
    }


def leaks(answer: TestResponse, sides: Sides, asked_for: str = "") -> list[str]:
    """What of the other store stands in an answer."""
    text = text_of(answer).replace(asked_for, "") if asked_for else text_of(answer)
    return [secret for secret in [FOREIGN, *sides.foreign_ids] if secret in text]


@WALLS
def test_no_list_shows_or_counts_anything_of_another_store(
    walls: str, app: Flask, db: Database, document: Any
):
    """Every list, before and after the other store comes to be: nothing in it changes."""
    ours = fill(app, db, OWN)
    client = Client(app, ours.shop.admin)
    paths = document["paths"].items()
    lists = [path for path, item in paths if "get" in item and "{" not in path and path not in EVERYBODYS]
    calls = [(path, query) for path in lists for query in ({}, {"q": FOREIGN}, {"q": OWN})]
    with only(walls):
        before = [client.get(path, **query) for path, query in calls]
    theirs = other(app, db, ours)
    sides = Sides(ours, theirs, ids_of(db, theirs), client)
    assert [answer.status_code for answer in before].count(200) > 10
    with only(walls):
        after = [client.get(path, **query) for path, query in calls]
    for (path, query), earlier, later in zip(calls, before, after, strict=True):
        assert (later.status_code, later.text) == (earlier.status_code, earlier.text), (path, query)
        assert not leaks(later, sides), (path, query)


@WALLS
def test_notes_of_support_stay_with_support(walls: str, sides: Sides, db: Database, document: Any):
    """A store's own tickets, too, show nothing of what support wrote in notes, nor the pictures with it."""
    secrets = db.column("SELECT body FROM messages WHERE internal")
    secrets += map(str, db.column("SELECT id FROM attachments WHERE internal"))
    assert len(secrets) > len(sides.ours.ids["message_id"])
    readers = [slot for slot in slots(document, {}) if slot.method == "get"]
    calls = [slot.call(ticket) for slot in readers for ticket in sides.ours.ids["ticket_id"]]
    with only(walls):
        for call in calls:
            answer = sides.client.call(**call)
            assert not any(secret in text_of(answer) for secret in secrets), call


def test_a_leak_would_be_seen(app: Flask, sides: Sides, document: Any):
    """The control: to support, who may see both stores, the same calls do show the other one's things."""
    support = Client(app, sides.ours.support)
    own = {name: ids[0] for name, ids in sides.ours.ids.items()}
    readers = [slot for slot in slots(document, own) if slot.method == "get" and slot.place == "path"]
    shown = {
        slot.path
        for slot in readers
        for foreign in sides.foreign_ids
        if leaks(support.call(**slot.call(foreign)), sides, asked_for=foreign)
    }
    assert {
        "/v1/tickets/{ticket_id}",
        "/v1/questions/{question_id}",
        "/v1/tickets/{ticket_id}/messages",
    } <= shown
