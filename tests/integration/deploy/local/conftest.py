"""Folders that a server's account may enter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.engines.postgres import Postgres
from deploy.local.engines.scratch import scratch_folder
from tests.support.processes.servers import serving


@pytest.fixture
def folder() -> Iterator[Path]:
    with scratch_folder() as made:
        yield made


@pytest.fixture
def postgres(folder: Path) -> Iterator[Postgres]:
    with serving(Postgres(folder / "postgres")) as server:
        yield server
