"""The real processes: spoken to over HTTP and queues, looked at through the API and the database."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import psutil
import pytest
import requests
from celery import Celery
from sqlalchemy import Engine

from deploy.local.host.ports import Ports
from deploy.local.processes import catalogue as system
from tests.support.clients.http import Client
from tests.support.clients.load import assert_settled, rate_all, wait_until_settled
from tests.support.factories.database import Database, StoreFixture
from tests.support.processes.running import Processes
from tests.support.waiting import until


@pytest.fixture(scope="module")
def api_url(module_processes: Processes) -> str:
    module_processes.start(system.api(), system.relay(), system.worker())
    return module_processes.api_url


@pytest.fixture
def db(api_url: str, database_url: str, database: Engine) -> Database:
    return Database(database_url, database)


@pytest.fixture
def other_service(module_processes: Processes, api_url: str) -> Iterator[Celery]:
    """Another service, that knows the broker's address and the contract, and nothing of our code."""
    with Celery(broker=module_processes.environment["REDIS_URL"], set_as_current=False) as app:
        yield app


def message(shop: StoreFixture, **changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "store_id": str(shop.id),
        "origin": "history",
        "text": "¿Hacen envíos?",
        "answer": "Sí, a todo el país.",
        "asked_at": "2026-11-20T10:30:00Z",
        **changes,
    }


def test_a_rating_becomes_a_ticket_that_can_be_read_and_support_is_notified(api_url, db):
    shop, staff = db.shop(units=3), db.support()
    question = db.question(shop, text="¿Es de cuero?")
    Client(api_url, shop.seller).rate_ok(question, comment="Es de tela")
    admin = Client(api_url, shop.admin)
    [ticket] = until(lambda: admin.read("/v1/tickets")["items"])
    assert (ticket["number"], ticket["status"], ticket["excerpt"]) == (1, "open", "¿Es de cuero?")
    [first] = admin.read(f"/v1/tickets/{ticket['id']}/messages")["items"]
    assert first["body"] == "Es de tela"
    assert admin.read("/v1/quota")["remaining"] == 2
    support = Client(api_url, staff)
    [notified] = until(lambda: support.read("/v1/notifications")["items"])
    assert (notified["ticket_id"], notified["text"]) == (ticket["id"], "Nuevo ticket n.º 1")
    wait_until_settled(db)
    assert_settled(db, tickets=1, notified=1)


def test_200_ratings_at_once_for_7_units_are_7_tickets_and_193_parked(api_url, db):
    shop = db.shop(units=7)
    db.support()
    rate_all(api_url, shop.seller, db.questions(shop, 200))
    wait_until_settled(db)
    assert_settled(db, tickets=7, parked=193, notified=1)
    assert Client(api_url, shop.admin).read("/v1/quota")["remaining"] == 0


def test_another_service_hands_over_a_question_and_it_can_be_rated(api_url, db, other_service):
    shop = db.shop()
    sent = message(shop)
    other_service.send_task("questions.record", args=[sent], queue="inbound")
    until(lambda: db.count("questions"))
    seller = Client(api_url, shop.seller)
    assert seller.read(f"/v1/questions/{sent['id']}")["answer"] == sent["answer"]
    seller.rate_ok(sent["id"], "improvable")
    until(lambda: db.count("tickets"))
    wait_until_settled(db)


def test_a_question_sent_twice_is_stored_once(db, other_service):
    shop = db.shop()
    sent = message(shop)
    for answer in ("Sí.", "Otra cosa."):
        other_service.send_task("questions.record", args=[{**sent, "answer": answer}], queue="inbound")
    marker = message(shop)
    other_service.send_task("questions.record", args=[marker], queue="inbound")
    until(lambda: db.count("questions", "id = :id", id=marker["id"]))
    wait_until_settled(db)
    assert db.count("questions") == 2
    assert db.count("outbox") == 0


def test_a_bad_message_is_dead_with_words_and_its_neighbours_are_recorded(db, other_service):
    shop = db.shop()
    good = [message(shop) for _ in range(4)]
    bad = [message(shop, origin="elsewhere"), {"id": 1}, "no object at all"]
    for sent in (good[0], bad[0], good[1], bad[1], good[2], bad[2], good[3]):
        other_service.send_task("questions.record", args=[sent], queue="inbound")
    until(lambda: db.count("questions") == 4 and db.count("outbox", "dead_at IS NOT NULL") == 3)
    assert sorted(db.column("SELECT id FROM questions")) == sorted(UUID(sent["id"]) for sent in good)
    # In the order of their words: two processes of the worker may store messages in another order than sent.
    no_object, missing_fields, wrong_origin = sorted(db.column("SELECT last_error FROM outbox"))
    assert no_object.startswith("question.received cannot be read: ")
    assert "Missing data for required field." in missing_fields
    assert wrong_origin.startswith("questions.record: {'origin': ['Must be one of: ")


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (b"{", {}, 400, "not_json"),
        (b'{"verdict": "terrible"}', {}, 422, "invalid"),
        (b'{"comment": "' + b"x" * 1_048_576 + b'"}', {}, 413, "body_too_large"),
        (b"{}", {"Authorization": "Bearer a.b.c"}, 401, "unauthorized"),
    ],
    ids=["no json", "unknown verdict", "too large", "malformed token"],
)
def test_bad_input_is_refused_by_the_real_server_too(api_url, db, body, headers, status, code):
    shop = db.shop()
    question = db.question(shop)
    answer = Client(api_url, shop.seller).call(
        "PUT",
        f"/v1/questions/{question}/rating",
        data=body,
        headers={"Content-Type": "application/json", **headers},
    )
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "Traceback" not in answer.text
    assert db.count("ratings") == 0
    assert db.count("outbox") == 0


def test_a_body_that_does_not_say_how_long_it_is_is_bounded_too(api_url, db):
    shop = db.shop()
    question = db.question(shop)
    seller = Client(api_url, shop.seller)
    pieces = (b"x" * 65_536 for _ in range(32))
    try:
        answer = seller.call(
            "PUT", f"/v1/questions/{question}/rating", data=pieces, content_type="application/json"
        )
    except requests.ConnectionError:
        pass  # the server hung up in the middle of it: just as good
    else:
        assert (answer.status_code, answer.get_json()["code"]) == (413, "body_too_large")
    assert db.count("ratings") == 0


def test_the_api_answers_from_as_many_processes_as_are_set_and_ends_with_one_of_them(
    tmp_path, module_processes
):
    """Whoever started it notices, and starts it anew."""
    environment = {**module_processes.environment, "PORT": str(Ports.free().api)}
    api = system.api().child(environment, log=tmp_path / "log")
    api.start()
    try:
        api.wait_until(partial(system.api().is_ready, environment), 60)
        servers = psutil.Process(api.pid).children()
        assert len(servers) == system.api().servers == 2
        servers[0].kill()
        assert api.wait(60)
    finally:
        api.kill()
