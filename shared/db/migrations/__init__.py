"""The schema's history (Alembic); `python -m shared.db.migrations` brings a database up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

# Alembic is loaded by whoever migrates: the API, which asks for the newest number alone, can do without.
if TYPE_CHECKING:
    from alembic.config import Config

_VERSIONS = Path(__file__).with_name("versions")

RELEASED: dict[str, str] = {"0.1.0": "0017"}
"""The newest revision of each release, oldest first (docs/upgrading.md says what depends on it)."""


def config(database_url: str) -> Config:
    """Alembic's configuration for one database; no ini file is needed."""
    from alembic.config import Config  # noqa: PLC0415 - see above

    alembic = Config()
    alembic.set_main_option("script_location", str(Path(__file__).parent))
    alembic.attributes["database_url"] = database_url
    return alembic


def upgrade(database_url: str, revision: str = "head") -> None:
    """Bring the database to `revision`; running it again changes nothing."""
    from alembic import command  # noqa: PLC0415 - see above

    command.upgrade(config(database_url), revision)


def head() -> str:
    """The newest revision this release knows."""
    return _known()[-1]


def is_known(revision: str) -> bool:
    """Whether this release knows `revision`."""
    return revision in _known()


def older() -> frozenset[str]:
    """The revisions before the newest one this release knows; any other is a later release's."""
    return frozenset(_known()[:-1])


def _known() -> list[str]:
    """Every revision, oldest first: the numbers that the names of their files begin with."""
    return sorted(path.name.partition("_")[0] for path in _VERSIONS.glob("[0-9]*.py"))
