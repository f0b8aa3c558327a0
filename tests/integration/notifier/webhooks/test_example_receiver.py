"""The receiver of the page on webhooks, as a process, takes real calls and nobody else's."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from deploy.local.options import ROOT
from tests.integration.notifier.scenario import TicketScenario
from tests.integration.notifier.webhooks.deliveries import make, outcome, time_passes
from tests.support.clients.jobs import drain
from tests.support.fakes.webhook_receiver import Receiver
from tests.support.waiting import until

PROGRAM = ROOT / "docs" / "examples" / "webhook_receiver.py"


class Running:
    """The page's receiver as a process."""

    def __init__(self, folder: Path, port: int, secret: str) -> None:
        self.url = f"http://localhost:{port}/botmeni"
        self.printed = folder / "printed.txt"
        with self.printed.open("ab") as printed:
            self.process = subprocess.Popen(
                [sys.executable, str(PROGRAM), "--port", str(port), "--file", str(folder / "events.db")],
                env={"WEBHOOK_SECRET": secret, "PATH": os.defpath},
                stdout=printed,
                stderr=subprocess.DEVNULL,
            )
        until(self._listens)

    def events(self) -> list[Any]:
        """What it has taken up so far, oldest first."""
        return [json.loads(line) for line in self.printed.read_text(encoding="utf-8").splitlines()]

    def _listens(self) -> bool:
        assert self.process.poll() is None, "the receiver ended"
        with socket.socket() as trying:
            return trying.connect_ex(("127.0.0.1", int(self.url.split(":")[2].split("/")[0]))) == 0


Start = Callable[[str], Running]


@pytest.fixture
def program(tmp_path: Path) -> Iterator[tuple[str, Start]]:
    """Where the page's receiver will listen, and what starts it with a secret, in place of the one before."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with _one_at_a_time(tmp_path, port) as start:
        yield f"http://localhost:{port}/botmeni", start


@contextmanager
def _one_at_a_time(folder: Path, port: int) -> Iterator[Start]:
    started: list[Running] = []

    def stop() -> None:
        for each in started:
            if each.process.poll() is None:
                each.process.send_signal(signal.SIGTERM)
                each.process.wait(10)

    def start(secret: str) -> Running:
        stop()
        started.append(Running(folder, port, secret))
        return started[-1]

    try:
        yield start
    finally:
        stop()


def test_the_receiver_takes_each_event_once(
    scenario: TicketScenario, receiver: Receiver, program: tuple[str, Start]
):
    url, start = program
    webhook = make(scenario, receiver, url=url)
    running = start(webhook["secret"])
    scenario.reply(scenario.support)
    drain()
    assert outcome(scenario) == ("sent", None, 1)
    [event] = running.events()
    assert event["type"] == "ticket.support_replied"
    deliveries = f"/v1/webhooks/{webhook['id']}/deliveries"
    assert (
        scenario.client(scenario.shop.admin).post(f"{deliveries}/{event['id']}/redeliver").status_code == 202
    )
    drain()
    assert outcome(scenario) == ("sent", None, 2)
    assert running.events() == [event]


def test_the_receiver_remembers_and_goes_on_with_either_secret_while_both_sign(
    scenario: TicketScenario, receiver: Receiver, program: tuple[str, Start]
):
    url, start = program
    webhook = make(scenario, receiver, url=url)
    start(webhook["secret"])
    scenario.reply(scenario.support)
    drain()
    rotated = scenario.client(scenario.shop.admin).post(f"/v1/webhooks/{webhook['id']}/rotate-secret").json
    assert rotated is not None
    scenario.reply(scenario.support)
    drain()
    running = start(rotated["secret"])
    first, second = running.events()
    deliveries = f"/v1/webhooks/{webhook['id']}/deliveries"
    scenario.client(scenario.shop.admin).post(f"{deliveries}/{first['id']}/redeliver")
    scenario.act(scenario.support, "close")
    drain()
    assert scenario.db.column("SELECT DISTINCT outcome FROM webhook_deliveries") == ["sent"]
    assert [event["type"] for event in running.events()[2:]] == ["ticket.closed"]
    assert running.events()[:2] == [first, second]


def test_the_receiver_that_was_down_gets_it_later(
    scenario: TicketScenario, receiver: Receiver, program: tuple[str, Start]
):
    url, start = program
    webhook = make(scenario, receiver, url=url)
    scenario.reply(scenario.support)
    drain()
    assert outcome(scenario) == ("waiting", None, 1)
    running = start(webhook["secret"])
    time_passes(scenario)
    assert outcome(scenario) == ("sent", None, 2)
    assert len(running.events()) == 1


def test_the_receiver_refuses_what_others_send(
    scenario: TicketScenario, receiver: Receiver, program: tuple[str, Start]
):
    own = make(scenario, receiver)
    scenario.reply(scenario.support)
    drain()
    [real] = receiver.received
    url, start = program
    running = start(own["secret"])
    altered = real.body.replace(b"support_replied", b"store_replied")
    named = {name: real.headers[name] for name in real.headers if name.startswith("webhook-")}
    for body, headers in (
        (altered, named),
        (real.body, {}),
        (real.body, {**named, "webhook-timestamp": "1600000000"}),
        (real.body, {**named, "webhook-id": "another"}),
        (b"", named),
    ):
        assert requests.post(url, data=body, headers=headers, timeout=10).status_code == 400
    assert requests.post(url, data=b"x" * 200_000, headers=named, timeout=10).status_code == 413
    assert running.events() == []
    assert requests.post(url, data=real.body, headers=named, timeout=10).status_code == 204
    assert len(running.events()) == 1
