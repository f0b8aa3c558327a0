"""What every answer says to a browser, and which pages may read it."""

import re

import pytest
from flask import Flask

from services.ticket_api.app import create_app
from shared.config.settings import InvalidSettings
from tests.integration.conftest import SignIn
from tests.support.clients.http import Client
from tests.support.configured import configured
from tests.support.factories.database import Database

OURS = "https://app.example.com"
PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type,idempotency-key,if-match",
}


@pytest.mark.parametrize(
    ("path", "status"),
    [("/v1/me", 401), ("/v1/nothing", 404), ("/healthz", 200), ("/openapi.json", 200), ("/docs", 200)],
)
def test_every_answer_is_locked_down(app: Flask, path: str, status: int):
    answer = app.test_client().get(path)
    assert answer.status_code == status
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "frame-ancestors 'none'" in policy
    assert ("script-src 'self'" in policy) == (path == "/docs")
    assert "unsafe-" not in policy


def test_an_answer_to_someone_signed_in_is_stored_nowhere(db: Database, sign_in: SignIn):
    answer = sign_in(db.support()).get("/v1/me")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_reader_needs_nothing_that_its_policy_forbids(app: Flask):
    """Its page has no inline script and names only files of its own, which are there and may be cached."""
    page = app.test_client().get("/docs").text
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    files = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(files) == 4
    for file in files:
        with app.test_client().get(file) as answer:
            assert answer.status_code == 200
            assert "max-age" in answer.headers["Cache-Control"]


def test_browsers_must_stay_on_https_outside_the_local_mode(app: Flask):
    assert "Strict-Transport-Security" not in app.test_client().get("/healthz").headers
    nowhere = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    with configured(environment="production", jwt_jwks_url="https://id.example", api_database_url=nowhere):
        answer = create_app().test_client().get("/healthz")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_without_allowed_origins_no_other_page_may_read_an_answer(app: Flask):
    answer = app.test_client().get("/healthz", headers={"Origin": OURS})
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.fixture
def open_to_ours(engines: object) -> Flask:
    with configured(allowed_origins=f"{OURS}, https://admin.example.com:8443"):
        return create_app()


@pytest.mark.parametrize("origin", [OURS, "https://admin.example.com:8443"])
def test_pages_of_an_allowed_origin_may_call_and_read_what_they_need(open_to_ours: Flask, origin: str):
    caller = open_to_ours.test_client()
    asked = caller.options("/v1/tickets", headers={**PREFLIGHT, "Origin": origin})
    assert asked.status_code == 200
    assert asked.headers["Access-Control-Allow-Origin"] == origin
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    allowed = asked.headers["Access-Control-Allow-Headers"].lower()
    assert all(name in allowed for name in PREFLIGHT["Access-Control-Request-Headers"].split(","))

    answer = caller.get("/v1/me", headers={"Origin": origin})
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (401, origin)
    exposed = answer.headers["Access-Control-Expose-Headers"]
    for name in ("ETag", "RateLimit-Remaining", "Retry-After", "X-Request-ID", "Idempotent-Replayed"):
        assert name in exposed
    assert "Origin" in ",".join(answer.headers.getlist("Vary"))


@pytest.mark.parametrize(
    "origin",
    [
        "https://app.example.com.evil.example",
        "http://app.example.com",
        "https://app-example.com",
        "https://xapp.example.com",
        "https://app.example.com:8443",
        "https://appxexample.com",
        "https://evil.example",
        f"{OURS}/",
        f"{OURS}%00.evil.example",
        f"{OURS}, https://evil.example",
        "*",
        "null",
    ],
)
def test_pages_of_other_origins_may_not(open_to_ours: Flask, origin: str):
    caller = open_to_ours.test_client()
    for answer in (
        caller.options("/v1/tickets", headers={**PREFLIGHT, "Origin": origin}),
        caller.get("/v1/me", headers={"Origin": origin}),
    ):
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert "Origin" in answer.headers.getlist("Vary")


def test_a_cache_stores_what_no_page_asked_for_separately(open_to_ours: Flask):
    answer = open_to_ours.test_client().get("/v1/me")
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Origin" in answer.headers.getlist("Vary")


@pytest.mark.parametrize(
    "origins", ["*", "app.example.com", "https://app.example.com/", "https://*.example.com"]
)
def test_an_origin_that_is_none_stops_the_start(origins: str):
    with configured(allowed_origins=origins), pytest.raises(InvalidSettings, match="ALLOWED_ORIGINS"):
        create_app()


def test_a_cookie_proves_nobody(open_to_ours: Flask):
    """Nothing a browser sends by itself is a proof, so no page can act in somebody's name."""
    sent = {"Cookie": "token=x; session=x", "Origin": OURS}
    answer = open_to_ours.test_client().get("/v1/me", headers=sent)
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (401, False)


@pytest.mark.parametrize("path", ["/v1/me", "/v1/nowhere", "/v1/tickets/<script>", "/openapi.json"])
def test_no_answer_is_taken_for_a_page(admin: Client, path: str):
    answer = admin.get(path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype in {"application/json", "application/problem+json"}
    assert "<script>" not in answer.text
