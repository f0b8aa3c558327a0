"""The settings of a running `make up`, in a file of its data folder, for commands that use its data."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from deploy.local.options import Options
from deploy.local.processes.lock import is_locked
from shared.config import settings

_NAME = "running.json"


class NotRunning(Exception):
    """No `make up` runs on the data folder; the text says what to do."""


@contextmanager
def published_settings(data_dir: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Publish the settings in `environment` during the block, in a file that only its owner can read."""
    published = {name: environment[name] for name in settings.names() if name in environment}
    path = data_dir / _NAME
    draft = path.with_suffix(".draft")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(published), encoding="utf-8")
    draft.replace(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def use_running_settings() -> None:
    """Use the settings of the `make up` that runs on the data folder, unless DATABASE_URL names a database.

    Settings in this process's environment take precedence.
    Raises `NotRunning`, and `WrongOption` for a wrong setting.
    """
    options = Options.load()
    if options.database_url is not None:
        return
    path = options.data_dir / _NAME
    if not is_locked(options.data_dir) or not path.exists():
        raise NotRunning(
            f"Nothing runs on {options.data_dir}: start `make up` there, or name a database by DATABASE_URL."
        )
    for name, value in json.loads(path.read_text(encoding="utf-8")).items():
        if not os.environ.get(name):
            os.environ[name] = value
    settings.settings.cache_clear()
