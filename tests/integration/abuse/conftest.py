"""What the tests of abuse share: a shop, its admin at the API in this process, and the real server."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deploy.local.processes.catalogue import api
from tests.contract.conftest import token_of
from tests.support import databases
from tests.support.running import Processes
from tests.support.world import Shop, World


@pytest.fixture(scope="module")
def server(module_processes: Processes) -> Processes:
    """The API's real server, answering, on a database that held nothing when it began.

    One process: what it holds out counts for each.
    """
    databases.empty(module_processes.environment["DATABASE_URL"])
    module_processes.start(replace(api(), servers=1))
    return module_processes


@pytest.fixture(scope="module")
def served_shop(server: Processes) -> Shop:
    """A store in the server's database."""
    return World(server.environment["DATABASE_URL"]).shop()


@pytest.fixture(scope="module")
def token(server: Processes, served_shop: Shop) -> str:
    """The header that proves the admin of `served_shop` to the server."""
    return f"Authorization: Bearer {token_of(server.api_url, served_shop.admin)}"
