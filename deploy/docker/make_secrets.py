"""Makes the secrets of compose.yaml: `python3 deploy/docker/make_secrets.py`, once, before the first start.

Standard library only. Files that exist are left as they are, so running it again changes nothing.
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
    """Every file and what stands in it, from random texts by the names of `RANDOM`."""
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
    """Write the files that are missing; the names of those written.

    Raises `FileExistsError` where some are there and others are not: passwords in several files must agree.
    """
    made = contents({name: secrets.token_urlsafe(32) for name in RANDOM})
    there = [name for name in made if (folder / name).exists()]
    if len(there) == len(made):
        return []
    if there:
        missing = ", ".join(sorted(set(made) - set(there)))
        raise FileExistsError(f"{folder} holds some secrets and lacks {missing}; write these by hand.")
    folder.mkdir(mode=0o700, exist_ok=True)
    for name, text in made.items():
        path = folder / name
        # Readable by the image's user, which is not the owner; the folder keeps others out.
        path.touch(mode=0o644)
        path.write_text(text, encoding="utf-8")
    return list(made)


def main() -> None:
    """Write into the folder `secrets` beside this file and say so."""
    try:
        written = write(FOLDER)
    except FileExistsError as error:
        sys.exit(str(error))
    sys.stdout.write(f"Wrote {len(written)} files to {FOLDER}.\n" if written else f"{FOLDER} is complete.\n")


if __name__ == "__main__":
    main()
