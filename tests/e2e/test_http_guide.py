"""The guide to the HTTP API does what it says, and leaves no call out."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import requests

from deploy.local.options import ROOT
from tests.support.running import Processes

GUIDE = ROOT / "docs" / "http.md"
BLOCKS = re.findall(r"```sh\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
SECONDS = 120


@pytest.fixture(scope="module")
def transcript(running: Processes, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the guide's blocks print, run one after another against the running system."""
    bash = shutil.which("bash")
    assert bash, "the guide is written for bash"
    script = tmp_path_factory.mktemp("guide") / "guide.sh"
    script.write_text("set -euo pipefail\nset -x\n" + "\n".join(BLOCKS), encoding="utf-8")
    done = subprocess.run(
        [bash, str(script)],
        env={
            "BOTMENI_API": running.api_url,
            "PATH": str(Path(bash).parent) + ":/usr/local/bin:/usr/bin:/bin",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-1500:]
    return done.stdout


@pytest.mark.parametrize(
    "said", ["unauthorized", "Sign in:", "ticket_not_parked", "ticket_closed", "Número", '"in_progress"']
)
def test_the_guide_runs_and_prints_what_it_promises(transcript: str, said: str):
    assert said in transcript


def test_the_guide_names_every_call(running: Processes):
    document = requests.get(f"{running.api_url}/openapi.json", timeout=10).json()
    text = "\n".join(BLOCKS)
    missing = [
        f"{method.upper()} {path}"
        for path, operations in document["paths"].items()
        for method in operations
        if method in {"get", "post", "put", "patch", "delete"} and not re.search(_as_typed(path), text)
    ]
    assert not missing


def _as_typed(path: str) -> str:
    """How a path stands in a shell block: its parameters are variables."""
    return re.sub(r"\\{[^}]*\\}", r"\\$\\w+", re.escape(path)) + r"""(?=["'\s?])"""
