"""The page on webhooks: what it has one type brings a real call to its receiver."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local import processes as system
from deploy.local.demo.load import load
from deploy.local.options import ROOT
from tests.support import databases
from tests.support.running import Processes

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
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    script = tmp_path / "page.sh"
    script.write_text("set -euo pipefail\n" + "\n".join(blocks), encoding="utf-8")
    bash = shutil.which("bash")
    assert bash, "the page is written for bash"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    done = subprocess.run(
        [bash, str(script)],
        cwd=ROOT,
        env={
            "BOTMENI_API": running.api_url,
            "RECEIVER_PORT": str(port),
            # Its python is the one that has the library the receiver is built on.
            "PATH": f"{Path(sys.executable).parent}:{os.defpath}",
        },
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    received = [json.loads(line) for line in done.stdout.splitlines() if '"webhook.test"' in line]
    assert [event["id"] for event in received if "timestamp" in event and "data" in event]
