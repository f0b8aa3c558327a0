"""What is read of messages before Kombu sees them is the same for AMQP; no RabbitMQ is needed here."""

from __future__ import annotations

import json
from typing import Any

import pytest
from amqp.basic_message import Message
from hypothesis import given
from hypothesis import strategies as st

from shared.messaging.broker.amqp import Delivery, sanitize_delivery, strip_unreadable_properties

HEADERS = {"task": "questions.record", "id": "a-name-of-mine"}


def came(headers: Any, body: bytes | str, queue: str = "inbound", exchange: str = "") -> Delivery:
    properties = {"application_headers": headers, "content_type": "application/json"}
    return Delivery(properties, body, exchange, queue)


def test_a_message_of_another_service_keeps_its_task_id_and_argument_alone():
    body = json.dumps([[{"any": "thing"}], {}, {"callbacks": [{"task": "x"}]}])
    read = sanitize_delivery(came({**HEADERS, "timelimit": "x", "eta": "soon", "retries": "many"}, body))
    headers = read.properties["application_headers"]
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert not {"timelimit", "eta", "retries"} & set(headers)
    assert json.loads(read.body) == [[{"any": "thing"}], {}, {}]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (None, b"\xff\xfe"),
        ({}, "no json"),
        (HEADERS, b"no json"),
        (HEADERS, "[[1, 2], {}, {}]"),
        (HEADERS | {"compression": "zlib"}, "[[1], {}, {}]"),
        ({"task": 5, "id": "1"}, "[[1], {}, {}]"),
        ({"task": "quota.check", "id": "1"}, "[[[1]], {}, {}]"),
    ],
)
def test_what_is_no_message_becomes_the_argument_of_the_task_that_keeps_it(headers, body):
    read = sanitize_delivery(came(headers, body))
    assert read.properties["application_headers"]["task"] == "messages.receive"
    [[text, size], _, _] = json.loads(read.body)
    assert (size, text[0]) == (len(text.encode()), "{")


def test_our_own_messages_and_what_celery_says_to_its_workers_pass_as_they_are():
    ours = came({"task": "quota.check", "id": "1"}, "[[[1, 2]], {}, {}]", "quota", "botmeni")
    ping = came({}, '{"method": "ping"}', "", "celery.pidbox")
    assert sanitize_delivery(ours) is ours
    assert sanitize_delivery(ping) is ping


def test_whatever_came_under_another_name_counts_as_another_services():
    stranger = came({"task": "quota.check", "id": "1"}, "[[[1]], {}, {}]", "elsewhere", "their.exchange")
    assert sanitize_delivery(stranger).properties["application_headers"]["task"] == "messages.receive"


# Half a surrogate pair too: the client lets it through.
_TEXTS = st.text(st.characters(exclude_categories=[]))
_VALUES = st.none() | st.booleans() | st.integers() | st.floats() | _TEXTS | st.binary() | st.datetimes()


@given(
    st.dictionaries(st.sampled_from(["task", "id", "expires", "compression"]), _VALUES),
    st.binary(),
    _TEXTS,
)
def test_the_transport_reads_whatever_comes(headers, body, anything):
    for queue in ("inbound", "quota", anything):
        sanitize_delivery(came(headers, body, queue, exchange=anything))
    sanitize_delivery(Delivery({"content_type": anything}, body, "", "inbound"))


def test_half_a_surrogate_pair_ends_no_worker():
    for headers in (HEADERS | {"id": "\ud800"}, {"task": "\ud800", "id": "1"}):
        read = sanitize_delivery(came(headers, "[[1], {}, {}]"))
        assert json.loads(read.body)[0]


BEFORE_PROPERTIES = b"\0\x3c\0\0" + (13).to_bytes(8)  # of a message of 13 bytes


def header_read(properties: Any) -> Any:
    """The client's message, of whose header is left what can be read."""
    message: Any = Message()
    _, _, payload = strip_unreadable_properties((2, 1, BEFORE_PROPERTIES + properties))
    message.inbound_header(payload)
    return message


@given(st.binary())
def test_properties_that_cannot_be_read_are_left_out(properties):
    assert header_read(properties).body_size == 13


@pytest.mark.parametrize(
    ("properties", "readable"), [({"message_id": "a"}, {"message_id": "a"}), ({"message_id": b"\xe9"}, {})]
)
def test_properties_that_can_be_read_stay(properties, readable):
    sent: Any = Message(**properties)
    assert header_read(sent._serialize_properties()).properties == readable
