"""Creates the secrets of compose.yaml: run `python3 deploy/docker/make_secrets.py` before the first start.

It uses the standard library only. It never changes existing files, so a second run has no effect.
"""

from __future__ import annotations

import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

FOLDER = Path(__file__).with_name("secrets")
RANDOM = ("postgres", "owner", "api", "redis", "grafana", "key", "flower")
_DATABASE = "postgresql+psycopg://{}:{}@postgres:5432/botmeni"


def contents(random: Mapping[str, str]) -> dict[str, str]:
    """Return the content of every file by its name; `random` has a random text for each name in `RANDOM`."""
    return {
        "postgres_password": random["postgres"],
        "database_owner_password": random["owner"],
        "database_api_password": random["api"],
        "redis_password": random["redis"],
        "grafana_password": random["grafana"],
        "secret_key": random["key"],
        "database_url": _DATABASE.format("botmeni", random["owner"]),
        "api_database_url": _DATABASE.format("botmeni_api", random["api"]),
        "redis_url": f"redis://:{random['redis']}@redis:6379/0",
        "smtp_url": "",
        "flower.env": f"FLOWER_BASIC_AUTH=botmeni:{random['flower']}\n",
    }


def write(folder: Path) -> list[str]:
    """Write all files unless they exist, and return the names of those written.

    Raises `FileExistsError` if only some exist, because passwords in several files must agree.
    """
    texts = contents({name: secrets.token_urlsafe(32) for name in RANDOM})
    existing = [name for name in texts if (folder / name).exists()]
    if len(existing) == len(texts):
        return []
    if existing:
        missing = ", ".join(sorted(set(texts) - set(existing)))
        raise FileExistsError(f"{folder} holds some secrets and lacks {missing}; write these by hand.")
    folder.mkdir(mode=0o700, exist_ok=True)
    for name, text in texts.items():
        path = folder / name
        # The image's user is not the owner and must read the file; the folder's mode excludes all others.
        path.touch(mode=0o644)
        path.write_text(text, encoding="utf-8")
    return list(texts)


def main() -> None:
    """Write to the folder `secrets` beside this file and print the result."""
    try:
        written = write(FOLDER)
    except FileExistsError as error:
        sys.exit(str(error))
    sys.stdout.write(f"Wrote {len(written)} files to {FOLDER}.\n" if written else f"{FOLDER} is complete.\n")


if __name__ == "__main__":
    main()
