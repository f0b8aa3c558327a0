"""The guide to webhooks: its commands bring a real call, and it shows what is really sent."""

from __future__ import annotations

import json
import os
import re
import socket
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from deploy.local.demo.load import load
from deploy.local.options import ROOT
from deploy.local.processes import catalogue as system
from services.notifier.webhooks.events import TEST_EVENT, WEBHOOK_EVENTS
from services.notifier.webhooks.rules import MAX_ENDPOINTS, SECRET_OVERLAP
from services.notifier.webhooks.sending import RETRY_DELAYS
from shared.config.settings import settings
from tests.integration.notifier.scenario import TicketScenario
from tests.integration.notifier.webhooks.deliveries import make
from tests.support.clients.guides import printed
from tests.support.clients.jobs import drain
from tests.support.configured import configured
from tests.support.fakes.webhook_receiver import Receiver
from tests.support.processes.running import Processes

GUIDE = ROOT / "docs" / "webhooks.md"
PAGE = GUIDE.read_text(encoding="utf-8")
NAMES = [event.name for event in WEBHOOK_EVENTS]


def examples() -> dict[str, Any]:
    """The page's payloads by event."""
    shown = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]
    return {payload["type"]: payload for payload in shown}


def general(value: Any) -> Any:
    """A payload without what differs from one event to the next: ids, times and numbers by kind only."""
    if isinstance(value, dict):
        return {name: general(inner) for name, inner in value.items()}
    if isinstance(value, int):
        return int
    for kind in (UUID, datetime.fromisoformat):
        try:
            kind(value)
        except (TypeError, ValueError, AttributeError):
            continue
        return kind
    return value


def everything_happens(scenario: TicketScenario, receiver: Receiver) -> Any:
    """Every event that a webhook can get, in one store; returns the webhook."""
    webhook = make(scenario, receiver, events=NAMES)
    support, manager = scenario.client(scenario.support), scenario.client(scenario.shop.manager)
    drain()
    manager.rate_ok(scenario.db.question(scenario.shop))
    drain()
    scenario.reply(scenario.shop.manager, "¿Hay novedades?")
    version = scenario.db.one("SELECT version FROM tickets WHERE id = :id", id=scenario.ticket)
    taken = support.call(
        "PATCH",
        f"/v1/tickets/{scenario.ticket}",
        json={"status": "in_progress"},
        headers={"If-Match": f'"{version}"'},
    )
    assert taken.status_code == 200, taken.text
    scenario.reply(scenario.support)
    scenario.act(scenario.support, "close", {"cause": "stale_data", "resolution": "Stock al día."})
    scenario.act(scenario.shop.manager, "reopen")
    drain()
    scenario.db.execute("UPDATE quota_periods SET unit_limit = used")
    manager.rate_ok(scenario.db.question(scenario.shop))
    waiting = manager.post("/v1/tickets", {"body": "¿Cómo cambio mi logo?", "verdict": "improvable"}).json
    drain()
    scenario.db.execute("UPDATE quota_periods SET unit_limit = used + 1")
    assert waiting is not None
    assert manager.post(f"/v1/tickets/{waiting['id']}/promote").status_code == 202
    drain()
    assert scenario.client(scenario.shop.admin).post(f"/v1/webhooks/{webhook['id']}/test").status_code == 202
    drain()
    return webhook


def test_every_event_is_shown_as_it_is_sent(scenario: TicketScenario, receiver: Receiver):
    webhook = everything_happens(scenario, receiver)
    sent = {
        payload["type"]: payload for payload in (got.verified(webhook["secret"]) for got in receiver.received)
    }
    shown = examples()
    assert set(sent) == {*NAMES, TEST_EVENT}
    assert {name: general(payload) for name, payload in shown.items()} == {
        name: general(payload) for name, payload in sent.items()
    }


def test_the_page_s_figures_are_those_in_force():
    with configured(webhook_timeout_seconds=15):
        assert f"within {settings().webhook_timeout_seconds:g} seconds" in PAGE
    seconds = [int(wait.total_seconds()) for wait in RETRY_DELAYS]
    assert seconds == [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600]
    assert "5 seconds, 5 minutes, 30 minutes, 2, 5, 10 and 10 hours" in " ".join(PAGE.split())
    assert f"For {SECRET_OVERLAP.total_seconds() / 3600:g} hours" in PAGE
    assert MAX_ENDPOINTS == 10
    assert "ten addresses" in PAGE


def test_the_commands_bring_a_first_call_to_the_receiver(
    processes: Processes, database_url: str, tmp_path: Path
):
    load(database_url)
    allowing = {"WEBHOOK_ALLOW_LOOPBACK": "true", "WEBHOOK_PORTS": ""}
    processes.start(system.api(), system.relay(), system.worker(), **allowing)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        "BOTMENI_API": processes.api_url,
        "RECEIVER_PORT": str(port),
        # Its python is the one that has the library the receiver is built on.
        "PATH": f"{Path(sys.executable).parent}:{os.defpath}",
    }
    output = printed(GUIDE, tmp_path, environment, cwd=ROOT, seconds=60)
    received = [json.loads(line) for line in output.splitlines() if '"webhook.test"' in line]
    assert [event["id"] for event in received if "timestamp" in event and "data" in event]
