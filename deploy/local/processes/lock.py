"""One local mode for each data folder: the right to it is a locked file that says who holds it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_NAME = "up.lock"


class AlreadyRunning(Exception):
    """Another process holds the data folder; the text is what it says of itself."""


@contextmanager
def hold(data_dir: Path, purpose: str) -> Iterator[None]:
    """Hold `data_dir` for `purpose` until the block, or this process, ends.

    Raises `AlreadyRunning`, at once, with the holder's purpose and process id.
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
