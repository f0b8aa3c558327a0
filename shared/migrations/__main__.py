"""Bring the database of the settings up to date."""

from shared.migrations import upgrade
from shared.settings import settings

upgrade(settings().database_url)
