"""Clients that send byte by byte hold nobody else up."""

from __future__ import annotations

import socket

import pytest

from deploy import programs
from shared.errors import Busy
from shared.http.requests import slow_bodies
from tests.support.clients.http import token_of
from tests.support.clients.raw_http import exchange, get, held, request, status
from tests.support.factories.database import StoreFixture
from tests.support.processes.running import Processes
from tests.support.waiting import until

NOT_FINISHED = b"GET /v1/me HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
TICKET = b'{"body": "No anda", "verdict": "improvable"}'
JSON = "Content-Type: application/json"


def begun(token: str) -> bytes:
    """A ticket of which only the first letters have come."""
    return request("POST", "/v1/tickets", [token, JSON, f"Content-Length: {len(TICKET)}"], TICKET[:5])


def created(server: Processes, token: str) -> int:
    return status(
        exchange(
            server.api_url,
            request("POST", "/v1/tickets", [token, JSON, f"Content-Length: {len(TICKET)}"], TICKET),
        )
    )


def test_the_server_has_the_threads_that_the_limit_of_bodies_counts_on():
    command = programs.api()
    assert command[command.index("--blocking-threads") + 1] == str(slow_bodies.THREADS)


def test_headers_that_do_not_end_hold_nobody_up(server: Processes, token: str):
    with held(server.api_url, NOT_FINISHED, 300):
        assert status(exchange(server.api_url, get("/v1/me", token))) == 200


def test_headers_that_do_not_end_are_ended_by_the_server(server: Processes):
    with held(server.api_url, NOT_FINISHED, 1) as [wire]:
        said = wire.recv(65_536)
        assert said == b"" or status(said) == 408


def refused(wire: socket.socket) -> bool:
    """Whether the server has answered that it is busy; it says nothing to those it waits for."""
    wire.settimeout(0)
    try:
        said = wire.recv(65_536)
    except BlockingIOError:
        return False
    assert (status(said), b'"code":"busy"' in said, b"retry-after" in said.lower()) == (503, True, True)
    return True


def test_bodies_that_do_not_end_hold_nobody_up(server: Processes, token: str, served_shop: StoreFixture):
    """More of them than there are threads: reading goes on, and writing for everybody else."""
    other = f"Authorization: Bearer {token_of(server.api_url, served_shop.manager)}"
    with held(server.api_url, begun(token), slow_bodies.THREADS + 8) as wires:
        turned_away: set[socket.socket] = set()

        def only_the_waited_for_are_left() -> bool:
            turned_away.update(wire for wire in wires if wire not in turned_away and refused(wire))
            return len(wires) - len(turned_away) == slow_bodies.MAX_BODIES_PER_CALLER

        until(only_the_waited_for_are_left)
        assert status(exchange(server.api_url, get("/v1/me", token))) == 200
        assert created(server, token) == 503
        assert created(server, other) == 202
    # Their places are free once they are gone.
    until(lambda: created(server, token) == 202)


def test_a_body_of_somebody_unknown_is_not_waited_for(server: Processes):
    nobody = "Authorization: Bearer guess"
    with held(server.api_url, begun(nobody), slow_bodies.THREADS + 8) as wires:
        assert [status(wire.recv(65_536)) for wire in wires] == [401] * len(wires)


def test_all_together_leave_threads_to_others():
    assert slow_bodies.MAX_BODIES_PER_CALLER < slow_bodies.MAX_BODIES < slow_bodies.THREADS
    slots = slow_bodies.Slots(3, 2)
    for who in ("ana", "ana", "luz"):
        slots.acquire(who)
    for who in ("ana", "luz", "eva"):
        with pytest.raises(Busy):
            slots.acquire(who)
    slots.release("ana")
    slots.acquire("eva")
