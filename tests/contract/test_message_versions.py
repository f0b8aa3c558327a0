"""Messages as they were when their version was released still work: what breaks others fails here.

`messages/v1` is frozen. A new kind of message adds a file; nothing in a file that was released changes.
"""

from __future__ import annotations

import dataclasses
import json
import typing
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from marshmallow import fields

from services.ticket_api.accounts.importing import StoreMessage
from services.ticket_api.documents import asyncapi
from services.ticket_api.questions.importing import QuestionMessage
from shared.messaging import events
from shared.messaging.broker.envelopes import decode_envelope
from shared.messaging.events import EVENTS, Event
from shared.messaging.inbound import schema as inbound_schema
from shared.messaging.inbound.schema import InboundMessage, load_payload
from shared.messaging.outbox.batch import PermanentError
from shared.messaging.public_events import PUBLIC_EVENTS, VERSION, message_of

MESSAGES = Path(__file__).parent / "messages" / "v1"
INBOUND = sorted(asyncapi.INBOUND_SCHEMAS)
OUTBOUND = sorted(kind.name for kind in PUBLIC_EVENTS)


def frozen(name: str) -> list[Any]:
    """The frozen messages of this name."""
    found: list[Any] = json.loads((MESSAGES / f"{name}.json").read_bytes())
    return found


def refusals(schema: InboundMessage, name: str) -> list[str]:
    """What `schema` says to the frozen messages of this name."""
    found = []
    for message in frozen(name):
        try:
            load_payload(schema, name, message)
        except PermanentError as refusal:
            found.append(str(refusal))
    return found


def breaches(kind: type[Event], message: Any) -> list[str]:
    """Where the code's message for `kind` lacks a field of a frozen one, or holds something else there."""
    known = {field.name for field in dataclasses.fields(kind)}
    values = {**message["data"], "store_id": message["store_id"]}
    try:
        event = msgspec.convert({name: value for name, value in values.items() if name in known}, kind)
    except msgspec.ValidationError as error:
        return [str(error)]
    now = msgspec.to_builtins(message_of(event, message["id"], message["occurred_at"]))
    return list(_differences(message, now, ""))


def _differences(old: Any, new: Any, path: str) -> list[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        missing = [f"{path}/{name}: gone" for name in old if name not in new]
        return missing + [
            difference
            for name in old
            if name in new
            for difference in _differences(old[name], new[name], f"{path}/{name}")
        ]
    return [] if old == new and type(old) is type(new) else [f"{path}: {old!r} became {new!r}"]


def test_there_are_frozen_messages_of_every_kind():
    assert sorted(path.stem for path in MESSAGES.iterdir()) == sorted([*INBOUND, *OUTBOUND, "envelopes"])
    assert VERSION == max(inbound_schema.VERSIONS) == 1


@pytest.mark.parametrize("name", INBOUND)
def test_what_was_accepted_still_is(name):
    assert refusals(asyncapi.INBOUND_SCHEMAS[name](), name) == []


@pytest.mark.parametrize("name", OUTBOUND)
def test_what_was_sent_still_is(name):
    kind: Any = EVENTS[name]
    assert [breach for message in frozen(name) for breach in breaches(kind, message)] == []


@pytest.mark.parametrize("name", [*INBOUND, *OUTBOUND])
def test_frozen_messages_are_of_the_documents_schema(name):
    document = asyncapi.document()
    schema = {**document["components"]["messages"][name]["payload"], "components": document["components"]}
    validator = jsonschema_rs.validator_for(schema, validate_formats=True)
    found = [error.message for message in frozen(name) for error in validator.iter_errors(message)]
    assert found == []


@pytest.mark.parametrize("number", range(3))
def test_envelopes_that_were_opened_still_are(number):
    """Celery's own of 5.7, a bare client's, and one whose body is plain JSON."""
    element = frozen("envelopes")[number]
    sent = decode_envelope(json.dumps(element).encode())
    assert (sent.task, sent.args) == ("questions.record", [{"any": "thing"}])


# --- Each check is shown a breach ---


class Demanding(QuestionMessage):
    """As a careless change would make it: one more field that must be there."""

    language = fields.String(required=True)


class Forgetful(StoreMessage):
    """As a careless change would make it: a field renamed."""

    class Meta:
        """Leaves a field out."""

        exclude = ("people_complete",)


@pytest.mark.parametrize(
    ("schema", "name", "said"),
    [
        (Demanding(), "questions.record", "'language': ['Missing data for required field.']"),
        (Forgetful(), "stores.sync", "'people_complete': ['Unknown field.']"),
    ],
)
def test_a_breaking_change_of_what_is_accepted_is_found(schema, name, said):
    assert any(said in refusal for refusal in refusals(schema, name))


def changed(**hints: Any) -> type[Event]:
    """`TicketClosed` with fields retyped, or left out where the hint is None."""
    known = {**typing.get_type_hints(events.TicketClosed), **hints}
    made: list[Any] = [
        (field.name, known[field.name], dataclasses.field(default=None))
        for field in dataclasses.fields(events.TicketClosed)
        if known[field.name] is not None
    ]
    kind = dataclasses.make_dataclass("TicketClosed", made, kw_only=True, frozen=True)
    kind.name = "ticket.closed"  # type: ignore[attr-defined] # as every event has
    return kind


@pytest.mark.parametrize(
    ("hints", "said"),
    [
        ({"resolution": None}, "/data/resolution: gone"),
        ({"number": str}, "Expected `str`, got `int`"),
        ({"cause": int}, "Expected `int`, got `str`"),
    ],
    ids=["removed", "retyped", "retyped too"],
)
def test_a_breaking_change_of_what_is_sent_is_found(hints, said):
    [message, *_] = frozen("ticket.closed")
    assert any(said in breach for breach in breaches(changed(**hints), message))


def test_an_unchanged_event_breaks_nothing():
    [message, *_] = frozen("ticket.closed")
    assert breaches(changed(), message) == []
