"""Exports all data of a store or a person: rows as JSON lines, pictures as files."""

from __future__ import annotations

import contextlib
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Protocol, Self
from uuid import UUID

import msgspec
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.privacy.inventory import INVENTORY, Subject, SubjectTable
from shared.clock import now
from shared.db.transactions import transaction
from shared.pictures import all_keys
from shared.storage import ObjectMissing, storage

_FETCH_ROWS = 500
_BATCH_PICTURES = 200

# All tables are read as of one moment, however long it takes.
_BEGIN = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    "SET LOCAL statement_timeout = 0",
)


class ExportTarget(Protocol):
    """What an export is written to: files by name, one after another."""

    def file(self, name: str) -> contextlib.AbstractContextManager[IO[bytes]]:
        """Create a file, which is open for writing inside the block."""


def _new_file(path: Path) -> IO[bytes]:
    """Create a file that only this user can read. Raises `FileExistsError`."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b")


class FolderTarget:
    """A new folder that only this user can read."""

    def __init__(self, path: Path) -> None:
        """Raises `FileExistsError`."""
        path.mkdir(mode=0o700, parents=True)
        self._path = path

    @contextlib.contextmanager
    def file(self, name: str) -> Iterator[IO[bytes]]:
        """Create a file, which is open for writing inside the block."""
        path = self._path / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with _new_file(path) as opened:
            yield opened


class ZipTarget:
    """A new zip file that only this user can read; leaving its context completes the file."""

    def __init__(self, path: Path) -> None:
        """Raises `FileExistsError`."""
        self._file = _new_file(path)
        self._archive = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._file:
            self._archive.close()

    @contextlib.contextmanager
    def file(self, name: str) -> Iterator[IO[bytes]]:
        """Create a file, which is open for writing inside the block."""
        with self._archive.open(name, "w", force_zip64=True) as opened:
            yield opened


@contextlib.contextmanager
def open_target(path: Path) -> Iterator[ExportTarget]:
    """Create the target at `path`: a zip file if its name ends in .zip, else a folder.

    If the block fails, what was written is deleted. Raises `FileExistsError`.
    """
    try:
        if path.suffix == ".zip":
            with ZipTarget(path) as target:
                yield target
        else:
            yield FolderTarget(path)
    except FileExistsError:
        raise
    except BaseException:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        raise


def export(subject: Subject, target: ExportTarget) -> dict[str, int]:
    """Write `rows/<table>.jsonl`, `pictures/…` and at last `manifest.json` to `target`.

    Returns the number of rows by table, and the number of files under `pictures`.

    Raises `StorageAway`.
    """
    counts: dict[str, int] = {}
    with transaction() as session:
        for statement in _BEGIN:
            session.execute(text(statement))
        for table in INVENTORY:
            condition = table.condition(subject.kind)
            if condition is None:
                continue
            with target.file(f"rows/{table.name}.jsonl") as file:
                counts[table.name] = _write(file, _rows(session, table, condition, subject.id))
    counts["pictures"] = sum(_write_pictures(target, attachment) for attachment in _attachments(subject))
    manifest = {"kind": subject.kind, "id": subject.id, "exported_at": now(), "counts": counts}
    with target.file("manifest.json") as file:
        file.write(msgspec.json.format(msgspec.json.encode(manifest), indent=2))
    return counts


def _rows(session: Session, table: SubjectTable, condition: str, subject: UUID) -> Iterable[str]:
    """The subject's rows of `table`, each as JSON."""
    statement = text(
        f"SELECT CAST(to_jsonb(t) - CAST(:secret AS text[]) AS text) FROM {table.name} t WHERE {condition}"  # noqa: S608 - constants
    )
    values = {"secret": list(table.secret_columns), "id": subject, "text": str(subject)}
    parameters = {name: value for name, value in values.items() if f":{name}" in statement.text}
    return session.scalars(statement, parameters, execution_options={"yield_per": _FETCH_ROWS})


def _write(file: IO[bytes], rows: Iterable[str]) -> int:
    count = 0
    for row in rows:
        file.write(row.encode() + b"\n")
        count += 1
    return count


def _attachments(subject: Subject) -> Iterator[UUID]:
    """Ids of the subject's attachments, a transaction for each page: the storage may be slow in between."""
    table = next(table for table in INVENTORY if table.name == "attachments")
    page = text(
        f"SELECT t.id FROM attachments t WHERE {table.condition(subject.kind)}"  # noqa: S608 - constants
        " AND t.id > :after ORDER BY t.id LIMIT :most"
    )
    after = UUID(int=0)
    while True:
        with transaction() as session:
            values = {"id": subject.id, "after": after, "most": _BATCH_PICTURES}
            ids = session.scalars(page, values).all()
        yield from ids
        if not ids:
            return
        after = ids[-1]


def _write_pictures(target: ExportTarget, attachment: UUID) -> int:
    """Write the attachment's objects; returns their number."""
    written = 0
    for key in all_keys(attachment):
        # Originals are deleted once they are processed, and refused uploads have no variants.
        with contextlib.suppress(ObjectMissing):
            chunks = storage().read(key)
            with target.file(f"pictures/{key.replace('/', '-')}") as file:
                file.writelines(chunks)
            written += 1
    return written
