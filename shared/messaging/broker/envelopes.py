"""Celery's message protocol 2 as it lies in Redis: opened with care, and made anew.

https://docs.celeryq.dev/en/stable/internals/protocol.html#version-2; what Kombu adds around it is in its
`kombu.transport.virtual`. `docs/queues.md` tells other services what they need of both.
"""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

import msgspec
from kombu.utils.json import loads

from shared.json_checks import MAX_DEPTH, too_deep

MAX_BYTES = 8 * 2**20
"""Longest message of another service; `stores.sync` with all its people is half of it."""

MAX_ID_LETTERS = 200

_JSON = "application/json"
# What a sender's JSON, or the values that Kombu reads out of it (dates, decimals), can raise.
_MALFORMED = (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError)


class UnreadableError(Exception):
    """This is no message of the protocol; the text says what was expected, for a person to read."""


class Sent(NamedTuple):
    """A message: which task it is for, its id, and its positional arguments.

    `whole`: it holds all that Kombu takes for granted, as whatever Celery sent does. `expires`: when it is
    worth nothing any more, as ISO 8601; empty: never.
    """

    task: str
    id: str
    args: list[Any]
    whole: bool = False
    expires: str = ""


def opened(raw: bytes) -> Sent:
    """The message that `raw` holds. Raises `UnreadableError`."""
    if len(raw) > MAX_BYTES:
        raise UnreadableError(f"the message has {len(raw)} bytes; expected at most {MAX_BYTES}")
    envelope = _object(_read(raw, "the message"), "the message")
    headers = _object(envelope.get("headers"), "headers")
    task, message_id = headers.get("task"), headers.get("id")
    if not isinstance(task, str) or not task:
        raise UnreadableError("headers.task: expected the name of a message, such as questions.record")
    if not isinstance(message_id, str) or not message_id:
        raise UnreadableError("headers.id: expected a text that names this message, such as a UUID")
    if len(message_id) > MAX_ID_LETTERS or not message_id.isprintable():
        raise UnreadableError(f"headers.id: expected at most {MAX_ID_LETTERS} printable letters")
    arguments = _arguments(envelope, headers)
    return Sent(
        task, message_id, arguments, _is_whole(envelope["properties"]), _moment(headers.get("expires"))
    )


def one_argument(sent: Sent) -> Any:
    """The message itself, which is the one argument of its task. Raises `UnreadableError`."""
    if len(sent.args) != 1:
        raise UnreadableError(f"body: expected [[message], {{}}, {{}}]; it has {len(sent.args)} arguments")
    return sent.args[0]


def sealed(sent: Sent, queue: str, *, shown: str) -> bytes:
    """`sent` as Celery would write it for `queue`; `shown` stands for its arguments wherever people look."""
    body = msgspec.json.encode([sent.args, {}, {}])
    return msgspec.json.encode(
        {
            "body": base64.b64encode(body).decode(),
            "content-type": _JSON,
            "content-encoding": "utf-8",
            "headers": {
                "lang": "py",
                "task": sent.task,
                "id": sent.id,
                "root_id": sent.id,
                "argsrepr": shown,
                "kwargsrepr": "{}",
                **({"expires": sent.expires} if sent.expires else {}),
            },
            "properties": {
                "correlation_id": sent.id,
                "delivery_mode": 2,
                "delivery_info": {"exchange": "", "routing_key": queue},
                "priority": 0,
                "body_encoding": "base64",
                # Kombu holds messages under their tag: one of our own cannot be there twice.
                "delivery_tag": str(uuid4()),
            },
        }
    )


def _moment(value: Any) -> str:
    """`value`, if it is a moment with its time zone."""
    try:
        return value if datetime.fromisoformat(value).tzinfo else ""
    except (TypeError, ValueError):
        return ""


def _is_whole(properties: dict[str, Any]) -> bool:
    place = properties.get("delivery_info")
    return (
        isinstance(properties.get("delivery_tag"), str)
        and isinstance(place, dict)
        and isinstance(place.get("exchange"), str)
        and isinstance(place.get("routing_key"), str)
    )


def _arguments(envelope: dict[str, Any], headers: dict[str, Any]) -> list[Any]:
    kind = envelope.get("content-type", _JSON)
    if kind != _JSON or headers.get("compression"):
        raise UnreadableError(f"content-type: expected {_JSON}, not compressed; got {kind!r}")
    match _read(_body(envelope), "body"):
        case [list(args), {**named}, *_] if not named:
            pass
        case _:
            raise UnreadableError(
                "body: expected [[arguments…], {}, {}], with all arguments in the first list"
            )
    if too_deep(args):
        raise UnreadableError(f"body: nested too deeply; expected at most {MAX_DEPTH} levels")
    try:
        msgspec.json.encode(args)
    except _MALFORMED as error:
        raise UnreadableError(f"body: {error}") from None
    return args


def _body(envelope: dict[str, Any]) -> bytes:
    body = envelope.get("body")
    if not isinstance(body, str):
        raise UnreadableError("body: expected a text")
    if _object(envelope.get("properties"), "properties").get("body_encoding") != "base64":
        return body.encode(errors="replace")
    try:
        return base64.b64decode(body, validate=True)
    except ValueError as error:
        raise UnreadableError(f"body: expected base64, as properties.body_encoding says: {error}") from None


def _read(raw: bytes, what: str) -> Any:
    try:
        return loads(raw)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"{what}: expected JSON: {error}") from None
    except _MALFORMED as error:
        raise UnreadableError(f"{what}: expected JSON: {type(error).__name__}: {error}") from None


def _object(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UnreadableError(f"{what}: expected a JSON object")
    return value
