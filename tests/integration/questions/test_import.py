"""Other services hand over answered questions: each once by its id, a bad one in nobody's way."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.messaging.inbound.inbox import save_message
from shared.messaging.inbound_events import QuestionReceived
from tests.support.clients.dead_jobs import error_of_dead_job
from tests.support.clients.jobs import drain
from tests.support.factories.database import StoreFixture


def message(shop: StoreFixture, **changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "store_id": str(shop.id),
        "origin": "history",
        "text": "¿Tienen stock del rojo?",
        "answer": "Sí, quedan tres.",
        "product": "Mochila",
        "model": "respuestas-2",
        "sources": [{"title": "Inventario", "url": "https://tienda.example/inventario"}],
        "asked_at": "2026-11-20T10:30:00-03:00",
        **changes,
    }


def without(shop: StoreFixture, *fields: str) -> dict[str, Any]:
    return {field: value for field, value in message(shop).items() if field not in fields}


def receive(*messages: Any) -> None:
    for each in messages:
        save_message(QuestionReceived, each)
    drain()


def test_a_question_is_recorded_under_its_own_id_with_all_it_came_with(db, shop, sign_in):
    sent = message(shop)
    receive(sent)
    recorded = sign_in(shop.seller).read(f"/v1/questions/{sent['id']}")
    assert datetime.fromisoformat(recorded["asked_at"]) == datetime(2026, 11, 20, 13, 30, tzinfo=UTC)
    same = ("id", "store_id", "origin", "text", "answer", "product", "model", "sources")
    assert {field: recorded[field] for field in same} == {field: sent[field] for field in same}
    assert db.count("outbox") == 0


def test_what_is_optional_may_be_missing(db, shop, sign_in):
    sent = without(shop, "product", "model", "sources")
    receive(sent)
    recorded = sign_in(shop.seller).read(f"/v1/questions/{sent['id']}")
    assert (recorded["product"], recorded["model"], recorded["sources"]) == (None, None, [])


def test_the_same_id_again_changes_nothing(db, shop):
    sent = message(shop)
    receive(sent, sent)
    receive({**sent, "answer": "Otra respuesta"})
    assert db.column("SELECT answer FROM questions") == ["Sí, quedan tres."]
    assert db.count("outbox") == 0


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"id": "7"}, "id"),
        ({"store_id": None}, "store_id"),
        ({"origin": "elsewhere"}, "origin"),
        ({"text": ""}, "text"),
        ({"answer": 5}, "answer"),
        ({"text": "x" * 20_001}, "text"),
        ({"asked_at": "yesterday"}, "asked_at"),
        ({"asked_at": "2026-11-20T10:30:00"}, "asked_at"),
        ({"sources": [{"title": "x", "url": "javascript:alert(1)"}]}, "url"),
        ({"sources": "none"}, "sources"),
        ({"colour": "red"}, "colour"),
    ],
    ids=lambda value: None if isinstance(value, dict) else value,
)
def test_an_invalid_message_is_dead_at_once_and_says_which_field_is_wrong(db, shop, changes, named):
    receive(message(shop, **changes))
    assert error_of_dead_job(db, "questions.import").startswith("questions.record: ")
    assert f"'{named}'" in error_of_dead_job(db, "questions.import")
    assert db.count("questions") == 0


@pytest.mark.parametrize("field", ["id", "store_id", "origin", "text", "answer", "asked_at"])
def test_a_missing_field_is_named(db, shop, field):
    receive(without(shop, field))
    assert (
        error_of_dead_job(db, "questions.import")
        == f"questions.record: {{'{field}': ['Missing data for required field.']}}"
    )


@pytest.mark.parametrize("wrong", ["text", 5, None, [1, 2], [{"id": 1}]], ids=repr)
def test_what_is_no_object_is_dead_at_once(db, shop, wrong):
    receive(wrong)
    assert error_of_dead_job(db, "questions.import").startswith(
        "question.received cannot be read: Expected `object`"
    )


def test_a_store_nobody_knows_is_named(db, shop):
    nowhere = uuid4()
    receive(message(shop, store_id=str(nowhere)))
    assert error_of_dead_job(db, "questions.import") == f"store_id: no such store: {nowhere}"


def test_the_neighbours_of_bad_messages_are_recorded(db, shop):
    good = [message(shop) for _ in range(6)]
    bad = [message(shop, origin="elsewhere"), message(shop, store_id=str(uuid4())), "no object"]
    for sent in (good[0], bad[0], good[1], good[2], bad[1], good[3], bad[2], good[4], good[5]):
        save_message(QuestionReceived, sent)
    drain()
    recorded = db.column("SELECT id FROM questions")
    assert sorted(recorded) == sorted(UUID(sent["id"]) for sent in good)
    assert db.count("outbox", "dead_at IS NOT NULL") == 3
    assert db.count("outbox") == 3


def test_what_no_text_can_hold_is_replaced_and_the_question_recorded(db, shop):
    """PostgreSQL takes no zero in a text, UTF-8 no half of a surrogate pair; the rest is worth keeping."""
    sent = message(shop, text="zero\x00here", answer="half \ud83d a face", sources=[{"title": "a\x00b"}])
    receive(sent)
    [row] = db.all("SELECT text, answer, sources FROM questions")
    assert (row.text, row.answer) == ("zero\ufffdhere", "half \ufffd a face")
    assert row.sources[0]["title"] == "a\ufffdb"


def test_a_question_recorded_can_be_rated(db, shop, sign_in):
    sent = message(shop)
    receive(sent)
    assert sign_in(shop.seller).rate_ok(sent["id"], "incorrect")["outcome"] == "pending"
