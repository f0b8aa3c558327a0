"""Envelopes: messages of Celery's protocol 2 as Kombu writes them to Redis, decoded strictly and encoded.

https://docs.celeryq.dev/en/stable/internals/protocol.html#version-2; what Kombu adds to it is in its
`kombu.transport.virtual`. `docs/queues.md` explains to other services what they need of both.
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
"""Longest message of another service. A `stores.sync` with the most people it may have takes half of it."""

MAX_ID_LENGTH = 200

_JSON = "application/json"
# What a sender's JSON can raise, or the values that Kombu converts in it (dates, decimals).
_MALFORMED = (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError)


class UnreadableError(Exception):
    """The bytes are no message of the protocol. The text says what was expected, for a person to read."""


class Envelope(NamedTuple):
    """A message: the name of its task, its id, and its positional arguments.

    `complete`: it has every field that Kombu requires, as any message that Celery sent has. `expires`: when
    it expires, as ISO 8601 with a time zone; empty: never.
    """

    task: str
    id: str
    args: list[Any]
    complete: bool = False
    expires: str = ""


def decode_envelope(raw: bytes) -> Envelope:
    """The message that `raw` holds. Raises `UnreadableError`."""
    if len(raw) > MAX_BYTES:
        raise UnreadableError(f"the message has {len(raw)} bytes; expected at most {MAX_BYTES}")
    envelope = _object(_load_json(raw, "the message"), "the message")
    headers = _object(envelope.get("headers"), "headers")
    task, message_id = headers.get("task"), headers.get("id")
    if not isinstance(task, str) or not task:
        raise UnreadableError("headers.task: expected the name of a message, such as questions.record")
    if not isinstance(message_id, str) or not message_id:
        raise UnreadableError("headers.id: expected a text that names this message, such as a UUID")
    if len(message_id) > MAX_ID_LENGTH or not message_id.isprintable():
        raise UnreadableError(f"headers.id: expected at most {MAX_ID_LENGTH} printable letters")
    arguments = _arguments(envelope, headers)
    return Envelope(
        task, message_id, arguments, _is_complete(envelope["properties"]), _expiry(headers.get("expires"))
    )


def single_argument(envelope: Envelope) -> Any:
    """The content of another service's message: the one argument of its task. Raises `UnreadableError`."""
    if len(envelope.args) != 1:
        raise UnreadableError(
            f"body: expected [[message], {{}}, {{}}]; it has {len(envelope.args)} arguments"
        )
    return envelope.args[0]


def encode_envelope(envelope: Envelope, queue: str, *, argsrepr: str) -> bytes:
    """The message as Celery would write it for `queue`. Logs and Flower show `argsrepr` for its arguments."""
    body = msgspec.json.encode([envelope.args, {}, {}])
    return msgspec.json.encode(
        {
            "body": base64.b64encode(body).decode(),
            "content-type": _JSON,
            "content-encoding": "utf-8",
            "headers": {
                "lang": "py",
                "task": envelope.task,
                "id": envelope.id,
                "root_id": envelope.id,
                "argsrepr": argsrepr,
                "kwargsrepr": "{}",
                **({"expires": envelope.expires} if envelope.expires else {}),
            },
            "properties": {
                "correlation_id": envelope.id,
                "delivery_mode": 2,
                "delivery_info": {"exchange": "", "routing_key": queue},
                "priority": 0,
                "body_encoding": "base64",
                # Kombu stores unacknowledged messages by their tag, which therefore has to be unique.
                "delivery_tag": str(uuid4()),
            },
        }
    )


def _expiry(value: Any) -> str:
    """`value` if it is an ISO 8601 time with a time zone, else empty."""
    try:
        return value if datetime.fromisoformat(value).tzinfo else ""
    except (TypeError, ValueError):
        return ""


def _is_complete(properties: dict[str, Any]) -> bool:
    delivery_info = properties.get("delivery_info")
    return (
        isinstance(properties.get("delivery_tag"), str)
        and isinstance(delivery_info, dict)
        and isinstance(delivery_info.get("exchange"), str)
        and isinstance(delivery_info.get("routing_key"), str)
    )


def _arguments(envelope: dict[str, Any], headers: dict[str, Any]) -> list[Any]:
    content_type = envelope.get("content-type", _JSON)
    if content_type != _JSON or headers.get("compression"):
        raise UnreadableError(f"content-type: expected {_JSON}, not compressed; got {content_type!r}")
    match _load_json(_body(envelope), "body"):
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


def _load_json(raw: bytes, what: str) -> Any:
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
