"""Stores that hold something of everything, with their pictures in a storage of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from tests.support.factories.database import Database
from tests.support.fakes.object_storage import folder_url, storage_at

if TYPE_CHECKING:
    from tests.support.factories.filled_store import Filled

WORDS = ("cormoran", "albatros")


@pytest.fixture
def pictures(tmp_path: Path) -> Iterator[Path]:
    """The folder pictures are stored in."""
    folder = tmp_path / "pictures"
    with storage_at(folder_url(folder)):
        yield folder


@pytest.fixture
def filled(app: Flask, db: Database, pictures: Path) -> tuple[Filled, Filled]:
    """Two stores served by the same person of support; each one's word stands in all its texts."""
    # Later than the others: it asks for settings, which pytest makes after it has read this file.
    from tests.support.factories.filled_store import fill  # noqa: PLC0415 - not before the settings are made

    support = db.support()
    mine, other = (fill(app, db, word, support) for word in WORDS)
    return mine, other
