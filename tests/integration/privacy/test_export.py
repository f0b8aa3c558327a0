"""What an export holds: all of one store or person, nothing of another, as it stands in the database."""

from __future__ import annotations

import json
import os
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.support.clients.command_line import botmeni, done
from tests.support.configured import configured
from tests.support.factories.database import Database
from tests.support.factories.filled_store import Filled


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    lines = (folder / "rows" / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def all_text(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("rows/*")))


def test_a_stores_export_is_all_of_it(db: Database, filled: tuple[Filled, Filled], tmp_path: Path):
    mine, other = filled
    folder = tmp_path / "salida"
    counts = done("export", "store", mine.shop.id, folder)["counts"]
    for table in ("tickets", "messages", "timeline", "ratings", "questions", "quota_ledger", "notifications"):
        there = db.count(table, "store_id = :store", store=mine.shop.id)
        assert counts[table] == len(rows(folder, table)) == there > 0, table
    assert {row["id"] for row in rows(folder, "people")} == {
        str(person) for person in (mine.shop.admin, mine.shop.manager, mine.shop.seller)
    }
    assert json.loads((folder / "manifest.json").read_text())["counts"] == counts
    text = all_text(folder)
    assert "cormoran" in text
    assert "albatros" not in text
    assert str(other.shop.id) not in text


def test_pictures_come_along(db: Database, filled: tuple[Filled, Filled], pictures: Path, tmp_path: Path):
    mine, _ = filled
    counts = done("export", "store", mine.shop.id, tmp_path / "salida")["counts"]
    exported = {path.name: path.read_bytes() for path in (tmp_path / "salida/pictures").iterdir()}
    ready = db.column(
        "SELECT id FROM attachments WHERE status = 'ready' AND (store_id = :id OR uploaded_by = :admin)",
        id=mine.shop.id, admin=mine.shop.admin,
    )  # fmt: skip
    stored = {
        f"{variant}-{id}.webp": (pictures / variant / f"{id}.webp").read_bytes()
        for id in ready
        for variant in ("full", "thumb")
    }
    assert exported == stored
    assert counts["pictures"] == len(stored) > 0


def test_secrets_stay_where_they_are(db: Database, filled: tuple[Filled, Filled], tmp_path: Path):
    mine, _ = filled
    secret = db.column("SELECT secret FROM webhook_secrets WHERE store_id = :id", id=mine.shop.id)[0]
    done("export", "store", mine.shop.id, tmp_path / "salida")
    assert len(rows(tmp_path / "salida", "webhook_secrets")) == 1
    assert secret not in all_text(tmp_path / "salida")


def test_a_persons_export_is_theirs(db: Database, filled: tuple[Filled, Filled], tmp_path: Path):
    mine, _ = filled
    admin = mine.shop.admin
    folder = tmp_path / "salida"
    done("export", "person", admin, folder)
    assert {row["author_id"] for row in rows(folder, "messages")} == {str(admin)}
    assert len(rows(folder, "messages")) == db.count("messages", "author_id = :id", id=admin) > 0
    assert {row["rated_by"] for row in rows(folder, "ratings")} == {str(admin)}
    assert [row["id"] for row in rows(folder, "people")] == [str(admin)]
    assert not (folder / "rows/questions.jsonl").exists()
    assert "preguntar a datos" not in all_text(folder)


def test_a_zip_holds_the_same(filled: tuple[Filled, Filled], tmp_path: Path):
    mine, _ = filled
    folder, archive = tmp_path / "salida", tmp_path / "salida.zip"
    for to in (folder, archive):
        done("export", "store", mine.shop.id, to)
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        zipped = {name: opened.read(name) for name in opened.namelist()}
    written = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*")}
    assert zipped.keys() == written.keys()
    # Each export is written down, and its moment is its own.
    different = {
        name for name in written if sorted(zipped[name].split(b"\n")) != sorted(written[name].split(b"\n"))
    }
    assert different <= {"manifest.json", "rows/audit_log.jsonl"}


def test_an_export_is_written_down_without_naming_whose(
    db: Database, filled: tuple[Filled, Filled], tmp_path: Path
):
    mine, _ = filled
    done("export", "person", mine.shop.admin, tmp_path / "salida", "--as", "ana")
    entry = db.all("SELECT * FROM audit_log")[0]
    assert (entry.actor, entry.action, entry.store_id) == ("ana", "export.person", None)
    assert str(mine.shop.admin) not in str(entry)


def test_what_is_there_is_not_overwritten(filled: tuple[Filled, Filled], tmp_path: Path):
    mine, _ = filled
    (tmp_path / "salida.zip").write_text("mine")
    for name in ("salida.zip", "."):
        typed = botmeni("export", "store", mine.shop.id, tmp_path / name)
        assert typed.code == 1
        assert "exists already" in typed.err
    assert (tmp_path / "salida.zip").read_text() == "mine"


@pytest.mark.parametrize("name", ["salida", "salida.zip"])
def test_one_that_fails_leaves_nothing(filled: tuple[Filled, Filled], tmp_path: Path, name: str):
    mine, _ = filled
    with configured(storage_url="file:///proc/nowhere"):
        typed = botmeni("export", "store", mine.shop.id, tmp_path / name)
    assert typed.code == 3
    assert "Pictures can be neither stored nor shown" in typed.err
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["salida", "salida.zip"])
def test_one_that_fails_was_written_down_before(
    db: Database, filled: tuple[Filled, Filled], tmp_path: Path, name: str
):
    mine, _ = filled
    with configured(storage_url="file:///proc/nowhere"):
        assert botmeni("export", "store", mine.shop.id, tmp_path / name).code == 3
    assert db.column("SELECT action FROM audit_log") == ["export.store"]


@pytest.mark.parametrize("name", ["salida", "salida.zip"])
def test_only_its_owner_may_read_it(filled: tuple[Filled, Filled], tmp_path: Path, name: str):
    mine, _ = filled
    before = os.umask(0)
    try:
        done("export", "store", mine.shop.id, tmp_path / name)
    finally:
        os.umask(before)
    made = [tmp_path / name, *(tmp_path / name).rglob("*")]
    assert {stat.filemode(path.stat().st_mode) for path in made if path.is_file()} == {"-rw-------"}
    assert {stat.filemode(path.stat().st_mode) for path in made if path.is_dir()} <= {"drwx------"}
