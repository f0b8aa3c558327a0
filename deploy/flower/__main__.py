"""Checks that Flower requires a password, then replaces itself by Flower.

`FLOWER_BASIC_AUTH` is user:password, or several of them separated by commas. Flower stores the events it
received in `FLOWER_DB`, or in `flower/seen` of DATA_DIR.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from shared.config.settings import InvalidSettings, settings

MIN_PASSWORD_LENGTH = 12
CONFIG = Path(__file__).with_name("config.py")


class Unprotected(Exception):
    """Flower would be accessible without a password; the text names the setting and what was expected."""


def main() -> None:
    """Execute Flower with our configuration; exit with a message if it would be unprotected."""
    try:
        require_credentials(os.environ)  # noqa: TID251 - Flower's own variables are no settings of ours
        database = _database()
    except (Unprotected, InvalidSettings) as error:
        sys.exit(f"Flower was not started. {error}")
    os.environ.setdefault("FLOWER_DB", str(database))  # noqa: TID251 - as above
    command = [sys.executable, "-m", "celery", "--app", "deploy.flower.application", "flower"]
    os.execv(sys.executable, [*command, f"--conf={CONFIG}", *sys.argv[1:]])  # noqa: S606 - executes Flower


def require_credentials(environment: Mapping[str, str]) -> None:
    """Raise `Unprotected` without credentials, with short passwords, or if the API needs no password."""
    for credential in environment.get("FLOWER_BASIC_AUTH", "").split(","):
        user, colon, password = credential.partition(":")
        if not (user and colon and len(password) >= MIN_PASSWORD_LENGTH):
            raise Unprotected(
                "FLOWER_BASIC_AUTH must be user:password, or several separated by commas, each password of"
                f" {MIN_PASSWORD_LENGTH} characters or more."
            )
    if environment.get("FLOWER_UNAUTHENTICATED_API"):
        raise Unprotected("FLOWER_UNAUTHENTICATED_API must not be set: the API needs signing in as well.")


def _database() -> Path:
    folder = settings().data_dir.absolute() / "flower"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "seen"


if __name__ == "__main__":
    main()
