"""The options of the local mode, read from the environment and the project's `.env`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self, cast

from environs import EnvValidationError, FileAwareEnv, validate

from deploy.local.host.ports import Ports

ROOT = Path(__file__).resolve().parent.parent.parent

_DATABASE_SCHEME = "postgresql+psycopg://"

_port = validate.Range(min=1, max=65_535)


class WrongOption(Exception):
    """An option has a wrong value; the text names the setting and what was expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options; `database_url` and `redis_url` are `None` where the embedded engine is to be used."""

    ports: Ports
    data_dir: Path
    database_url: str | None
    redis_url: str | None

    @classmethod
    def load(cls) -> Self:
        """Read and validate all options. Raises `WrongOption` with every wrong one."""
        env = FileAwareEnv(eager=False, strip_whitespace=True)
        env.read_env(ROOT / ".env", recurse=False)
        options = cls(
            ports=Ports(
                api=env.int("PORT", 8000, validate=_port),
                flower=env.int("FLOWER_PORT", 5555, validate=_port),
                stream=env.int("STREAM_PORT", 8001, validate=_port),
                mailbox=env.int("MAILBOX_PORT", 8025, validate=_port),
                smtp=env.int("SMTP_PORT", 2525, validate=_port),
                api_metrics=env.int("API_METRICS_PORT", 9101, validate=_port),
                stream_metrics=env.int("STREAM_METRICS_PORT", 9102, validate=_port),
                relay_metrics=env.int("RELAY_METRICS_PORT", 9103, validate=_port),
                worker_metrics=env.int("WORKER_METRICS_PORT", 9104, validate=_port),
            ),
            data_dir=ROOT / env.path("DATA_DIR", Path(".data")),
            database_url=env.str("DATABASE_URL", "") or None,
            redis_url=env.str("REDIS_URL", "") or None,
        )
        try:
            env.seal()
        except EnvValidationError as error:
            errors = cast("Mapping[str, list[str]]", error.error_messages)
            lines = [f"{name}: {' '.join(messages)}" for name, messages in errors.items()]
            raise WrongOption("\n".join(lines)) from None
        if options.database_url and not options.database_url.startswith(_DATABASE_SCHEME):
            raise WrongOption(f"DATABASE_URL: must begin with {_DATABASE_SCHEME}")
        by_setting = options.ports.by_setting()
        if len(set(by_setting.values())) < len(by_setting):
            ports = ", ".join(f"{name}={port}" for name, port in by_setting.items())
            raise WrongOption(f"{ports}: each needs a port of its own.")
        return options
