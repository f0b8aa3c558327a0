"""Calling a receiver that means harm, or is in trouble: where the call goes, and when it ends."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from services.notifier.webhooks.client import (
    MAX_RESPONSE_BYTES,
    SystemResolver,
    WebhookClient,
    WebhookResponse,
)
from tests.support.configured import configured
from tests.support.factories.hostile_urls import HOSTILE
from tests.support.fakes.certificates import make_certificate
from tests.support.fakes.webhook_receiver import Receiver, canary, receiving

SECONDS = 1.0


class Names:
    """A resolver that answers with what a test sets, and with another thing each time it is asked."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        self.asked += 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def loopback() -> Iterator[None]:
    with configured(webhook_allow_loopback=True, webhook_ports=""):
        yield


@pytest.fixture
def receiver(loopback: None) -> Iterator[Receiver]:
    with receiving() as listening:
        yield listening


def call(url: str, *, names: Names | None = None, tls: ssl.SSLContext | None = None) -> WebhookResponse:
    client = WebhookClient(names or SystemResolver(), seconds=SECONDS, ssl_context=tls)
    return asyncio.run(client.post(url, b"{}", {"x-test": "1"}))


def test_a_call_arrives_as_it_was_sent(receiver: Receiver):
    receiver.body = b"thanks"
    answer = call(receiver.url)
    assert (answer.status, answer.body_start, answer.error) == (200, "thanks", None)
    assert answer.accepted
    [got] = receiver.received
    assert (got.path, got.body, got.headers["x-test"]) == ("/hook", b"{}", "1")
    assert got.headers["host"] == receiver.url.split("/")[2]


def test_a_slow_receiver_is_cut_off(receiver: Receiver):
    receiver.silent = True
    answer = call(receiver.url)
    assert (answer.status, answer.error) == (None, "no complete answer within 1 s")
    assert answer.duration_ms >= 900


def test_a_receiver_that_drips_is_cut_off_too(receiver: Receiver):
    receiver.drips = True
    assert call(receiver.url).error == "no complete answer within 1 s"


def test_a_huge_answer_is_read_no_further_than_its_beginning(receiver: Receiver):
    receiver.endless = True
    answer = call(receiver.url)
    assert answer.status == 200
    assert answer.body_start == "x" * MAX_RESPONSE_BYTES
    assert receiver.sent_bytes < 20_000_000


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_an_answer_and_is_not_followed(receiver: Receiver, status: int):
    with canary() as bird:
        receiver.status = status
        receiver.headers = {"location": f"http://127.0.0.1:{bird.port}/"}
        answer = call(receiver.url)
        assert answer.status == status
        assert not answer.accepted
        assert bird.connections == 0
    assert len(receiver.received) == 1


def test_what_is_no_http_is_an_error(loopback: None):
    with canary() as bird:
        answer = call(f"http://localhost:{bird.port}/")
    assert answer.status is None
    assert answer.error is not None


def test_nobody_listening_is_an_error(receiver: Receiver):
    assert "ConnectError" in str(call("http://localhost:1/").error)


def test_a_name_without_an_address_is_an_error(loopback: None):
    assert "has no address" in str(call("http://nobody.example:80/", names=Names([])).error)


# --- Certificates ----


def test_a_certificate_nobody_vouches_for_ends_the_call(loopback: None, tmp_path: Path):
    context, _ = make_certificate(tmp_path)
    with receiving(context) as receiver:
        answer = call(receiver.url)
        assert "certificate verify failed" in str(answer.error)
        assert receiver.received == []


def test_a_certificate_must_be_for_the_url_s_name_whatever_the_address(loopback: None, tmp_path: Path):
    context, chain = make_certificate(tmp_path, "hooks.example.com")
    trusting = ssl.create_default_context(cafile=str(chain))
    with receiving(context) as receiver:
        port = port_of(receiver)
        here = Names(["127.0.0.1"])
        fine = call(f"https://hooks.example.com:{port}", names=here, tls=trusting)
        assert (fine.status, fine.error) == (200, None)
        other = call(f"https://other.example.com:{port}", names=here, tls=trusting)
        assert "certificate verify failed" in str(other.error)
    assert len(receiver.received) == 1
    assert receiver.received[0].headers["host"] == f"hooks.example.com:{port}"


# --- Where a call goes ----


@pytest.mark.parametrize("kind", [kind for kind in HOSTILE if kind != "no address"])
def test_a_name_for_an_inner_address_is_not_connected_to(kind: str):
    """Without the local mode's permission: not to loopback, nor to anything that leads there."""
    with canary() as bird, configured(webhook_ports=""):
        for address in HOSTILE[kind]:
            answer = call(f"http://hooks.example.com:{bird.port}/", names=Names([address]))
            assert str(answer.error).startswith("address refused"), address
        assert bird.connections == 0


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "127.1", "0x7f.1", "2130706433", "0"]
)
def test_an_inner_address_in_the_url_is_not_connected_to(host: str):
    with canary() as bird, configured(webhook_ports=""):
        answer = call(f"http://{host}:{bird.port}/")
        assert str(answer.error).startswith("address refused")
        assert bird.connections == 0


def test_one_inner_address_among_public_ones_is_enough_to_refuse():
    with canary() as bird, configured(webhook_ports=""):
        names = Names(["1.1.1.1", "127.0.0.1"])
        answer = call(f"http://hooks.example.com:{bird.port}/", names=names)
        assert "127.0.0.1" in str(answer.error)
        assert bird.connections == 0


def test_a_name_that_changes_its_mind_is_asked_once(receiver: Receiver):
    """One address when it is judged, another when it is connected to: there is no second asking."""
    port = port_of(receiver)
    with canary("::1", int(port)) as bird:
        names = Names(["127.0.0.1"], ["::1"])
        answer = call(f"http://hooks.example.com:{port}/", names=names)
        assert (answer.status, names.asked) == (200, 1)
        assert bird.connections == 0
    assert len(receiver.received) == 1


def test_the_next_call_asks_and_judges_anew(receiver: Receiver):
    port = port_of(receiver)
    names = Names(["127.0.0.1"], ["10.0.0.1"])
    assert call(f"http://hooks.example.com:{port}/", names=names).status == 200
    assert "10.0.0.1" in str(call(f"http://hooks.example.com:{port}/", names=names).error)


def test_an_address_that_cannot_be_reached_gives_way_to_the_next(receiver: Receiver):
    names = Names(["::1", "127.0.0.1"])
    assert call(f"http://hooks.example.com:{port_of(receiver)}/", names=names).status == 200


def port_of(receiver: Receiver) -> str:
    return receiver.url.split(":")[2].split("/")[0]
