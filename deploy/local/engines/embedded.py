"""The two engines everything runs on: those the settings name, or embedded ones where they name none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.local.engines.postgres import Postgres
from deploy.local.engines.redis_server import RedisServer
from deploy.local.host.child import Child


class Engines:
    """A context: inside it, PostgreSQL and Redis answer at `database_url` and `redis_url`.

    Both addresses are known, and stay the same, before the engines run.
    """

    def __init__(
        self,
        folder: Path,
        *,
        database_url: str | None = None,
        redis_url: str | None = None,
        postgres_settings: Mapping[str, str] | None = None,
        redis_append_only: bool = False,
    ) -> None:
        """Embed an engine for each address that is `None`, its data in `folder`, its log in `folder`/logs.

        `postgres_settings` and `redis_append_only` are for embedded engines only.
        """
        logs = folder / "logs"
        self.postgres = self.redis = None
        if not database_url:
            self.postgres = Postgres(
                folder / "postgres", settings=postgres_settings, log=logs / "postgres.log"
            )
        if not redis_url:
            self.redis = RedisServer(folder / "redis", append_only=redis_append_only, log=logs / "redis.log")
        self.database_url = self.postgres.url if self.postgres else str(database_url)
        self.redis_url = self.redis.url if self.redis else str(redis_url)

    def start(self, announce: Callable[[str], None] = lambda _: None) -> None:
        """Start what is embedded; `announce` hears the name of each just before.

        Raises `ChildFailed` with the log of the one that would not start; then none is left running.
        """
        try:
            if self.postgres:
                announce("PostgreSQL")
                self.postgres.start()
            if self.redis:
                announce("Redis")
                self.redis.start()
        except BaseException:
            self.stop()
            raise

    def children(self) -> tuple[Child, ...]:
        """The embedded engines' processes. Raises `RuntimeError` before the first start."""
        return tuple(engine.process for engine in (self.postgres, self.redis) if engine)

    def start_ended(self) -> None:
        """Start an embedded engine again whose process has ended, with the data it kept."""
        for engine in (self.postgres, self.redis):
            if engine and not engine.process.running:
                engine.start()

    def stop(self) -> None:
        """Stop what is embedded, in order."""
        if self.redis:
            self.redis.stop()
        if self.postgres:
            self.postgres.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()
