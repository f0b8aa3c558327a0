"""What operators and developers look at: health, readiness, the OpenAPI document and its reader."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from shared.db.transactions import transaction
from tests.integration.http.problems import problem
from tests.support.configured import configured
from tests.support.processes.pids import ended
from tests.support.waiting import until

NOWHERE = "postgresql+psycopg://postgres@/none?host=/nowhere"
CUT_OFF = """
    WITH connected AS MATERIALIZED (
        SELECT pid, wait_event_type FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
    ), chosen AS MATERIALIZED (SELECT pid FROM connected WHERE {condition})
    SELECT pid FROM chosen WHERE pg_terminate_backend(pid)
"""


def test_the_process_says_that_it_lives_and_can_work(app, db):
    client = app.test_client()
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ready"}


def test_without_migrations_it_is_not_ready(app, db):
    db.execute("UPDATE alembic_version SET version_num = '0001'")
    try:
        answer = app.test_client().get("/readyz")
    finally:
        db.execute("UPDATE alembic_version SET version_num = :head", head=answer.json["expected"])
    assert (answer.status_code, answer.json["status"]) == (503, "migrations_pending")
    assert app.test_client().get("/readyz").status_code == 200


def test_the_next_releases_schema_serves_this_one_too(app, db):
    known = db.one("SELECT version_num FROM alembic_version")
    db.execute("UPDATE alembic_version SET version_num = '9999'")
    try:
        answer = app.test_client().get("/readyz")
    finally:
        db.execute("UPDATE alembic_version SET version_num = :known", known=known)
    assert (answer.status_code, answer.json) == (200, {"status": "ready"})


def test_with_the_database_away_people_are_asked_to_come_back(app, db, sign_in):
    shop = db.shop()
    question = db.question(shop)
    seller = sign_in(shop.seller)
    with configured(database_url=NOWHERE):
        for answer in (seller.get("/v1/me"), seller.rate(question)):
            assert "momento" in problem(answer, 503, "unavailable")["detail"]
            assert int(answer.headers["Retry-After"]) > 0
        ready = app.test_client().get("/readyz")
        assert (ready.status_code, ready.json) == (503, {"status": "database_away"})
        assert app.test_client().get("/healthz").status_code == 200
    assert seller.rate(question).status_code == 202


def test_connections_that_ended_with_the_server_are_replaced_before_anybody_notices(app, db, sign_in):
    seller = sign_in(db.shop().seller)
    assert seller.get("/v1/me").status_code == 200
    servers = db.column(CUT_OFF.format(condition="true"))
    assert servers
    until(lambda: all(ended(pid) for pid in servers))
    assert seller.get("/v1/me").status_code == 200


def test_a_connection_cut_in_mid_request_is_answered_as_an_outage(app, db, sign_in):
    shop = db.shop()
    question, seller = db.question(shop), sign_in(shop.seller)
    with transaction() as holding, ThreadPoolExecutor() as pool:
        holding.execute(text("SELECT FROM questions WHERE id = :id FOR UPDATE"), {"id": question})
        waiting = pool.submit(seller.rate, question)
        until(lambda: db.column(CUT_OFF.format(condition="wait_event_type = 'Lock'")))
        problem(waiting.result(60), 503, "unavailable")
    assert seller.rate(question).status_code == 202


def test_the_openapi_document_describes_every_call_of_the_version(app):
    document = app.test_client().get("/openapi.json").json
    assert document["openapi"].startswith("3.1")
    served = {
        rule.rule.replace("<uuid:", "{").replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/v1/")
    }
    assert "/v1/stream" not in served  # by a process of its own
    served.add("/v1/stream")
    assert {path for path in document["paths"] if path.startswith("/v1/")} == served
    for path, calls in document["paths"].items():
        for method, call in calls.items():
            if method != "parameters":
                assert call["summary"], (method, path)


@pytest.mark.parametrize("path", ["/docs", "/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css"])
def test_the_reader_and_its_files_come_from_this_server(app, path):
    with app.test_client().get(path) as answer:
        assert answer.status_code == 200
        assert len(answer.data) > 100


def test_the_reader_asks_no_other_server_for_anything(app):
    page = app.test_client().get("/docs").text
    assert "http://" not in page
    assert "https://" not in page


@pytest.mark.parametrize("name", ["../app.py", "..%2f..%2fetc%2fpasswd", "nothing.js"])
def test_the_reader_gives_out_its_own_files_only(app, name):
    problem(app.test_client().get(f"/docs/{name}"), 404, "not_found")


def test_the_local_mode_lists_who_can_sign_in_and_lets_them(app, db):
    shop = db.shop()
    client = app.test_client()
    users = {user["user"]: user for user in client.get("/dev/users").json["items"]}
    assert users[str(shop.admin)]["roles"] == ["administrador"]
    token = client.post("/dev/login", json={"user": str(shop.admin)}).json["token"]
    me = client.get("/v1/me", headers={"Authorization": f"Bearer {token}"}).json
    assert me["id"] == str(shop.admin)


@pytest.mark.parametrize(
    "body", [{"user": "nobody"}, {"user": 5}, {"user": None}, {}, [], {"user": ["a"]}, {"user": "\0"}]
)
def test_the_development_sign_in_refuses_who_does_not_exist(app, db, body):
    body = problem(app.test_client().post("/dev/login", json=body), 422, "invalid")
    assert list(body["errors"]) == ["user"]
