"""The schema's history (Alembic); `python -m shared.migrations` brings a database up to date."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

RELEASED: dict[str, str] = {"0.1.0": "0017"}
"""The newest revision of each release, oldest first (docs/upgrading.md says what depends on it)."""


def config(database_url: str) -> Config:
    """Alembic's configuration for one database; no ini file is needed."""
    alembic = Config()
    alembic.set_main_option("script_location", str(Path(__file__).parent))
    alembic.attributes["database_url"] = database_url
    return alembic


def upgrade(database_url: str, revision: str = "head") -> None:
    """Bring the database to `revision`; running it again changes nothing."""
    command.upgrade(config(database_url), revision)


def head() -> str | None:
    """The newest revision this release knows."""
    return ScriptDirectory.from_config(config("")).get_current_head()


def is_known(revision: str) -> bool:
    """Whether this release knows `revision`."""
    return revision in older() or revision == head()


def older() -> frozenset[str]:
    """The revisions before the newest one this release knows; any other is a later release's."""
    known = {script.revision for script in ScriptDirectory.from_config(config("")).walk_revisions()}
    return frozenset(known - {head()})
