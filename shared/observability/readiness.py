"""How a worker says that it takes jobs: by a lock on a file in DATA_DIR, which ends with it however it ends.

The lock is one of POSIX (fcntl(2)): children forked later don't hold it.
"""

from __future__ import annotations

import fcntl
import functools
import os
from pathlib import Path

from shared.config.settings import settings


@functools.cache
def say_ready(node: str) -> None:
    """Say that this process, the worker called `node`, takes jobs. Raises `OSError`."""
    path = _path(settings().data_dir, node)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    # Never closed. Locked before anyone can ask, who would else hold it for a moment.
    fcntl.lockf(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), fcntl.LOCK_EX)
    draft.replace(path)


def is_ready(data_dir: Path, node: str) -> bool:
    """Whether a worker called `node` lives that has said so to DATA_DIR `data_dir`."""
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
