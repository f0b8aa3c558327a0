"""What the tests of the queues share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from celery import Celery

from deploy.local.ports import free_port


@pytest.fixture
def unreachable() -> Iterator[Celery]:
    """A Celery application whose broker nobody is."""
    # Later than the others: it asks for settings, which pytest makes after it has read this file.
    from shared.celery_app import app as celery  # noqa: PLC0415 - not before the settings are made

    with Celery(broker=f"redis://127.0.0.1:{free_port()}/0", set_as_current=False) as nowhere:
        nowhere.conf.update(
            task_queues=celery.conf.task_queues,
            task_publish_retry=False,
            broker_transport_options={"socket_connect_timeout": 1, "max_retries": 1},
        )
        yield nowhere
