"""With the storage full or away an upload is refused, a picture is processed later, and nothing is lost."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from deploy.local.host.ports import free_port
from services.images.decoding.sandbox import sandbox
from tests.support.clients import jobs
from tests.support.clients.http import Client
from tests.support.clients.uploads import PHOTO, ready, upload, uploaded
from tests.support.factories.database import Database
from tests.support.fakes import object_storage as stores
from tests.support.fakes.object_storage import S3


@pytest.fixture(params=["folder", "S3"])
def unreachable(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a storage that cannot be reached, and for S3 its settings."""
    (tmp_path / "a file").write_text("and no folder")
    return (
        stores.folder_url(tmp_path / "a file" / "pictures") if request.param == "folder" else "s3://nowhere"
    )


def settings_for(url: str) -> dict[str, object]:
    if url.startswith("file:"):
        return {}
    nobody = S3(f"http://127.0.0.1:{free_port()}")
    return {**stores.s3_settings(nobody), "storage_timeout_seconds": 1}


@contextmanager
def full_disk() -> Iterator[None]:
    """No file can grow beyond a kilobyte: what a full disk is to whoever writes one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def away(folder: Path) -> Iterator[None]:
    """The folder is gone, and comes back as it was."""
    hidden = folder.with_name("hidden")
    folder.rename(hidden)
    folder.write_text("no folder")
    try:
        yield
    finally:
        folder.unlink()
        hidden.rename(folder)


def make_due(db: Database) -> None:
    db.execute("UPDATE outbox SET available_at = now()")


def test_an_upload_is_answered_with_what_to_do_and_leaves_nothing(
    unreachable: str, admin: Client, db: Database
):
    with stores.storage_named(unreachable, **settings_for(unreachable)):
        refused = upload(admin)
    assert (refused.status_code, refused.json["code"]) == (503, "storage_unavailable")
    assert refused.json["detail"].startswith("Por el momento no podemos guardar")
    assert refused.headers["Retry-After"]
    assert db.count("attachments") == db.count("outbox") == 0


# Werkzeug leaves the file of a form it cannot keep to the garbage collector, which says so.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("size", [50_000, 2_000_000], ids=["in memory", "through a temporary file"])
def test_a_full_disk_is_answered_likewise(folder: Path, admin: Client, db: Database, size: int):
    data = PHOTO.ljust(size, b"\0")
    with full_disk():
        refused = upload(admin, data)
    assert (refused.status_code, refused.json["code"]) == (503, "storage_unavailable")
    assert db.count("attachments") == db.count("outbox") == 0
    assert stores.keys() == set()
    assert upload(admin, data).status_code == 202


def test_an_upload_made_before_waits_for_the_storage_and_is_processed(
    folder: Path, admin: Client, db: Database
):
    attachment = uploaded(admin)
    with away(folder):
        jobs.work("images.process")
        assert db.one("SELECT last_error FROM outbox") == "StorageAway: storage_unavailable"
        assert db.one("SELECT available_at > now() FROM outbox")
        assert admin.read(f"/v1/attachments/{attachment['id']}")["status"] == "pending"
    make_due(db)
    jobs.drain()
    assert admin.read(f"/v1/attachments/{attachment['id']}")["status"] == "ready"


def test_it_waits_for_as_long_as_it_takes(folder: Path, admin: Client, db: Database):
    attachment = uploaded(admin)
    db.execute("UPDATE outbox SET attempts = 999")
    with away(folder):
        for _ in range(3):
            jobs.work("images.process")
            make_due(db)
    assert db.all("SELECT attempts, dead_at FROM outbox") == [(1_000, None)]
    jobs.drain()
    assert admin.read(f"/v1/attachments/{attachment['id']}")["status"] == "ready"


def test_a_storage_that_fails_between_the_two_pictures_leaves_no_row_that_points_at_nothing(
    folder: Path, admin: Client, db: Database
):
    attachment = uploaded(admin)
    folder.joinpath("thumb").write_text("no folder")
    jobs.work("images.process")
    assert stores.keys("full/") == {f"full/{attachment['id']}.webp"}
    assert db.count("outbox", "consumer = 'images.process' AND dead_at IS NULL") == 1
    assert admin.read(f"/v1/attachments/{attachment['id']}")["status"] == "pending"
    folder.joinpath("thumb").unlink()
    make_due(db)
    jobs.drain()
    done = admin.read(f"/v1/attachments/{attachment['id']}")
    assert admin.get(done["thumb"]).status_code == admin.get(done["full"]).status_code == 200


def test_an_upload_that_cannot_be_removed_yet_is_removed_later(folder: Path, admin: Client, db: Database):
    attachment = uploaded(admin)
    jobs.work("images.process")
    with away(folder):
        jobs.work("images.discard")
    assert db.count("outbox", "consumer = 'images.discard'") == 1
    make_due(db)
    jobs.drain()
    assert stores.keys("original/") == set()
    assert admin.read(f"/v1/attachments/{attachment['id']}")["status"] == "ready"


def test_looking_at_a_picture_meanwhile_says_so(folder: Path, admin: Client):
    attachment = ready(admin)
    with away(folder):
        answer: Any = admin.get(attachment["full"])
    assert (answer.status_code, answer.json["code"]) == (503, "storage_unavailable")
    assert admin.get(attachment["full"]).status_code == 200


def test_an_upload_whose_object_is_gone_ends_up_with_an_operator(folder: Path, admin: Client, db: Database):
    attachment = uploaded(admin)
    (folder / "original" / attachment["id"]).unlink()
    db.execute("UPDATE outbox SET attempts = 11")
    jobs.work("images.process")
    [row] = db.all("SELECT last_error, dead_at IS NOT NULL AS dead FROM outbox")
    assert (row.last_error, row.dead) == (f"ObjectMissing: original/{attachment['id']}", True)


def test_a_decoding_process_that_dies_costs_no_upload(folder: Path, admin: Client, db: Database):
    ready(admin)
    attachment = uploaded(admin)
    running = sandbox()._process
    assert running is not None
    running.kill()
    running.wait()
    jobs.work("images.process")
    assert "DecoderLost" in db.one("SELECT last_error FROM outbox")
    make_due(db)
    jobs.drain()
    assert admin.read(f"/v1/attachments/{attachment['id']}")["status"] == "ready"
