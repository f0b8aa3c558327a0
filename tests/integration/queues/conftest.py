"""What the tests of the queues share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from celery import Celery

from deploy.local.ports import free_port
from shared.celery_app import app as celery


@pytest.fixture
def unreachable() -> Iterator[Celery]:
    """A Celery application whose broker nobody is."""
    with Celery(broker=f"redis://127.0.0.1:{free_port()}/0", set_as_current=False) as nowhere:
        nowhere.conf.update(
            task_queues=celery.conf.task_queues,
            task_publish_retry=False,
            broker_transport_options={"socket_connect_timeout": 1, "max_retries": 1},
        )
        yield nowhere
