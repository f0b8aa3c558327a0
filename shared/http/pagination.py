"""Keyset pagination, once for every list: `?limit=&cursor=` gives `{"items": …, "next_cursor": …}`."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

import msgspec
from marshmallow import Schema, fields, validate

from shared.config.settings import settings
from shared.errors import InvalidCursor

DEFAULT_LIMIT = 25
MAX_LIMIT = 100
_SEAL_BYTES = 12

T = TypeVar("T")


class Position(NamedTuple):
    """Where a page ended: the sort value and id of its last row."""

    sort_value: datetime | int
    id: UUID


class PageArguments(Schema):
    """Query arguments of every list."""

    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(1, MAX_LIMIT))
    cursor = fields.String(load_default=None)


class Page(msgspec.Struct, Generic[T], frozen=True):
    """A page of a list, and the cursor of the next one, if there is one."""

    items: list[T]
    next_cursor: str | None


def page(rows: list[T], limit: int, scope: str, *, by: str, scan_end: Position | None = None) -> Page[T]:
    """A page of `rows`, fetched with one more than `limit` to know whether another page follows.

    `scope` names the list, so that a cursor of one list is refused by another; `by` is the field that sorts
    it, beside `id`; a scan that ended at `scan_end` goes on from there.
    """
    items = rows[:limit]
    if len(rows) > limit:
        last: Any = items[-1]
        scan_end = Position(getattr(last, by), last.id)
    return Page(items, encode(scan_end, scope) if scan_end else None)


def encode(position: Position, scope: str) -> str:
    """An opaque cursor that this list, and nobody else, can make."""
    body = msgspec.json.encode(position)
    return base64.urlsafe_b64encode(_seal(body, scope) + body).decode().rstrip("=")


def decode(cursor: str | None, scope: str) -> Position | None:
    """The position in `cursor`. Raises `InvalidCursor` if a bit of it was changed."""
    if cursor is None:
        return None
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        seal, body = raw[:_SEAL_BYTES], raw[_SEAL_BYTES:]
        if not hmac.compare_digest(seal, _seal(body, scope)):
            raise InvalidCursor
        return msgspec.json.decode(body, type=Position)
    except (ValueError, msgspec.MsgspecError):
        raise InvalidCursor from None


def _seal(body: bytes, scope: str) -> bytes:
    """HMAC-SHA256 (RFC 2104) over the list's name and the position, cut to 96 bits."""
    key = settings().secret_key.encode()
    return hmac.digest(key, scope.encode() + b"\0" + body, "sha256")[:_SEAL_BYTES]
