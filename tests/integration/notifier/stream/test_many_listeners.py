"""More people listen to one process than servers and shells allow by themselves."""

from __future__ import annotations

import resource
from collections.abc import Iterator

import pytest

from deploy.local.processes.catalogue import stream
from shared.config.settings import settings
from shared.tokens import issue_local_token
from tests.support.clients.raw_http import get, held
from tests.support.factories.database import Database
from tests.support.processes.running import Processes

PEOPLE = 1_100  # Granian's own limit is 1,024, and so is that of open files in many a shell


@pytest.fixture
def files() -> Iterator[None]:
    """As many open files as the test needs, where the machine lets it."""
    before, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < 2 * PEOPLE:
        pytest.skip(f"no test of {PEOPLE} streams: this machine allows {most} open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(before, 2 * PEOPLE), most))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (before, most))


def test_more_than_a_thousand_are_greeted(files: None, db: Database, processes: Processes):
    processes.start(stream(), DATA_DIR=str(settings().data_dir))
    token = issue_local_token(db.shop().admin)
    with held(processes.stream_url, get("/v1/stream", f"Authorization: Bearer {token}"), PEOPLE) as wires:
        greetings = {wire.recv(12) for wire in wires}
    assert greetings == {b"HTTP/1.1 200"}
