"""A worker's readiness: a locked file in DATA_DIR, whose lock the kernel releases however the worker ends.

It is a POSIX lock (fcntl(2)), which children forked later do not hold.
"""

from __future__ import annotations

import fcntl
import functools
import os
from pathlib import Path

from shared.config.settings import settings


@functools.cache
def mark_ready(node: str) -> None:
    """Mark this process as the ready worker `node`, until it ends. Raises `OSError`."""
    path = _path(settings().data_dir, node)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    # The file stays open for the life of the process. It is locked before it gets its name: `is_ready` locks
    # it for a moment, and would otherwise come between.
    fcntl.lockf(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), fcntl.LOCK_EX)
    draft.replace(path)


def is_ready(data_dir: Path, node: str) -> bool:
    """Whether a living worker `node` has marked itself as ready in `data_dir`."""
    try:
        with _path(data_dir, node).open("rb") as file:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except (BlockingIOError, PermissionError):  # POSIX leaves open which one a held lock raises
        return True
    return False


def _path(data_dir: Path, node: str) -> Path:
    return data_dir / "ready" / node
