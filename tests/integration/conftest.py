"""What the tests on the real engines, in this process, share."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask

from services.ticket_api.app import create_app
from shared.logs import configure_logging
from tests.support.client import Client
from tests.support.world import World

SignIn = Callable[..., Client]


@pytest.fixture(scope="session", autouse=True)
def _logs_as_in_production() -> None:
    configure_logging()


@pytest.fixture
def world(database_url: str) -> World:
    """An empty database to fill."""
    return World(database_url)


@pytest.fixture(scope="session")
def app() -> Flask:
    """The application, in the local mode."""
    return create_app()


@pytest.fixture
def sign_in(app: Flask, world: World) -> SignIn:
    """Gives a client of the API for a person: `sign_in(person, language="en")`."""

    def enter(person: UUID, language: str | None = None) -> Client:
        return Client(app, person, language)

    return enter
