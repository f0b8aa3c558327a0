"""Changes settings of this process inside a `with` block."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from shared import tokens
from shared.config import settings
from shared.db.engine import engine, restricted_engine
from shared.storage import storage


@contextmanager
def configured(**values: object) -> Iterator[None]:
    """Set settings, named as the fields of `Settings`, read them anew, and put everything back at the end."""
    given = {name.upper(): str(value) for name, value in values.items()}
    before = {name: os.environ.get(name) for name in given}  # noqa: TID251 - here the settings are made
    _apply(given)
    try:
        yield
    finally:
        _apply(before)


def _apply(values: dict[str, str] | dict[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)  # noqa: TID251 - here the settings are made
        else:
            os.environ[name] = value  # noqa: TID251 - here the settings are made
    settings.settings.cache_clear()
    tokens.key_source.cache_clear()
    storage.cache_clear()
    for pool in (engine, restricted_engine):
        if pool.cache_info().currsize:
            pool().dispose()
        pool.cache_clear()
