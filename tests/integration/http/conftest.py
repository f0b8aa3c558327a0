"""What the tests of the API share: its document, and the real server with one store."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from deploy.local.processes.catalogue import api
from tests.support.clients.http import token_of
from tests.support.factories.database import Database, StoreFixture
from tests.support.processes import databases
from tests.support.processes.running import Processes


@pytest.fixture(scope="session")
def document(app: Flask) -> Any:
    """The OpenAPI document."""
    return app.test_client().get("/openapi.json").get_json()


@pytest.fixture(scope="module")
def server(module_processes: Processes) -> Processes:
    """The API's real server, answering, on a database that held nothing when it began.

    One process: what it holds out counts for each.
    """
    databases.restore_template(module_processes.environment["DATABASE_URL"])
    module_processes.start(replace(api(), servers=1))
    return module_processes


@pytest.fixture(scope="module")
def served_shop(server: Processes) -> StoreFixture:
    """A store in the server's database."""
    return Database(server.environment["DATABASE_URL"]).shop()


@pytest.fixture(scope="module")
def token(server: Processes, served_shop: StoreFixture) -> str:
    """The header that proves the admin of `served_shop` to the server."""
    return f"Authorization: Bearer {token_of(server.api_url, served_shop.admin)}"
