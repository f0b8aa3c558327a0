"""The current time; all other modules get it here."""

from datetime import UTC, datetime


def now() -> datetime:
    """The current time, in UTC with its zone."""
    return datetime.now(UTC)
