"""Ids of rows that people and other services see."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new UUIDv7 (RFC 9562 §5.7). It sorts by time, so indexes grow at one end."""
    return uuid7()
