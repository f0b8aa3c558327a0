"""`make up` prepares the database only under settings that every program accepts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from deploy.local.bootstrap.run import bootstrap_database
from deploy.local.options import WrongOption


def test_a_wrong_subscription_is_named_before_anything_is_stored(tmp_path: Path):
    environment = {
        **os.environ,  # noqa: TID251 - what the child process runs with
        # Nothing listens there: who connected first would name these instead.
        "DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/nothing",
        "REDIS_URL": "redis://127.0.0.1:1",
        "SECRET_KEY": "a key for the time of one process in a test",
        "SUBSCRIPTIONS": "ticket.danced=analytics",
    }
    with pytest.raises(WrongOption) as refused:
        bootstrap_database(environment, log=tmp_path / "bootstrap.log")
    assert str(refused.value).startswith("Wrong settings:\nSUBSCRIPTIONS: 'ticket.danced' is no event")
