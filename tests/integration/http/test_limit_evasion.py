"""One person is one person, whatever they call themselves; one address is one address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask

from services.ticket_api.app import create_app
from shared.tokens import issue_local_token
from tests.support.configured import configured
from tests.support.factories.database import StoreFixture

LIMIT = 3
NOW = datetime(2026, 1, 15, 12, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    """A clock that moves by hand, so that tokens of other moments differ and no window ends meanwhile."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def app() -> Flask:
    with configured(rate_limit=f"{LIMIT} per hour"):
        return create_app()


def bearer(person: object) -> dict[str, str]:
    return {"Authorization": f"Bearer {issue_local_token(person)}"}  # type: ignore[arg-type] # UUIDs all


def exhaust(app: Flask, headers: dict[str, str]) -> None:
    for _ in range(LIMIT):
        app.test_client().get("/v1/me", headers=headers)
    assert app.test_client().get("/v1/me", headers=headers).status_code == 429


def test_another_token_is_the_same_person(app: Flask, shop: StoreFixture, clock: Any):
    first = bearer(shop.admin)
    exhaust(app, first)
    clock.shift(60)
    second = bearer(shop.admin)
    assert second != first
    assert app.test_client().get("/v1/me", headers=second).status_code == 429


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("HEAD", "/v1/me"),
        ("GET", "/v1//me"),
        ("GET", "/v1/me?x=1"),
        ("GET", "/v1/me/"),
        ("GET", "/v1/nowhere"),
        ("DELETE", "/v1/me"),
        ("TRACE", "/v1/me"),
        ("POST", "/v1/tickets"),
        ("GET", "/openapi.json"),
    ],
)
@pytest.mark.parametrize("who", ["person", "address"])
def test_no_other_way_of_asking_is_free(app: Flask, shop: StoreFixture, method: str, path: str, who: str):
    headers = bearer(shop.admin) if who == "person" else {}
    exhaust(app, headers)
    answer = app.test_client().open(path, method=method, headers=headers)
    # What belongs to no view of ours asks nobody who they are, and counts by the address.
    if who == "address" or answer.status_code == 429:
        assert answer.status_code == 429
    else:
        assert answer.headers["RateLimit-Remaining"] == str(LIMIT - 1)


@pytest.mark.parametrize(
    "name",
    ["X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Client-IP", "CF-Connecting-IP", "True-Client-IP", "Via"],
)
def test_an_address_that_one_gives_oneself_does_not_count(app: Flask, engines: object, name: str):
    for number in range(LIMIT):
        app.test_client().get("/v1/me", headers={name: f"192.0.2.{number}"})
    assert app.test_client().get("/v1/me", headers={name: "192.0.2.99"}).status_code == 429


def test_behind_a_proxy_only_what_the_proxy_adds_counts(engines: object):
    """The left part of X-Forwarded-For is what the client wrote."""
    with configured(rate_limit=f"{LIMIT} per hour", proxy_hops=1):
        app = create_app()
    for number in range(LIMIT):
        app.test_client().get("/v1/me", headers={"X-Forwarded-For": f"10.0.0.{number}, 198.51.100.7"})
    answer = app.test_client().get("/v1/me", headers={"X-Forwarded-For": "10.0.0.99, 198.51.100.7"})
    assert answer.status_code == 429
