"""A library once loaded stays in memory for days: each program keeps out what it does not work with."""

import json
import subprocess
import sys

import pytest

from tests.architecture.source_tree import ROOT

LOADED = "import json, sys, {}; print(json.dumps(sorted(sys.modules)))"
DATABASE = {"alembic", "psycopg", "sqlalchemy"}
BROKER = {"celery", "kombu", "redis"}
NOT_LOADED = {
    "deploy.local.up": DATABASE | BROKER | {"asyncio", "flask", "services"},
    "deploy.flower.application": DATABASE | {"flask", "services"},
    "services.ticket_api.app": BROKER | {"alembic", "pyvips"},
    "services.notifier.stream.app": {"alembic", "celery", "flask", "kombu", "pyvips", "werkzeug"},
    "shared.messaging.outbox.relay": {"alembic", "flask", "pyvips", "services"},
    "shared.messaging.celery_app": {"flask"},
}
SETTINGS = {
    "DATABASE_URL": "postgresql+psycopg://nobody-asks/it",
    "REDIS_URL": "redis://nobody-asks",
    "SECRET_KEY": "a key for the time of one import in a test",
}


def loaded_with(module: str) -> set[str]:
    """The packages in memory once `module` is imported."""
    printed = subprocess.run(
        [sys.executable, "-c", LOADED.format(module)],
        cwd=ROOT,
        env=SETTINGS,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return {name.partition(".")[0] for name in json.loads(printed)}


@pytest.mark.parametrize("module", NOT_LOADED)
def test_a_program_loads_nothing_it_does_not_work_with(module):
    assert loaded_with(module) & NOT_LOADED[module] == set()


def test_what_is_loaded_would_be_seen():
    assert loaded_with("deploy.local.bootstrap.database") >= {"redis", "sqlalchemy"}


@pytest.mark.parametrize("name", ["runtime", "local", "tracing"])
def test_what_structlog_would_load_for_colours_is_not_installed_with_the_programs(name):
    """structlog imports rich wherever it finds it: 3 MiB of every process."""
    locked = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert "\nrich==" not in locked
    assert "==" in locked
