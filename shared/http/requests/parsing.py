"""What comes in is looked at here, before any view and any connection: JSON, text, unknown fields."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from typing import Any

import marshmallow
import msgspec
from flask import Flask, Request, current_app, request
from webargs import core
from webargs.flaskparser import FlaskParser
from webargs.multidictproxy import MultiDictProxy

from shared.errors import BodyTooLarge, Invalid, NotJson, TooDeep
from shared.http.requests import json_types
from shared.json_checks import MAX_DEPTH, too_deep

TAKES = "takes_locations"
BODIES = frozenset({"json", "form", "files"})

_BODILESS = "This call takes no body."
_UNKNOWN = "Unknown field."
_TWICE = "Given more than once."
_UNSTORABLE_LETTER = re.compile("[\0\ud800-\udfff]")
_UNSTORABLE = "Text must not hold NUL characters or lone surrogates."


class StrictParser(FlaskParser):
    """webargs, refusing what it would pass over: unknown query arguments and bodies that are no JSON."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {  # noqa: RUF012 - declared so by its base
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": marshmallow.RAISE,
        "form": marshmallow.RAISE,
        "files": marshmallow.RAISE,
    }

    def load_json(self, req: Request, schema: marshmallow.Schema) -> Any:
        """The body.

        Raises `NotJson`, `TooDeep`, and `Invalid` for text that cannot be stored and for values of another
        type: marshmallow would take `0` or "no" for `false`, as it has to in a query.
        """
        raw = req.get_data(cache=True)
        if not raw:
            return core.missing
        body = json_body(raw, req)
        mistyped = json_types.mistyped(schema, body)
        if mistyped:
            raise Invalid(mistyped)
        return body

    def load_querystring(self, req: Request, schema: marshmallow.Schema) -> Any:
        """The query. Raises `Invalid` for text that cannot be stored and for arguments given twice."""
        lists, arguments = _lists(schema), dict[str, Any]()
        for name, values in req.args.lists():
            if any(map(_UNSTORABLE_LETTER.search, values)):
                raise Invalid({name: [_UNSTORABLE]})
            if len(values) > 1 and name not in lists:
                raise Invalid({name: [_TWICE]})
            arguments[name] = values if name in lists else values[0]
        return arguments


@functools.lru_cache(maxsize=100)
def _lists(schema: marshmallow.Schema) -> frozenset[str]:
    """Arguments that may be given more than once; an endpoint has one schema all its life."""
    return frozenset(MultiDictProxy({}, schema).multiple_keys)


def register(app: Flask) -> None:
    """Refuse query arguments and JSON bodies that the view takes none of."""
    app.before_request(_refuse_unexpected)


def _refuse_unexpected() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    locations = getattr(view, TAKES, None)
    if locations is None:
        return
    if request.args and "query" not in locations:
        raise Invalid({name: [_UNKNOWN] for name in request.args})
    if request.is_json and not locations & BODIES:
        raw = request.get_data(cache=True)
        if raw and json_body(raw, request) not in ({}, None):
            raise Invalid({"body": [_BODILESS]})


def json_body(raw: bytes, req: Request) -> Any:
    """`raw` as JSON that can be stored: no deeper than `MAX_DEPTH`, no NUL, no half of a surrogate pair.

    Raises `BodyTooLarge`, `NotJson`, `TooDeep`, `Invalid`.
    """
    limit = req.max_content_length
    # A body that doesn't say how long it is was read up to the limit and cut there without a word.
    if limit is not None and req.content_length is None and len(raw) >= limit:
        raise BodyTooLarge(limit=limit)
    if not core.is_json(req.mimetype):
        raise NotJson
    try:
        body = _decode(raw)
    except RecursionError:
        raise TooDeep(limit=MAX_DEPTH) from None
    # More brackets than levels allowed are rare: only then is it worth counting.
    if raw.count(b"[") + raw.count(b"{") > MAX_DEPTH and too_deep(body):
        raise TooDeep(limit=MAX_DEPTH)
    if b"\\u" in raw:
        wrong = next(_unstorable_fields(body), None)
        if wrong is not None:
            raise Invalid({wrong: [_UNSTORABLE]})
    return body


def _decode(raw: bytes) -> Any:
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        if b"\\ud" not in raw.lower():
            raise NotJson from None
    # RFC 8259 allows half a surrogate pair, msgspec doesn't: read it to name the field.
    try:
        return json.loads(raw)
    except ValueError:
        raise NotJson from None


def _unstorable_fields(value: Any, name: str = "body") -> Iterator[str]:
    """Names of the fields whose text PostgreSQL would refuse."""
    if isinstance(value, str) and _UNSTORABLE_LETTER.search(value):
        yield name
    elif isinstance(value, dict):
        for key, inner in value.items():
            if _UNSTORABLE_LETTER.search(key):
                yield name
            yield from _unstorable_fields(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _unstorable_fields(inner, name)
