"""One id from a request into its answer, its events, and what they lead to."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.integration.conftest import SignIn
from tests.support.clients.jobs import due, work
from tests.support.factories.database import Database

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = f"00-{TRACE}-00f067aa0ba902b7-01"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"X-Request-ID": "a-caller.s_own-id"}, "a-caller.s_own-id"),
        ({"X-Request-ID": "a-caller.s_own-id", "traceparent": PARENT}, "a-caller.s_own-id"),
        ({"traceparent": PARENT}, TRACE),
        ({"X-Request-ID": "short", "traceparent": PARENT}, TRACE),
    ],
)
def test_a_callers_id_is_taken_over(app: Flask, headers, expected):
    assert app.test_client().get("/healthz", headers=headers).headers["X-Request-ID"] == expected


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Request-ID": "x" * 65},
        {"X-Request-ID": "x"},
        {"X-Request-ID": "a b c d e f g h"},
        {"X-Request-ID": "evil\tid-1234"},
        {"X-Request-ID": "ñññññññññ".encode().decode("latin-1")},
        {"X-Request-ID": "<script>"},
        {"X-Request-ID": "somebody@example.com"},
        {"X-Request-ID": '{"level": "error"}'},
        {"traceparent": f"00-{'0' * 32}-00f067aa0ba902b7-01"},
        {"traceparent": f"00-{TRACE}-{'0' * 16}-01"},
        {"traceparent": f"ff-{TRACE}-00f067aa0ba902b7-01"},
        {"traceparent": PARENT.upper()},
        {"traceparent": TRACE},
    ],
)
def test_what_is_not_well_formed_is_replaced(app: Flask, headers):
    answered = app.test_client().get("/healthz", headers=headers).headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", answered)


def test_every_job_of_a_request_carries_its_id(db: Database, sign_in: SignIn):
    shop = db.shop()
    db.support()
    path = f"/v1/questions/{db.question(shop)}/rating"
    sign_in(shop.seller).call(
        "PUT", path, json={"verdict": "incorrect"}, headers={"X-Request-ID": "follow-this-one"}
    )
    seen = set()
    while waiting := due():
        seen |= {(row.consumer, row.payload["correlation_id"]) for row in db.all("SELECT * FROM outbox")}
        for consumer in waiting:
            work(consumer)
    consumers = ("quota.check", "tickets.open", "notifier.fan_out")
    assert seen == {(consumer, "follow-this-one") for consumer in consumers}
