"""What a running `make up` tells whoever else works on its data: the settings its processes have."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from deploy.local.options import Options
from deploy.local.processes.lock import LOCK_NAME
from shared.config import settings

_NAME = "running.json"


class NothingRuns(Exception):
    """No `make up` holds the data folder; the text says what to do."""


@contextmanager
def announced(data_dir: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Tell the settings inside the block; the file is for its owner's eyes only."""
    told = {name: environment[name] for name in settings.names() if name in environment}
    path = data_dir / _NAME
    draft = path.with_suffix(".draft")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(told), encoding="utf-8")
    draft.replace(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def adopt() -> None:
    """Where no database is named, take on the settings of the `make up` of the data folder.

    What the environment says already stands. Raises `NothingRuns`, and `WrongOption` for a wrong setting.
    """
    options = Options.load()
    if options.database_url is not None:
        return
    path = options.data_dir / _NAME
    if not _is_held(options.data_dir / LOCK_NAME) or not path.exists():
        raise NothingRuns(
            f"Nothing runs on {options.data_dir}: start `make up` there, or name a database by DATABASE_URL."
        )
    for name, value in json.loads(path.read_text(encoding="utf-8")).items():
        if not os.environ.get(name):
            os.environ[name] = value
    settings.settings.cache_clear()


def _is_held(lock: Path) -> bool:
    if not lock.exists():
        return False
    with lock.open("a", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
