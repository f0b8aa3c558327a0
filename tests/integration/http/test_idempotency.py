"""A creating call repeated under its key gets the first answer, and creates nothing again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from services.ticket_api.consumers import delete_expired_responses
from shared.clock import now
from shared.db.transactions import transaction
from shared.http.idempotency.idempotent import HEADER, REPLAYED_HEADER
from tests.integration.conftest import SignIn
from tests.support.clients.http import Client
from tests.support.factories.database import Database, StoreFixture
from tests.support.waiting import until

WAITS_FOR_A_ROW = "datname = current_database() AND wait_event_type = 'Lock'"
TICKET = {"body": "El buscador no encuentra los talles", "verdict": "improvable"}


@pytest.fixture
def shop(db: Database) -> StoreFixture:
    return db.shop(units=None)


def create(client: Client, key: str, **body: object) -> TestResponse:
    return client.call("POST", "/v1/tickets", headers={HEADER: key}, json=TICKET | body)


def test_the_first_answer_is_given_again_and_nothing_is_made_twice(admin: Client, db: Database):
    first = create(admin, "un-pedido")
    again = create(admin, "un-pedido")

    assert first.status_code == 202
    assert (again.status_code, again.data) == (first.status_code, first.data)
    assert again.content_type == first.content_type
    assert REPLAYED_HEADER not in first.headers
    assert again.headers[REPLAYED_HEADER] == "true"
    assert db.count("tickets") == 1
    assert db.count("outbox") == 1


def test_a_body_spelled_differently_is_the_same_payload(admin: Client):
    first = create(admin, "k")
    headers = {HEADER: '"k"', "Content-Type": "application/json"}
    text = '{ "verdict":"improvable",\n "body":"El buscador no encuentra los talles"}'
    assert admin.call("POST", "/v1/tickets", headers=headers, data=text).data == first.data


@pytest.mark.parametrize("change", [{"body": "otra cosa"}, {"verdict": "incorrect"}])
def test_another_payload_under_the_same_key_is_refused(admin: Client, db: Database, change: dict[str, str]):
    create(admin, "k")
    refused = create(admin, "k", **change)
    assert (refused.status_code, refused.get_json()["code"]) == (422, "idempotency_key_reused")
    assert db.count("tickets") == 1


def test_another_path_under_the_same_key_is_another_payload(admin: Client, db: Database):
    tickets = [UUID(create(admin, f"t{number}").get_json()["id"]) for number in range(2)]
    db.execute("UPDATE tickets SET status = 'open'")
    statuses = [
        admin.call(
            "POST", f"/v1/tickets/{ticket}/messages", headers={HEADER: "m"}, json={"body": "¿Hay novedades?"}
        ).status_code
        for ticket in tickets
    ]
    assert statuses == [201, 422]


def test_another_person_or_another_route_is_another_key(
    admin: Client, sign_in: SignIn, shop: StoreFixture, db: Database
):
    first = create(admin, "k")
    db.execute("UPDATE tickets SET status = 'open'")
    message = admin.call(
        "POST",
        f"/v1/tickets/{first.get_json()['id']}/messages",
        headers={HEADER: "k"},
        json={"body": "Más datos"},
    )
    other = create(sign_in(shop.manager), "k", body="De otra persona")
    assert (message.status_code, other.status_code) == (201, 202)
    assert db.count("idempotency_keys") == 3


def test_an_error_is_not_stored_so_the_corrected_call_may_use_its_key(admin: Client, db: Database):
    assert create(admin, "k", verdict="correct").status_code == 422
    ticket = UUID(create(admin, "k").get_json()["id"])

    db.execute("UPDATE tickets SET status = 'closed', closed_at = now()")
    reply = {"headers": {HEADER: "m"}, "json": {"body": "¿Siguen ahí?"}}
    assert admin.call("POST", f"/v1/tickets/{ticket}/messages", **reply).status_code == 409
    db.execute("UPDATE tickets SET status = 'open', closed_at = NULL")
    assert admin.call("POST", f"/v1/tickets/{ticket}/messages", **reply).status_code == 201


def test_a_call_is_refused_while_the_first_one_runs(admin: Client, db: Database):
    """The first call is held up at a row that this test holds; the second need not wait for it."""
    ticket = create(admin, "t").get_json()["id"]
    db.execute("UPDATE tickets SET status = 'open'")
    reply = {"headers": {HEADER: "m"}, "json": {"body": "¿Hay novedades?"}}

    with ThreadPoolExecutor(1) as pool:
        with transaction() as session:
            session.execute(text("SELECT FROM tickets FOR UPDATE"))
            first = pool.submit(admin.call, "POST", f"/v1/tickets/{ticket}/messages", **reply)
            until(lambda: db.count("pg_stat_activity", WAITS_FOR_A_ROW))
            second = admin.call("POST", f"/v1/tickets/{ticket}/messages", **reply)
        assert (second.status_code, second.get_json()["code"]) == (409, "idempotency_key_in_use")
        assert first.result().status_code == 201
    again = admin.call("POST", f"/v1/tickets/{ticket}/messages", **reply)
    assert (again.status_code, again.json) == (201, first.result().json)


def test_many_calls_at_once_make_one_ticket(admin: Client, db: Database):
    gate = Barrier(8)

    def call(number: int) -> TestResponse:
        gate.wait()
        return create(admin, "k")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(call, range(8)))
    done = [answer for answer in answers if answer.status_code == 202]
    assert {answer.status_code for answer in answers} <= {202, 409}
    assert len({answer.data for answer in done}) == 1
    assert db.count("tickets") == 1


@pytest.mark.parametrize(
    "key",
    ["", '""', "ñandú", "🙂", "a b", "a,b", "a\0b", "a\x1fb", "a\x7f", "x" * 256, '"a', '"sin cerrar'],
)
def test_a_malformed_key_is_refused(admin: Client, db: Database, key: str):
    refused = create(admin, key.encode().decode("latin-1"))
    assert (refused.status_code, refused.get_json()["code"]) == (400, "invalid_idempotency_key")
    assert (db.count("tickets"), db.count("idempotency_keys")) == (0, 0)


def test_old_answers_are_deleted_and_young_ones_stay(admin: Client, db: Database):
    for key in ("old", "young"):
        create(admin, key)
    yesterday = now() - timedelta(hours=25)
    db.execute("UPDATE idempotency_keys SET created_at = :then WHERE key = 'old'", then=yesterday)

    delete_expired_responses.run()

    assert db.column("SELECT key FROM idempotency_keys") == ["young"]
