"""Servers that outlived whoever started them: found by their pid file, ended before a new one starts."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import psutil

_PATIENCE_SECONDS = 10
_POLL_SECONDS = 0.02


def end_orphan(pid_file: Path, *, program: str, folder: Path) -> None:
    """End the `program` whose process id is the first line of `pid_file` if it works in `folder`.

    The file is removed when its process is gone or is something else, as after a restart of the machine.
    Call only while holding the right to `folder`, so that nobody's running server is ended.
    """
    orphan = _find(pid_file, program, folder)
    if orphan is not None:
        family = [*orphan.children(recursive=True), orphan]
        orphan.resume()
        orphan.terminate()
        if not _wait_for_end(family):
            for process in family:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            _wait_for_end(family)
    pid_file.unlink(missing_ok=True)


def _find(pid_file: Path, program: str, folder: Path) -> psutil.Process | None:
    try:
        process = psutil.Process(int(pid_file.read_text().splitlines()[0]))
        same = process.name() == program and Path(process.cwd()).resolve() == folder.resolve()
    except (FileNotFoundError, IndexError, ValueError, psutil.Error):
        return None
    return process if same else None


def _wait_for_end(processes: Iterable[psutil.Process]) -> bool:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not all(map(_has_ended, processes)):
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def _has_ended(process: psutil.Process) -> bool:
    """Gone, or only waiting for the system to take note of its end, which in a container can be never."""
    with suppress(psutil.NoSuchProcess):
        return process.status() == psutil.STATUS_ZOMBIE
    return True
