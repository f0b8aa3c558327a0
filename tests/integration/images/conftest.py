"""Uploading over HTTP into a folder and into S3, and the way an upload goes from there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.ids import new_id
from shared.storage import Storage
from tests.support.fakes import object_storage as stores
from tests.support.fakes.object_storage import S3


@pytest.fixture(scope="session")
def s3() -> Iterator[S3]:
    """A running S3 server."""
    with stores.s3_server() as server:
        yield server


@pytest.fixture(params=["folder", "S3"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    """An empty storage of each kind."""
    if request.param == "folder":
        with stores.storage_at(stores.folder_url(tmp_path / "pictures")) as storage:
            yield storage
        return
    server: S3 = request.getfixturevalue("s3")
    bucket = f"pictures-{new_id()}"
    server.bucket(bucket)
    with stores.storage_at(f"s3://{bucket}/botmeni", **stores.s3_settings(server)) as storage:
        yield storage


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """An empty folder that pictures are stored in."""
    place = tmp_path / "pictures"
    with stores.storage_at(stores.folder_url(place)):
        yield place
