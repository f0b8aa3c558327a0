"""The guide to the HTTP API does what it says, and leaves no call out."""

from __future__ import annotations

import re

import pytest
import requests

from deploy.local.options import ROOT
from shared.http.openapi.served_elsewhere import SERVED_BY
from tests.support.clients.guides import blocks, printed
from tests.support.processes.running import Processes

GUIDE = ROOT / "docs" / "http.md"


@pytest.fixture(scope="module")
def transcript(running: Processes, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the guide's blocks print, run one after another against the running system."""
    return printed(GUIDE, tmp_path_factory.mktemp("guide"), {"BOTMENI_API": running.api_url})


@pytest.mark.parametrize(
    "said", ["unauthorized", "Sign in:", "ticket_not_parked", "ticket_closed", "Número", '"in_progress"']
)
def test_the_guide_runs_and_prints_what_it_promises(transcript: str, said: str):
    assert said in transcript


def test_the_guide_names_every_call(running: Processes):
    document = requests.get(f"{running.api_url}/openapi.json", timeout=10).json()
    text = "\n".join(blocks(GUIDE))
    missing = [
        f"{method.upper()} {path}"
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if method in {"get", "post", "put", "patch", "delete"} and SERVED_BY not in operation
        if not re.search(_as_typed(path), text)
    ]
    assert not missing


def _as_typed(path: str) -> str:
    """How a path stands in a shell block: its parameters are variables."""
    return re.sub(r"\\{[^}]*\\}", r"\\$\\w+", re.escape(path)) + r"""(?=["'\s?])"""
