"""The schema's history (Alembic); `python -m shared.migrations` brings a database up to date."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory


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
    return any(
        script.revision == revision for script in ScriptDirectory.from_config(config("")).walk_revisions()
    )
