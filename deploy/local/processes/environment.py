"""What the local mode tells its processes: the settings that a deployment would set by hand."""

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
    """Secrets of one data folder, made once and kept beside the data."""

    secret_key: str
    flower_password: str

    @classmethod
    def of(cls, data_dir: Path) -> Self:
        """Read those of `data_dir`, or make them; the file is for its owner's eyes only."""
        path = data_dir / "secrets.json"
        if path.exists():
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        made = cls(secret_key=secrets.token_urlsafe(48), flower_password=secrets.token_urlsafe(12))
        data_dir.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(asdict(made)), encoding="utf-8")
        draft.replace(path)
        return made


def environment(*, database_url: str, redis_url: str, data_dir: Path, ports: Ports) -> dict[str, str]:
    """The whole environment of a process: ours, and the local mode's settings, which win."""
    kept = Secrets.of(data_dir)
    return {
        # Here a few people stand for thousands.
        "RATE_LIMIT": "1000000 per minute",
        # E-mails go to the development mailbox, soon; webhooks may call a program on this machine.
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
        "SECRET_KEY": kept.secret_key,
        **{setting: str(port) for setting, port in ports.by_setting().items()},
        # Here no proxy puts the API and the stream behind one address.
        "STREAM_URL": f"http://127.0.0.1:{ports.stream}/v1/stream",
        "ALLOWED_ORIGINS": f"http://127.0.0.1:{ports.api},http://localhost:{ports.api}",
        # Through the environment: a command line can be read by every user of the machine.
        "FLOWER_BASIC_AUTH": f"{FLOWER_USER}:{kept.flower_password}",
    }
