"""Stores that hold something of everything, with their pictures in a storage of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.support.filled import Filled, fill
from tests.support.stores import folder_url, kept_in
from tests.support.world import World

WORDS = ("cormoran", "albatros")


@pytest.fixture
def pictures(tmp_path: Path) -> Iterator[Path]:
    """The folder pictures are kept in."""
    folder = tmp_path / "pictures"
    with kept_in(folder_url(folder)):
        yield folder


@pytest.fixture
def filled(app: Flask, world: World, pictures: Path) -> tuple[Filled, Filled]:
    """Two stores served by the same person of support; each one's word stands in all its texts."""
    support = world.support()
    mine, other = (fill(app, world, word, support) for word in WORDS)
    return mine, other
