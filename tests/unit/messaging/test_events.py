"""An event written into the outbox is read back as it was, by this release and by the next."""

import dataclasses
import typing
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from shared.messaging.events import EVENTS, AnyEvent, RatingUnitRequested
from shared.messaging.inbound_events import QuestionReceived
from shared.messaging.outbox.batch import Job, PermanentError, decode

KINDS = sorted(EVENTS.values(), key=lambda kind: kind.name)


def example(kind: type[AnyEvent]) -> Any:
    """An event of `kind` with a telling value in each field."""
    hints = typing.get_type_hints(kind)
    return kind(**{field.name: _value(hints[field.name]) for field in dataclasses.fields(kind)})


def _value(hint: Any) -> Any:
    alternatives = typing.get_args(hint)
    if typing.get_origin(hint) is typing.Literal:
        return alternatives[-1]
    if typing.get_origin(hint) is dict:
        return {"any": ["thing", 1, None]}
    if alternatives:
        return _value(alternatives[0])
    return {UUID: uuid4(), str: 'ñandú "20 %" 😀', int: 2**40, bool: True}[hint]


def job(kind: type[AnyEvent], payload: Any) -> Job:
    return Job(1, kind.name, payload if isinstance(payload, str) else msgspec.json.encode(payload).decode())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_event_comes_back_as_it_was_written(kind):
    event = example(kind)
    assert decode(job(kind, event)) == event


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_field_that_a_newer_release_added_is_passed_over(kind):
    event = example(kind)
    written = msgspec.to_builtins(event) | {"added_later": 1}
    assert decode(job(kind, written)) == event


def test_a_row_without_correlation_still_reads():
    written = {"store_id": str(uuid4()), "subject_id": str(uuid4()), "actor_id": str(uuid4())}
    event = decode(job(RatingUnitRequested, written))
    assert event.correlation_id == ""


def test_names_are_unique_and_begin_with_an_aggregate():
    assert len(EVENTS) == len(set(EVENTS.values()))
    assert [name for name, kind in EVENTS.items() if name != kind.name or name.count(".") != 1] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_events_cannot_be_changed(kind):
    with pytest.raises(dataclasses.FrozenInstanceError):
        example(kind).correlation_id = "x"


def test_an_event_nobody_knows_is_refused_naming_the_known_ones():
    with pytest.raises(PermanentError, match=r"unknown event 'rating\.vanished'; known: .*rating\.recorded"):
        decode(Job(1, "rating.vanished", "{}"))


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        ("{}", "missing required field `store_id`"),
        ('{"store_id": "no"}', r"Invalid UUID - at `\$\.store_id`"),
        ("[]", "Expected `object`, got `array`"),
    ],
)
def test_a_payload_that_does_not_fit_is_refused_naming_the_field(payload, message):
    with pytest.raises(PermanentError, match=rf"rating\.recorded cannot be read: .*{message}"):
        decode(job(RatingUnitRequested, payload))


def test_a_message_of_another_service_is_stored_word_for_word():
    message = {"id": 1, "nested": {"a": [1, 2.5, "ñ", None, True]}}
    event = QuestionReceived(message=message)
    assert decode(job(QuestionReceived, event)) == event
