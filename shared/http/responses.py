"""JSON answers, by msgspec: several times faster than the standard library's."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Response
from flask.json.provider import JSONProvider


class MsgspecProvider(JSONProvider):
    """Flask's JSON in and out."""

    def dumps(self, obj: Any, **_: Any) -> str:
        """Encode to JSON text."""
        return msgspec.json.encode(obj).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        """Decode JSON text. Raises `ValueError` when it is none."""
        return msgspec.json.decode(s)


def json_response(body: Any, status: int = 200) -> Response:
    """`body` as a JSON response."""
    return Response(msgspec.json.encode(body), status, mimetype="application/json")
