"""Commands find the `make up` that runs on the data folder, and say so when none does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.options import ROOT
from deploy.local.processes.lock import lock_data_dir
from deploy.local.processes.running import published_settings
from shared.config import settings

NAMED = ("DATABASE_URL", "REDIS_URL", "API_DATABASE_URL")


def summary(data_dir: Path, **extra: str) -> tuple[int, str]:
    """Exit code and all that `botmeni jobs summary` prints where no engine is named."""
    nothing = dict.fromkeys(NAMED, "") | {"DATA_DIR": str(data_dir)}
    typed = subprocess.run(
        [sys.executable, "-m", "deploy.cli", "jobs", "summary"],
        cwd=ROOT,
        env={**os.environ, **nothing, **extra},  # noqa: TID251 - passed on
        capture_output=True,
        text=True,
        check=False,
    )
    return typed.returncode, typed.stdout + typed.stderr


@pytest.fixture
def environment(database_url: str) -> dict[str, str]:
    return {name: os.environ[name] for name in settings.names() if name in os.environ}  # noqa: TID251 - as `make up` hands it on


def test_a_running_one_is_found(environment: dict[str, str], tmp_path: Path):
    with lock_data_dir(tmp_path, "a test"), published_settings(tmp_path, environment):
        assert (tmp_path / "running.json").stat().st_mode & 0o077 == 0
        assert summary(tmp_path) == (0, "No jobs: all is done.\n")
    assert not (tmp_path / "running.json").exists()


def test_what_the_environment_says_goes_first(environment: dict[str, str], tmp_path: Path):
    changed = {**environment, "LOCK_TIMEOUT_MS": "1"}
    with lock_data_dir(tmp_path, "a test"), published_settings(tmp_path, changed):
        code, said = summary(tmp_path, LOCK_TIMEOUT_MS="no number")
    assert code == 3
    assert "LOCK_TIMEOUT_MS: Not a valid integer" in said


def test_none_is_said_clearly(tmp_path: Path):
    code, said = summary(tmp_path)
    assert code == 3
    assert said == (
        f"Error: Nothing runs on {tmp_path}: start `make up` there, or name a database by DATABASE_URL.\n"
    )


def test_the_command_stands_beside_python_and_works_anywhere(tmp_path: Path):
    """Written by the installer, since the project is never built."""
    command = Path(sys.executable).with_name("botmeni")
    typed = subprocess.run([command, "--help"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert typed.returncode == 0, typed.stderr
    assert typed.stdout.startswith("Usage: botmeni ")


def test_one_that_was_killed_is_not_taken_for_running(environment: dict[str, str], tmp_path: Path):
    with published_settings(tmp_path, environment):
        assert summary(tmp_path)[0] == 3
