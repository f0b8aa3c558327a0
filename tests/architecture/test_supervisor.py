"""`make up` watches over the others for days: what only its start needs stays out of its memory."""

import json
import subprocess
import sys

from tests.architecture.source_tree import ROOT

HEAVY = {"alembic", "asyncio", "celery", "flask", "kombu", "psycopg", "redis", "services", "sqlalchemy"}
LOADED = "import json, sys, {}; print(json.dumps(sorted(sys.modules)))"


def heavy_imports(module: str) -> set[str]:
    """Which of the heavy packages are loaded with `module`."""
    told = subprocess.run(
        [sys.executable, "-c", LOADED.format(module)], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    return {name.partition(".")[0] for name in json.loads(told)} & HEAVY


def test_the_supervisor_loads_no_heavy_package():
    assert heavy_imports("deploy.local.up") == set()


def test_one_that_is_loaded_would_be_seen():
    assert {"alembic", "redis", "sqlalchemy"} <= heavy_imports("deploy.local.prepare")
