"""Giving out everything held of a store or a person: rows as JSON lines, pictures as files, as a stream."""

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

from services.privacy.tables import HELD, Held, Subject
from shared.clock import now
from shared.db.transactions import transaction
from shared.pictures import all_keys
from shared.storage import ObjectMissing, storage

_ROWS_AT_ONCE = 500
_PICTURES_AT_ONCE = 200

# One moment for all tables, and as long as it takes.
_BEGIN = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    "SET LOCAL statement_timeout = 0",
)


class Target(Protocol):
    """Where an export goes: files by name, one after another."""

    def file(self, name: str) -> contextlib.AbstractContextManager[IO[bytes]]:
        """A new file, open for writing inside the block."""


def _new_file(path: Path) -> IO[bytes]:
    """A new file that nobody else on the machine reads. Raises `FileExistsError`."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b")


class Folder:
    """A new folder that nobody else on the machine reads."""

    def __init__(self, path: Path) -> None:
        """Raises `FileExistsError` where something is already."""
        path.mkdir(mode=0o700, parents=True)
        self._path = path

    @contextlib.contextmanager
    def file(self, name: str) -> Iterator[IO[bytes]]:
        """As the protocol says."""
        path = self._path / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with _new_file(path) as opened:
            yield opened


class Zip:
    """A new zip file that nobody else on the machine reads; a context manager that completes it."""

    def __init__(self, path: Path) -> None:
        """Raises `FileExistsError` where something is already."""
        self._file = _new_file(path)
        self._archive = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._file:
            self._archive.close()

    @contextlib.contextmanager
    def file(self, name: str) -> Iterator[IO[bytes]]:
        """As the protocol says."""
        with self._archive.open(name, "w", force_zip64=True) as opened:
            yield opened


@contextlib.contextmanager
def target(path: Path) -> Iterator[Target]:
    """A zip file where the name ends in .zip, else a folder; an export that fails leaves nothing there.

    Raises `FileExistsError` where something is already.
    """
    made: Folder | Zip
    try:
        if path.suffix == ".zip":
            with Zip(path) as made:
                yield made
        else:
            yield Folder(path)
    except FileExistsError:
        raise
    except BaseException:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        raise


def export(subject: Subject, where: Target) -> dict[str, int]:
    """Write `rows/<table>.jsonl`, `pictures/…` and, last, `manifest.json`; how many of each there were.

    Raises `StorageAway`.
    """
    counts: dict[str, int] = {}
    with transaction() as session:
        for statement in _BEGIN:
            session.execute(text(statement))
        for held in HELD:
            condition = held.condition(subject.kind)
            if condition is None:
                continue
            with where.file(f"rows/{held.table}.jsonl") as file:
                counts[held.table] = _write(file, _rows(session, held, condition, subject.id))
    counts["pictures"] = sum(_picture(where, attachment) for attachment in _attachments(subject))
    manifest = {"kind": subject.kind, "id": subject.id, "exported_at": now(), "counts": counts}
    with where.file("manifest.json") as file:
        file.write(msgspec.json.format(msgspec.json.encode(manifest), indent=2))
    return counts


def _rows(session: Session, held: Held, condition: str, subject: UUID) -> Iterable[str]:
    statement = text(
        f"SELECT CAST(to_jsonb(t) - CAST(:hidden AS text[]) AS text) FROM {held.table} t WHERE {condition}"  # noqa: S608 - constants
    )
    values = {"hidden": list(held.hidden), "id": subject, "text": str(subject)}
    bound = {name: value for name, value in values.items() if f":{name}" in statement.text}
    return session.scalars(statement, bound, execution_options={"yield_per": _ROWS_AT_ONCE})


def _write(file: IO[bytes], rows: Iterable[str]) -> int:
    count = 0
    for row in rows:
        file.write(row.encode() + b"\n")
        count += 1
    return count


def _attachments(subject: Subject) -> Iterator[UUID]:
    """Ids of the subject's pictures, a page for each transaction: the storage may take its time."""
    held = next(held for held in HELD if held.table == "attachments")
    page = text(
        f"SELECT t.id FROM attachments t WHERE {held.condition(subject.kind)}"  # noqa: S608 - constants
        " AND t.id > :after ORDER BY t.id LIMIT :most"
    )
    after = UUID(int=0)
    while True:
        with transaction() as session:
            values = {"id": subject.id, "after": after, "most": _PICTURES_AT_ONCE}
            found = session.scalars(page, values).all()
        yield from found
        if not found:
            return
        after = found[-1]


def _picture(where: Target, attachment: UUID) -> int:
    written = 0
    for key in all_keys(attachment):
        # An upload is gone once its pictures are made, and a refused one has none.
        with contextlib.suppress(ObjectMissing):
            pieces = storage().read(key)
            with where.file(f"pictures/{key.replace('/', '-')}") as file:
                file.writelines(pieces)
            written += 1
    return written
