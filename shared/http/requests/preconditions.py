"""If-Match (RFC 9110, 13.1.1): a call that changes a thing names the version of it that the caller read."""

from __future__ import annotations

from marshmallow import Schema, fields
from werkzeug.http import parse_etags, quote_etag

from shared.errors import IfMatchRequired, StaleVersion


class IfMatchSchema(Schema):
    """The header that a changing call must carry; without it the response is 428."""

    if_match = fields.String(
        data_key="If-Match",
        load_default=None,
        metadata={"description": "The ETag of what you read", "example": '"1"'},
    )


def etag(version: int) -> str:
    """The ETag of a version."""
    return quote_etag(str(version))


def require_match(if_match: str | None, version: int) -> None:
    """Raise `StaleVersion` where `if_match` does not name `version`, `IfMatchRequired` where it is missing.

    `*` names any version, a weak tag none.
    """
    if if_match is None:
        raise IfMatchRequired
    tags = parse_etags(if_match)
    if not (tags.star_tag or tags.contains(str(version))):
        raise StaleVersion
