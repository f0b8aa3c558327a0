"""The whole system, running, with the demo data."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from deploy.local.demo.load import load
from deploy.local.processes import catalogue as system
from tests.support.clients.http import Client, clients_of
from tests.support.processes import databases
from tests.support.processes.running import Processes

Enter = Callable[[str], Client]


@pytest.fixture(scope="module")
def running(module_processes: Processes) -> Processes:
    """API, relay and workers on a database that holds the demo data and nothing else."""
    url = module_processes.environment["DATABASE_URL"]
    databases.restore_template(url)
    load(url)
    module_processes.start(system.api(), system.relay(), system.worker())
    return module_processes


@pytest.fixture
def enter(running: Processes) -> Iterator[Enter]:
    """Signs a demo person in: `enter("ana")`."""
    with clients_of(running.api_url) as sign_in:
        yield sign_in
