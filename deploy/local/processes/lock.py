"""The lock of a data folder, which allows one local mode for each; its file names the process that has it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_NAME = "up.lock"


class AlreadyRunning(Exception):
    """Another process has locked the data folder; the text is that process's purpose and id."""


@contextmanager
def lock_data_dir(data_dir: Path, purpose: str) -> Iterator[None]:
    """Lock `data_dir` for `purpose` until the block or this process ends.

    Raises `AlreadyRunning` at once, with the other process's purpose and id, if it is locked.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / LOCK_NAME).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise AlreadyRunning(file.read()) from None
        file.seek(0)
        file.truncate()
        file.write(f"{purpose}, process {os.getpid()}")
        file.flush()
        yield


def is_locked(data_dir: Path) -> bool:
    """Return whether a running process has locked `data_dir`."""
    lock = data_dir / LOCK_NAME
    if not lock.exists():
        return False
    with lock.open("a", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
