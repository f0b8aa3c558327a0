"""Bring the database of the settings up to date."""

from shared.config.settings import settings
from shared.db.migrations import upgrade

upgrade(settings().database_url)
