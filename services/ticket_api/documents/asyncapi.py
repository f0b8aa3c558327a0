"""The queues' contract as an AsyncAPI 3 document: `python -m services.ticket_api.documents.asyncapi FILE`.

https://www.asyncapi.com/docs/reference/specification/v3.0.0. Made of the schemas that read inbound messages
and of the event types, so that it cannot differ from what is done; `docs/queues.md` explains how to use it.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
from apispec import APISpec

from services.ticket_api.accounts.importing import StoreMessage
from services.ticket_api.questions.importing import QuestionMessage
from services.ticket_api.ratings.payloads import RatingMessageSchema
from shared.db.models import ParkedReason, TicketStatus
from shared.http.openapi.examples import example_of
from shared.http.openapi.json_schema import SchemaPlugin
from shared.messaging.events import Event
from shared.messaging.inbound.schema import InboundMessage
from shared.messaging.public_events import PUBLIC_EVENTS, VERSION, fields_of
from shared.messaging.routes import Queue

Json = dict[str, Any]

INBOUND_SCHEMAS: Mapping[str, type[InboundMessage]] = {
    "questions.record": QuestionMessage,
    "ratings.record": RatingMessageSchema,
    "stores.sync": StoreMessage,
}

_DESCRIPTION = """What other services send to Botmeni Tickets, and what they may subscribe to.

