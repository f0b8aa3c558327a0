"""Checks that Flower cannot be reached without signing in, then becomes Flower.

`FLOWER_BASIC_AUTH` is user:password, or several of them separated by commas. The database of what Flower saw
is `FLOWER_DB`, or `flower/seen` in DATA_DIR.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from shared.config.settings import InvalidSettings, settings

SHORTEST_PASSWORD = 12
CONFIG = Path(__file__).with_name("config.py")


class NotProtected(Exception):
    """Whoever found Flower could use it; the text names the setting and what was expected."""


def main() -> None:
    """Become Flower with our configuration; exit with a line when it would stand open."""
    try:
        require_sign_in(os.environ)  # noqa: TID251 - Flower's own variables, which no setting of ours names
        database = _database()
    except (NotProtected, InvalidSettings) as error:
        sys.exit(f"Flower was not started. {error}")
    os.environ.setdefault("FLOWER_DB", str(database))  # noqa: TID251 - as above
    command = [sys.executable, "-m", "celery", "--app", "deploy.flower.application", "flower"]
    os.execv(sys.executable, [*command, f"--conf={CONFIG}", *sys.argv[1:]])  # noqa: S606 - this process becomes Flower


def require_sign_in(environment: Mapping[str, str]) -> None:
    """Raises `NotProtected` without credentials, with weak ones, or with a door beside them."""
    told = environment.get("FLOWER_BASIC_AUTH", "")
    for credential in told.split(","):
        user, colon, password = credential.partition(":")
        if not (user and colon and len(password) >= SHORTEST_PASSWORD):
            raise NotProtected(
                "FLOWER_BASIC_AUTH must be user:password, or several separated by commas, each password of"
                f" {SHORTEST_PASSWORD} characters or more."
            )
    if environment.get("FLOWER_UNAUTHENTICATED_API"):
        raise NotProtected("FLOWER_UNAUTHENTICATED_API must not be set: the API needs signing in as well.")


def _database() -> Path:
    folder = settings().data_dir.absolute() / "flower"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "seen"


if __name__ == "__main__":
    main()
