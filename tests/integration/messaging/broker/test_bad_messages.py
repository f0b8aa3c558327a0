"""Whatever is pushed into the queue of other services ends dead with a reason; its neighbours are handled."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.local.processes import catalogue as system
from services.ticket_api.consumers import receive_unreadable
from shared.messaging.broker.envelopes import MAX_BYTES
from shared.messaging.broker.transport import sanitize
from tests.integration.messaging.broker.raw_messages import (
    base64_of,
    body_of,
    envelope,
    push,
    question,
    rating,
    whole,
)
from tests.support.clients.jobs import drain
from tests.support.waiting import until

RECORD = "questions.record"

Bad = tuple[bytes | str | dict[str, Any], str]


def bad(store: UUID, nobody: UUID) -> list[Bad]:
    """Elements of the queue, each with what its dead row has to say."""
    good = question(store)
    headers = {"task": RECORD, "id": "1"}
    return [
        (b"not json", "the message: expected JSON"),
        (b"\xff\xfe\x00", "the message: expected JSON"),
        (b"", "the message: expected JSON"),
        ("[" * 100_000, "the message: expected JSON"),
        ("[]", "the message: expected a JSON object"),
        ("7", "the message: expected a JSON object"),
        ({}, "headers: expected a JSON object"),
        (envelope(RECORD, good, headers="x"), "headers: expected a JSON object"),
        (envelope(RECORD, good, headers={"id": "1"}), "headers.task: expected the name of a message"),
        (envelope(RECORD, good, headers={"task": 5, "id": "1"}), "headers.task: expected the name"),
        (envelope(RECORD, good, headers={"task": RECORD}), "headers.id: expected a text"),
        (envelope(RECORD, good, headers={"task": RECORD, "id": "\ud800"}), "headers.id: expected at most"),
        (envelope(RECORD, good, headers={"task": RECORD, "id": "7" * 201}), "headers.id: expected at most"),
        (envelope(RECORD, good, body=None), "body: expected a text"),
        (envelope(RECORD, good, body="%%%"), "body: expected base64"),
        (envelope(RECORD, good, body=base64_of({"a": 1})), "body: expected [[arguments…], {}, {}]"),
        (envelope(RECORD, good, body=base64_of([[], {}, {}])), "it has 0 arguments"),
        (envelope(RECORD, good, body=base64_of([[], {"message": good}, {}])), "with all arguments"),
        (envelope(RECORD, good, body=base64_of([[good, 2], {}, {}])), "it has 2 arguments"),
        (envelope(RECORD, {**good, "text": {"__type__": "uuid", "__value__": "x"}}), "body: expected JSON"),
        (envelope(RECORD, {**good, "text": 10**400}), "questions.record: {'text': "),
        (envelope(RECORD, json.loads("[" * 60 + "]" * 60)), "nested too deeply"),
        (envelope(RECORD, good, **{"content-type": "application/x-python-serialize"}), "content-type"),
        (envelope(RECORD, good, headers={**headers, "compression": "application/x-gzip"}), "compressed"),
        (envelope(RECORD, good, properties=None), "properties: expected a JSON object"),
        (envelope("questions.forget", good), "headers.task: 'questions.forget' is not known; expected one"),
        (envelope("os.system", "reboot"), "headers.task: 'os.system' is not known"),
        (envelope("quota.check", [1]), "headers.task: 'quota.check' is not known"),
        (whole("quota.check", [1]), "headers.task: 'quota.check' is not known"),
        (whole("notifier.fan_out", ["abc"]), "headers.task: 'notifier.fan_out' is not known"),
        (whole("celery.backend_cleanup", [1]), "headers.task: 'celery.backend_cleanup' is not known"),
        (envelope(RECORD, "no object"), "question.received cannot be read: Expected `object`"),
        (envelope(RECORD, {**good, "version": 2}), "questions.record: version 2 is unknown; known: 1"),
        (envelope(RECORD, {**good, "origin": "x"}), "questions.record: {'origin': "),
        (envelope("ratings.record", rating(nobody, nobody, verdict=1)), "ratings.record: {'verdict': "),
        (envelope("ratings.record", {"version": "1"}), "ratings.record: {'version': "),
        (envelope("stores.sync", {}), "stores.sync: {'store': "),
        ("x" * (MAX_BYTES + 1), f"the message has {MAX_BYTES + 1} bytes; expected at most {MAX_BYTES}"),
    ]


def test_bad_messages_are_dead_with_a_reason_and_their_neighbours_are_recorded(processes, db, redis_url):
    shop = db.shop()
    wrong = bad(shop.id, shop.seller)
    sent = [question(shop.id) for _ in range(len(wrong) + 1)]
    push(redis_url, envelope(RECORD, sent[0]))
    for (element, _), neighbour in zip(wrong, sent[1:], strict=True):
        push(redis_url, element, envelope(RECORD, neighbour))
    processes.start(system.relay(), system.worker())
    until(lambda: db.count("questions") == len(sent))
    until(lambda: db.count("outbox", "dead_at IS NOT NULL") == len(wrong))
    assert db.count("outbox") == len(wrong)
    said = db.column("SELECT last_error FROM outbox ORDER BY id")
    missing = [expected for _, expected in wrong if not any(expected in error for error in said)]
    assert missing == []
    assert [error for error in said if not any(expected in error for _, expected in wrong)] == []
    assert processes["worker"].exit_code is None


@pytest.mark.parametrize("queue", ["quota", "tickets"])
def test_a_worker_outlives_what_is_pushed_into_queues_that_are_nobody_elses(processes, db, redis_url, queue):
    push(redis_url, b"not json", {}, envelope("quota.check", [1]), queue=queue)
    shop = db.shop()
    processes.start(system.relay(), system.worker())
    until(lambda: db.count("outbox", "dead_at IS NOT NULL") == 3)
    push(redis_url, envelope(RECORD, question(shop.id)))
    until(lambda: db.count("questions") == 1)
    assert processes["worker"].exit_code is None


def test_a_message_brings_no_tasks_of_its_own_along(processes, db, redis_url):
    """Celery would call what stands under `callbacks` once the task is done."""
    shop = db.shop()
    callback = {"task": "ratings.record", "args": [{"colour": "red"}], "options": {}, "immutable": True}
    embedded = {"callbacks": [callback], "errbacks": [callback], "chain": [callback], "chord": None}
    body = base64_of([[question(shop.id)], {}, embedded])
    later = {"task": RECORD, "id": "1", "eta": "2999-01-01T00:00:00+00:00", "expires": "1999-01-01T00:00:00"}
    push(redis_url, envelope(RECORD, None, body=body, headers=later))
    processes.start(system.relay(), system.worker())
    until(lambda: db.count("questions") == 1)
    until(lambda: db.count("outbox") == 0)


def test_what_a_later_release_understands_is_handled_when_it_is_put_back(db):
    shop = db.shop()
    sent = question(shop.id)
    text = json.dumps(envelope(RECORD, sent))
    receive_unreadable(text, len(text))
    drain()
    assert [str(found) for found in db.column("SELECT id FROM questions")] == [sent["id"]]
    assert db.count("outbox") == 0


def test_a_body_may_be_plain_json(db):
    text = json.dumps(
        envelope(RECORD, None, properties={}, body=json.dumps([[question(db.shop().id)], {}, {}]))
    )
    receive_unreadable(text, len(text))
    drain()
    assert db.count("questions") == 1


def test_bytes_of_an_envelope_are_base64_of_json():
    assert body_of(envelope(RECORD, {"a": 1})) == [[{"a": 1}], {}, {}]


HARMFUL: dict[str, Any] = {
    "timelimit": "x",
    "eta": "soon",
    "retries": "many",
    "callbacks": [{"task": "celery.backend_cleanup"}],
    "errbacks": 7,
    "chain": {},
    "group": [],
    "expires": "never",
}


def test_our_own_tasks_come_from_that_queue_with_nothing_else_a_sender_wrote(processes, db, redis_url):
    sent = question(db.shop().id)
    for name in ("upkeep.forget_old", "answers.forget", "questions.import"):
        push(redis_url, *(whole(name, [], **{header: value}) for header, value in HARMFUL.items()))
    push(redis_url, whole("outbox.heartbeat", ["inbound"], **HARMFUL), envelope(RECORD, sent))
    processes.start(system.relay(), system.worker())
    until(lambda: db.count("questions"))
    assert processes["worker"].exit_code is None
    assert db.count("outbox") == 0


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=5), st.data())
def test_the_transport_reads_whatever_comes(value: Any, data: st.DataObject):
    element = whole(data.draw(st.sampled_from([RECORD, "upkeep.forget_old", "x"])), [1])
    place = data.draw(st.sampled_from([element, element["headers"], element["properties"]]))
    place[data.draw(st.sampled_from(sorted(place)))] = value
    for queue in ("inbound", "quota"):
        sanitize(queue, json.dumps(element).encode())
