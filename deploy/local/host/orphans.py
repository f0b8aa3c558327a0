"""Ends servers that outlived the process that started them; their pid files identify them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import psutil

_TERMINATE_SECONDS = 10
_POLL_SECONDS = 0.02


def end_orphan(pid_file: Path, *, program: str, folder: Path) -> None:
    """End the `program` whose process id is in the first line of `pid_file`, if its directory is `folder`.

    Afterwards the file is removed, also if its process has ended or its id now belongs to another program,
    as after a reboot. The caller must hold the lock of `folder`; otherwise this could end a server in use.
    """
    orphan = _find(pid_file, program, folder)
    if orphan is not None:
        processes = [*orphan.children(recursive=True), orphan]
        orphan.resume()
        orphan.terminate()
        if not _wait_for_end(processes):
            for process in processes:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            _wait_for_end(processes)
    pid_file.unlink(missing_ok=True)


def _find(pid_file: Path, program: str, folder: Path) -> psutil.Process | None:
    try:
        process = psutil.Process(int(pid_file.read_text().splitlines()[0]))
        matches = process.name() == program and Path(process.cwd()).resolve() == folder.resolve()
    except (FileNotFoundError, IndexError, ValueError, psutil.Error):
        return None
    return process if matches else None


def _wait_for_end(processes: Iterable[psutil.Process]) -> bool:
    deadline = time.monotonic() + _TERMINATE_SECONDS
    while not all(map(_has_ended, processes)):
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def _has_ended(process: psutil.Process) -> bool:
    """Return whether the process is gone or a zombie; in a container nobody may ever collect a zombie."""
    with suppress(psutil.NoSuchProcess):
        return process.status() == psutil.STATUS_ZOMBIE
    return True