Each message is the one positional argument of a Celery task of its name (message protocol 2, JSON), an
element of a Redis list: `[[message], {}, {}]` is the body, base64 of JSON. docs/queues.md shows how to write
and read them without Celery.
"""
_SCHEMAS = "#/components/schemas/"
_OPEN = "; a later release may add others"
# What the types of the events leave untold.
_TOLD: Mapping[str, Json] = {
    "actor_id": {"description": "The person who did it"},
    "number": {"description": "As people call the ticket, counting up per store", "examples": [42]},
    "status": {
        "description": "The new status" + _OPEN,
        "examples": [status.value for status in TicketStatus],
    },
    "reason": {
        "description": "Why there was no unit" + _OPEN,
        "examples": [why.value for why in ParkedReason],
    },
    "cause": {"description": "Code of the cause that support named", "examples": ["stale_data"]},
    "resolution": {"description": "The improvement that support applied"},
    "percent": {"description": "80 or 100", "examples": [80]},
    "used": {"description": "Units used in this period", "examples": [16]},
    "unit_limit": {"description": "Units of this period", "examples": [20]},
}
_IDS = ("id", "store_id", "question_id", "person_id", "ticket_id", "actor_id", "message_id", "rating_id")
_TYPES: Mapping[str, Json] = {
    "id": {
        "type": "string",
        "format": "uuid",
        "description": "Of the event: the same however often it comes",
    },
    "occurred_at": {"type": "string", "format": "date-time"},
    "store_id": {"type": "string", "format": "uuid"},
    "correlation_id": {
        "type": "string",
        "description": "The request, or another service's message, that led to it; empty where none did",
        "examples": ["019a9f3e-7a3b-7c1d-9e2f-3a4b5c6d7e0f"],
    },
}
# Joined version 1 later: a message that waited since before does without it.
_JOINED = frozenset({"correlation_id"})


@functools.cache
def document() -> Json:
    """The AsyncAPI document; the same object for whoever asks."""
    schemas = _inbound_schemas() | {_schema_name(kind): _outbound_schema(kind) for kind in PUBLIC_EVENTS}
    messages = {
        name: _message(name, _doc(schema), _inbound_name(schema), schemas)
        for name, schema in INBOUND_SCHEMAS.items()
    }
    messages |= {
        kind.name: _message(kind.name, _doc(kind), _schema_name(kind), schemas) for kind in PUBLIC_EVENTS
    }
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Botmeni Tickets: queues",
            "version": f"{VERSION}.0.0",
            "description": _DESCRIPTION,
        },
        "defaultContentType": "application/json",
        "servers": {
            "broker": {
                "host": "redis:6379",
                "protocol": "redis",
                "description": "The Redis that is Celery's broker; its address differs by deployment",
            }
        },
        "channels": {
            "inbound": {
                "address": Queue.INBOUND.value,
                "description": "The list that other services push to",
                "messages": _references(INBOUND_SCHEMAS),
            },
            "subscription": {
                "address": "{queue}",
                "description": "The list of one subscriber, named in the setting SUBSCRIPTIONS",
                "parameters": {"queue": {"description": "The subscriber's queue", "examples": ["analytics"]}},
                "messages": _references([kind.name for kind in PUBLIC_EVENTS]),
            },
        },
        "operations": {
            **{_camel(name): _operation("receive", "inbound", name) for name in INBOUND_SCHEMAS},
            **{_camel(kind.name): _operation("send", "subscription", kind.name) for kind in PUBLIC_EVENTS},
        },
        "components": {
            "messages": messages,
            "schemas": schemas,
            "messageTraits": {"celery": {"headers": _HEADERS, "contentType": "application/json"}},
        },
    }


_HEADERS: Json = {
    "type": "object",
    "description": "Celery's; there are more, which a receiver passes over",
    "required": ["task", "id"],
    "properties": {
        "task": {"type": "string", "description": "The name of the message"},
        "id": {"type": "string", "description": "Of the message; an outbound one's is its payload's `id`"},
        "traceparent": {"type": "string", "description": "W3C's, in outbound ones where traces are on"},
    },
}


def _operation(action: str, channel: str, name: str) -> Json:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{channel}"},
        "messages": [{"$ref": f"#/channels/{channel}/messages/{name}"}],
    }


def _references(names: Any) -> Json:
    return {name: {"$ref": f"#/components/messages/{name}"} for name in names}


def _message(name: str, summary: str, schema: str, schemas: Json) -> Json:
    payload = {"$ref": _SCHEMAS + schema}
    return {
        "name": name,
        "title": name,
        "summary": summary,
        "traits": [{"$ref": "#/components/messageTraits/celery"}],
        "payload": payload,
        "examples": [{"name": name, "payload": _with_own_ids(example_of(payload, schemas))}],
    }


def _with_own_ids(example: Json) -> Json:
    """`example` with an id of its own for each kind of thing, and nothing that had to be uploaded before."""
    return {name: _own_value(name, value) for name, value in example.items()}


def _own_value(name: str, value: Any) -> Any:
    if name == "attachment_ids":
        return []
    if isinstance(value, dict):
        return _with_own_ids(value)
    return value[:-2] + f"{_IDS.index(name):02x}" if name in _IDS else value


def _inbound_schemas() -> Json:
    spec = APISpec("", "", "3.1.0", plugins=[SchemaPlugin()])
    for schema in INBOUND_SCHEMAS.values():
        spec.components.schema(_inbound_name(schema), schema=schema)
    made: Json = spec.to_dict()["components"]["schemas"]
    return made


def _inbound_name(schema: type[InboundMessage]) -> str:
    return schema.__name__.removesuffix("Schema")


def _outbound_schema(kind: type[Event]) -> Json:
    """Of the message that `public_events.message_of` makes of an event; later releases may add fields."""
    data = {
        name: _data_schema(name, hint)
        for name, hint in get_type_hints(kind, include_extras=True).items()
        if name in fields_of(kind) and name != "store_id"
    }
    properties = {
        "version": {"type": "integer", "const": VERSION},
        "id": _TYPES["id"],
        "event": {"type": "string", "const": kind.name},
        "occurred_at": _TYPES["occurred_at"],
        "store_id": _TYPES["store_id"],
        "correlation_id": _TYPES["correlation_id"],
        "data": {"type": "object", "properties": data, "required": sorted(data)},
    }
    return {
        "type": "object",
        "description": _doc(kind),
        "properties": properties,
        "required": [name for name in properties if name not in _JOINED],
    }


def _data_schema(name: str, hint: Any) -> Json:
    return {**msgspec.json.schema(hint), **_TOLD.get(name, {})}


def _schema_name(kind: type[Event]) -> str:
    return kind.__name__


def _doc(kind: type) -> str:
    return (inspect.getdoc(kind) or "").partition("\n")[0]


def _camel(name: str) -> str:
    first, *others = name.replace("_", ".").split(".")
    return first + "".join(other.capitalize() for other in others)


def written() -> bytes:
    """The document as the file holds it: indented, in a stable order."""
    return msgspec.json.format(msgspec.json.encode(document()), indent=2) + b"\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(written())
