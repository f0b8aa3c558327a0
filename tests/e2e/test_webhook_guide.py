"""The page on webhooks: what it has one type brings a real call to its receiver."""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path

import pytest

from deploy.local.demo.load import load
from deploy.local.options import ROOT
from deploy.local.processes import catalogue as system
from tests.support.clients.guides import printed
from tests.support.processes import databases
from tests.support.processes.running import Processes

PAGE = ROOT / "docs" / "webhooks.md"
SECONDS = 60


@pytest.fixture
def running(module_processes: Processes) -> Processes:
    """The demo data's system, whose webhooks may call this machine as those of `make up` may."""
    url = module_processes.environment["DATABASE_URL"]
    databases.empty(url)
    load(url)
    told = {"WEBHOOK_ALLOW_LOOPBACK": "true", "WEBHOOK_PORTS": ""}
    module_processes.start(system.api(), system.relay(), system.worker(), **told)
    return module_processes


def test_the_first_call_arrives_as_the_page_says(running: Processes, tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        "BOTMENI_API": running.api_url,
        "RECEIVER_PORT": str(port),
        # Its python is the one that has the library the receiver is built on.
        "PATH": f"{Path(sys.executable).parent}:{os.defpath}",
    }
    said = printed(PAGE, tmp_path, environment, cwd=ROOT, seconds=SECONDS)
    received = [json.loads(line) for line in said.splitlines() if '"webhook.test"' in line]
    assert [event["id"] for event in received if "timestamp" in event and "data" in event]
