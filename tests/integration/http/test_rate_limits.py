"""Nobody takes the API for themselves; and what counts the calls never stands in anyone's way."""

import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from deploy.local.engines.embedded import Engines
from services.ticket_api.app import create_app
from shared.config.settings import InvalidSettings
from tests.support.clients.http import Client
from tests.support.configured import configured
from tests.support.factories.database import StoreFixture

LIMIT = 3
IN_MID_WINDOW = datetime(2026, 1, 15, 12, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_window_ends_meanwhile() -> Iterator[None]:
    with time_machine.travel(IN_MID_WINDOW):
        yield


def limited(**settings: object) -> Flask:
    with configured(rate_limit=f"{LIMIT} per hour", **settings):
        return create_app()


def statuses(client: Client, calls: int) -> list[int]:
    return [client.get("/v1/me").status_code for _ in range(calls)]


def test_one_call_too_many_is_refused_as_a_problem_that_says_when_to_come_back(shop: StoreFixture):
    client = Client(limited(), shop.admin)
    for remaining in reversed(range(LIMIT)):
        answer = client.get("/v1/me")
        assert answer.status_code == 200
        assert answer.headers["RateLimit-Limit"] == str(LIMIT)
        assert answer.headers["RateLimit-Remaining"] == str(remaining)
        assert 2300 < int(answer.headers["RateLimit-Reset"]) <= 2400
        assert "Retry-After" not in answer.headers

    refused = client.get("/v1/me")
    assert (refused.status_code, refused.get_json()["code"]) == (429, "rate_limited")
    assert refused.mimetype == "application/problem+json"
    assert refused.headers["RateLimit-Remaining"] == "0"
    assert 2300 < int(refused.headers["Retry-After"]) <= 2400
    assert "3 cada 3600 s" in refused.get_json()["detail"]


def test_each_person_has_calls_of_their_own(shop: StoreFixture):
    app = limited()
    assert statuses(Client(app, shop.admin), LIMIT + 1) == [200] * LIMIT + [429]
    assert statuses(Client(app, shop.manager), LIMIT) == [200] * LIMIT


def test_all_routes_count_together(shop: StoreFixture):
    client = Client(limited(), shop.admin)
    for path in ("/v1/me", "/v1/plans", "/v1/questions"):
        assert client.get(path).status_code == 200
    assert client.get("/v1/tickets").status_code == 429


def test_those_who_prove_nobody_are_counted_by_their_address(engines: object):
    caller = limited().test_client()
    guesses = [{}, {"Authorization": "Bearer guess"}, {"Authorization": "Basic Zm9vOmJhcg=="}]
    assert [caller.get("/v1/me", headers=guess).status_code for guess in guesses] == [401] * 3
    assert caller.get("/v1/me", headers=guesses[1]).status_code == 429
    assert caller.get("/openapi.json").status_code == 429
    assert caller.get("/v1/me", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 401


def test_a_forwarded_address_counts_where_a_proxy_is_said_to_stand(engines: object):
    """Where none is, test_limit_evasion.py shows that it does not."""
    caller = limited(proxy_hops=1).test_client()
    addresses = [f"192.0.2.{number}" for number in range(LIMIT + 1)]
    answers = [caller.get("/v1/me", headers={"X-Forwarded-For": address}) for address in addresses]
    assert answers[-1].status_code == 401


def test_health_is_never_refused(engines: object):
    caller = limited().test_client()
    answers = [caller.get("/healthz") for _ in range(LIMIT + 2)]
    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit-Limit" not in answers[-1].headers


def test_without_a_limit_nothing_is_counted(shop: StoreFixture):
    with configured(rate_limit=""):
        client = Client(create_app(), shop.admin)
    assert statuses(client, LIMIT + 2) == [200] * (LIMIT + 2)
    assert "RateLimit-Limit" not in client.get("/v1/me").headers


@pytest.mark.parametrize("limit", ["many", "600", "600 per blink", "0 per minute", "-1 per minute"])
def test_a_limit_that_is_none_stops_the_start(limit: str):
    with configured(rate_limit=limit), pytest.raises(InvalidSettings, match="RATE_LIMIT"):
        create_app()


def test_the_next_window_begins_anew(shop: StoreFixture, redis_url: str):
    for storage in ("memory://", redis_url):
        app = limited(rate_limit_storage_url=storage)
        assert statuses(Client(app, shop.admin), LIMIT + 1)[-1] == 429
        with time_machine.travel(IN_MID_WINDOW + timedelta(hours=1)):
            assert statuses(Client(app, shop.admin), LIMIT) == [200] * LIMIT


def test_processes_that_share_a_redis_count_together(shop: StoreFixture, redis_url: str):
    first, second = (Client(limited(rate_limit_storage_url=redis_url), shop.admin) for _ in range(2))
    assert statuses(first, 2) + statuses(second, 2) == [200, 200, 200, 429]
    assert first.get("/v1/me").status_code == 429


@pytest.fixture
def refusing() -> str:
    """A Redis address where nobody listens."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return f"redis://127.0.0.1:{taken.getsockname()[1]}/0"


@pytest.fixture
def silent() -> Iterator[str]:
    """A Redis address that takes connections and never says a word."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


@pytest.mark.parametrize("away", ["refusing", "silent"])
def test_without_its_redis_each_process_counts_by_itself(
    shop: StoreFixture, away: str, request: pytest.FixtureRequest
):
    app = limited(rate_limit_storage_url=request.getfixturevalue(away))
    client = Client(app, shop.admin)
    answers = [client.get("/v1/me") for _ in range(LIMIT + 1)]
    assert [answer.status_code for answer in answers] == [200] * LIMIT + [429]
    assert answers[0].headers["RateLimit-Remaining"] == str(LIMIT - 1)
    assert "Retry-After" in answers[-1].headers


def test_a_redis_that_goes_away_in_between_is_not_missed(shop: StoreFixture, private_engines: Engines):
    app = limited(rate_limit_storage_url=private_engines.redis_url)
    client = Client(app, shop.admin)
    assert statuses(client, 2) == [200, 200]
    assert private_engines.redis is not None
    private_engines.redis.stop()
    assert statuses(client, LIMIT + 1) == [200] * LIMIT + [429]
