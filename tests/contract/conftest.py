"""The real API server on a database that holds something of everything, and its document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from deploy.local.processes import catalogue as system
from services.ticket_api.app import create_app
from tests.support.configured import configured
from tests.support.factories.database import Database
from tests.support.processes import databases
from tests.support.processes.running import Processes

if TYPE_CHECKING:
    from tests.support.factories.filled_store import Filled


@pytest.fixture(scope="module")
def served(module_processes: Processes) -> Processes:
    """The API, answering. One process: a caller's slots for bodies are counted in each."""
    databases.restore_template(module_processes.environment["DATABASE_URL"])
    module_processes.start(replace(system.api(), servers=1))
    return module_processes


@pytest.fixture(scope="module")
def filled(served: Processes) -> Filled:
    """A store with something of everything."""
    # Later than the others: it asks for settings, which pytest makes after it has read this file.
    from tests.support.factories.filled_store import fill  # noqa: PLC0415 - not before the settings are made

    # In the folder of the server, so that it finds what is uploaded.
    with configured(data_dir=served.environment["DATA_DIR"]):
        return fill(create_app(), Database(served.environment["DATABASE_URL"]), "alfombra")


@pytest.fixture(scope="session")
def document(engines: object) -> Any:
    """The OpenAPI document."""
    return create_app().test_client().get("/openapi.json").get_json()
