"""Servers that outlived whoever started them: found by their pid file, ended before a new one starts."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import psutil

_PATIENCE_SECONDS = 10


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
        _, alive = psutil.wait_procs(family, timeout=_PATIENCE_SECONDS)
        for process in alive:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(alive, timeout=_PATIENCE_SECONDS)
    pid_file.unlink(missing_ok=True)


def _find(pid_file: Path, program: str, folder: Path) -> psutil.Process | None:
    try:
        process = psutil.Process(int(pid_file.read_text().splitlines()[0]))
        same = process.name() == program and Path(process.cwd()).resolve() == folder.resolve()
    except (FileNotFoundError, IndexError, ValueError, psutil.Error):
        return None
    return process if same else None
