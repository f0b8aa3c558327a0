"""What the tests on the real engines, in this process, share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from celery import Celery
from flask import Flask
from sqlalchemy import Engine

from deploy.local.host.ports import free_port
from services.ticket_api.app import create_app
from shared.observability.logs import configure_logging
from tests.support.clients.http import Client
from tests.support.factories.database import Database, StoreFixture
from tests.support.factories.tickets import TicketFactory

SignIn = Callable[..., Client]


@pytest.fixture(scope="session", autouse=True)
def _logs_as_in_production() -> None:
    configure_logging()


@pytest.fixture
def db(database_url: str, database: Engine) -> Database:
    """An empty database to fill."""
    return Database(database_url, database)


@pytest.fixture(scope="session")
def app() -> Flask:
    """The application, in the local mode."""
    return create_app()


@pytest.fixture
def sign_in(app: Flask, db: Database) -> SignIn:
    """Gives a client of the API for a person: `sign_in(person, language="en")`."""

    def enter(person: UUID, language: str | None = None) -> Client:
        return Client(app, person, language)

    return enter


@pytest.fixture
def shop(db: Database) -> StoreFixture:
    """A store with its people."""
    return db.shop()


@pytest.fixture
def admin(shop: StoreFixture, sign_in: SignIn) -> Client:
    """The shop's admin at the API."""
    return sign_in(shop.admin)


@pytest.fixture
def ticket_factory(db: Database) -> TicketFactory:
    """Tickets to put into the empty database."""
    return TicketFactory(db)


@pytest.fixture
def unreachable() -> Iterator[Celery]:
    """A Celery application whose broker nobody is."""
    # Later than the others: it asks for settings, which pytest makes after it has read this file.
    from shared.messaging.celery_app import app as celery  # noqa: PLC0415 - not before the settings are made

    with Celery(broker=f"redis://127.0.0.1:{free_port()}/0", set_as_current=False) as nowhere:
        nowhere.conf.update(
            task_queues=celery.conf.task_queues,
            task_publish_retry=False,
            broker_transport_options={"socket_connect_timeout": 1, "max_retries": 1},
        )
        yield nowhere
