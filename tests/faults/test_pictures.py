"""Whoever dies while pictures are made, every upload still becomes its picture and nothing is left."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import psutil
import pytest

from tests.faults.conftest import System
from tests.support.clients.uploads import uploaded
from tests.support.factories import pictures
from tests.support.factories.database import Database
from tests.support.waiting import until

pytestmark = pytest.mark.faults

UPLOADS = 8
# Long enough to be met in the middle.
PHOTO = pictures.saved(pictures.quarters(3000, 2000), "PNG", compress_level=1)


def upload(system: System, person: UUID, count: int) -> None:
    """Upload a photograph several times."""
    client = system.client(person)
    for _ in range(count):
        uploaded(client, PHOTO, "foto.png")


def decoders(system: System) -> list[psutil.Process]:
    """The decoding processes below the worker that have a file in hand."""
    found: list[psutil.Process] = []
    for process in psutil.Process(system.processes["worker"].pid).children(recursive=True):
        try:
            if "services.images.decoding.child" in process.cmdline() and process.children():
                found.append(process)
        except psutil.NoSuchProcess:
            continue
    return found


def settled(db: Database) -> bool:
    return not db.count("outbox") and not db.count("attachments", "status = 'pending'")


def objects(system: System) -> dict[str, int]:
    """How many objects of each kind are stored."""
    folder = Path(system.processes.environment["DATA_DIR"]) / "pictures"
    return {kind: len(list((folder / kind).glob("*"))) for kind in ("original", "full", "thumb")}


def stored_since(system: System, before: dict[str, int]) -> dict[str, int]:
    return {kind: count - before[kind] for kind, count in objects(system).items()}


def make_some(system: System, db: Database, victim: Any) -> None:
    """Upload, have `victim` dealt with while something is decoded, and wait for the end."""
    before = objects(system)
    upload(system, db.shop().seller, UPLOADS)
    victim(until(lambda: decoders(system)))
    until(lambda: settled(db), 120)
    assert db.column("SELECT DISTINCT status FROM attachments") == ["ready"]
    assert db.count("attachments") == UPLOADS
    assert stored_since(system, before) == {"original": 0, "full": UPLOADS, "thumb": UPLOADS}


def test_a_worker_killed_while_decoding(system: System, db: Database):
    def kill(_: object) -> None:
        system.kill("worker")
        assert not settled(db)
        system.start("worker")

    make_some(system, db, kill)


def test_a_decoding_process_killed_in_the_middle_of_a_file(system: System, db: Database):
    make_some(system, db, lambda found: found[0].kill())
    assert system.processes["worker"].running
