"""Requests as no library would send them, over a plain socket to the real server."""

from __future__ import annotations

import http.client
import select
from urllib.parse import urlsplit

import pytest

from shared.http.requests.slow_bodies import MAX_BODIES_PER_CALLER
from tests.support.clients.http import token_of
from tests.support.clients.raw_http import SECONDS, exchange, held, request, status
from tests.support.factories.filled_store import Filled
from tests.support.processes.running import Processes
from tests.support.waiting import until

Headers = list[tuple[str, str]]


def ask(served: Processes, method: str, path: str, headers: Headers, body: bytes = b"") -> tuple[int, str]:
    """The status and body that a request with exactly these headers is answered with."""
    connection = http.client.HTTPConnection(urlsplit(served.api_url).netloc, timeout=20)
    try:
        connection.putrequest(method, path)
        for name, value in headers:
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def token(served: Processes, filled: Filled) -> tuple[str, str]:
    return "Authorization", f"Bearer {token_of(served.api_url, filled.shop.admin)}"


@pytest.fixture(autouse=True)
def _still_answers(served: Processes, token: tuple[str, str]):
    yield
    assert ask(served, "GET", "/v1/me", [token])[0] == 200


def test_two_tokens_prove_nobody(served: Processes, token: tuple[str, str]):
    assert ask(served, "GET", "/v1/me", [token, token])[0] == 401
    assert ask(served, "GET", "/v1/me", [token, ("Authorization", "Bearer other")])[0] == 401


def test_two_idempotency_keys_are_none(served: Processes, token: tuple[str, str]):
    headers = [token, ("Idempotency-Key", "a"), ("Idempotency-Key", "b"), ("Content-Length", "0")]
    path = "/v1/ratings/00000000-0000-7000-8000-000000000000/promote"
    status, body = ask(served, "POST", path, headers)
    assert (status, "invalid_idempotency_key" in body) == (400, True)


@pytest.mark.parametrize(
    "name", ["Authorization", "Idempotency-Key", "X-Request-ID", "Accept-Language", "Origin"]
)
@pytest.mark.parametrize("letters", [10_000, 500_000])
def test_a_header_of_any_size_is_refused_or_ignored(
    served: Processes, token: tuple[str, str], name: str, letters: int
):
    headers = [(name, "x" * letters), *([token] if name != "Authorization" else [])]
    try:
        status, _ = ask(served, "GET", "/v1/me", headers)
    except ConnectionError:
        return  # the server hung up while we were still sending
    assert status in {200, 400, 401, 431}


def test_a_thousand_headers_end_nothing(served: Processes, token: tuple[str, str]):
    headers = [token, *((f"X-Filler-{number}", "x") for number in range(1000))]
    try:
        status, _ = ask(served, "GET", "/v1/me", headers)
    except ConnectionError:
        return
    assert status in {200, 400, 431}


def test_a_length_that_is_not_reached_is_no_reason_to_wait_forever(served: Processes, token: tuple[str, str]):
    """Less comes than was announced, and then nothing: the caller's slots are free once it hangs up."""
    beginning, ticket = b'{"body": "cor', b'{"body": "corta", "verdict": "improvable"}'
    headers = [": ".join(token), "Content-Type: application/json"]

    def posted(length: int, body: bytes) -> bytes:
        return request("POST", "/v1/tickets", [*headers, f"Content-Length: {length}"], body)

    def status_of_a_whole_one() -> int:
        return status(exchange(served.api_url, posted(len(ticket), ticket)))

    with held(served.api_url, posted(1000, beginning), MAX_BODIES_PER_CALLER + 1) as wires:
        [answered], _, _ = select.select(wires, [], [], SECONDS)
        assert status(answered.recv(65_536)) == 503  # the others have all slots
    until(lambda: status_of_a_whole_one() != 503)
    assert status_of_a_whole_one() == 202


def test_a_body_in_pieces_is_held_to_the_same_limit(served: Processes, token: tuple[str, str]):
    piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    headers = [token, ("Content-Type", "application/json"), ("Transfer-Encoding", "chunked")]
    try:
        status, body = ask(served, "POST", "/v1/tickets", headers, piece * 20 + b"0\r\n\r\n")
    except ConnectionError:
        return
    assert (status, "body_too_large" in body) == (413, True)
