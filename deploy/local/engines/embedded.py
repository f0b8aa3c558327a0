"""PostgreSQL and Redis for the whole system: the servers that the settings name, or embedded ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.local.engines.postgres import Postgres
from deploy.local.engines.redis_server import RedisServer
from deploy.local.host.child import Child


class Engines:
    """A context manager: inside its block PostgreSQL and Redis answer at `database_url` and `redis_url`.

    Both addresses are known before the engines run and never change.
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
        """Embed an engine for each URL that is `None`; data is in `folder`, logs in `folder`/logs.

        `postgres_settings` and `redis_append_only` apply to embedded engines only.
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
        """Start the embedded engines; call `announce` with the name of each one before it starts.

        Raises `ChildFailed` with the log of the engine that did not start; then neither is left running.
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
        """Return the processes of the embedded engines. Raises `RuntimeError` before the first start."""
        return tuple(engine.process for engine in (self.postgres, self.redis) if engine)

    def restart_ended(self) -> None:
        """Start every embedded engine again whose process has ended; its data is still there."""
        for engine in (self.postgres, self.redis):
            if engine and not engine.process.running:
                engine.start()

    def stop(self) -> None:
        """Shut down the embedded engines."""
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
