"""The environment of the local mode's processes: the settings that an operator sets elsewhere."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from deploy.local.host.ports import Ports

FLOWER_USER = "botmeni"


@dataclass(frozen=True, slots=True)
class Secrets:
    """The secrets of one data folder, created once and stored in it."""

    secret_key: str
    flower_password: str

    @classmethod
    def of(cls, data_dir: Path) -> Self:
        """Read the secrets of `data_dir`, or create them in a file that only its owner can read."""
        path = data_dir / "secrets.json"
        if path.exists():
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        created = cls(secret_key=secrets.token_urlsafe(48), flower_password=secrets.token_urlsafe(12))
        data_dir.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(asdict(created)), encoding="utf-8")
        draft.replace(path)
        return created


def environment(*, database_url: str, redis_url: str, data_dir: Path, ports: Ports) -> dict[str, str]:
    """Return the whole environment of a process: this process's own, overridden by the local settings.

    The first few settings are defaults, which this process's environment overrides.
    """
    stored = Secrets.of(data_dir)
    return {
        # A few people sign in from one address and send as many requests as a test needs.
        "RATE_LIMIT": "1000000 per minute",
        # E-mails reach the development mailbox after a short delay; webhooks may call this machine.
        "SMTP_URL": f"smtp://127.0.0.1:{ports.smtp}",
        "EMAIL_GRACE_SECONDS": "20",
        "PUBLIC_URL": f"http://127.0.0.1:{ports.api}",
        "WEBHOOK_ALLOW_LOOPBACK": "true",
        "WEBHOOK_PORTS": "",
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "ENVIRONMENT": "local",
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "DATA_DIR": str(data_dir),
        "SECRET_KEY": stored.secret_key,
        **{setting: str(port) for setting, port in ports.by_setting().items()},
        # No proxy serves the API and the stream at one address here.
        "STREAM_URL": f"http://127.0.0.1:{ports.stream}/v1/stream",
        "ALLOWED_ORIGINS": f"http://127.0.0.1:{ports.api},http://localhost:{ports.api}",
        # A variable, not an argument: every user of the machine can read command lines.
        "FLOWER_BASIC_AUTH": f"{FLOWER_USER}:{stored.flower_password}",
    }
