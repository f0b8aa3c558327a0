"""Requests as Prometheus sees them: by the route's pattern, whatever was asked for."""

from __future__ import annotations

from uuid import uuid4

import pytest
from flask import Flask
from prometheus_client import REGISTRY

from tests.integration.conftest import SignIn
from tests.support.factories.database import Database

COUNT = "botmeni_http_request_seconds_count"
QUESTION = "/v1/questions/<uuid:question_id>"


def routes() -> set[str]:
    return {
        sample.labels["route"]
        for family in REGISTRY.collect()
        if family.name == "botmeni_http_request_seconds"
        for sample in family.samples
    }


def test_requests_are_counted_by_pattern_method_and_status(db: Database, sign_in: SignIn, counted):
    shop = db.shop()
    client = sign_in(shop.seller)
    found = counted(COUNT, method="GET", route=QUESTION, status="200")
    absent = counted(COUNT, method="GET", route=QUESTION, status="404")
    client.get(f"/v1/questions/{db.question(shop)}")
    for _ in range(3):
        client.get(f"/v1/questions/{uuid4()}")
    assert (found(), absent()) == (1, 3)


def test_refusals_are_counted_too(app: Flask, db: Database, counted):
    refused = counted(COUNT, method="GET", route=QUESTION, status="401")
    assert app.test_client().get(f"/v1/questions/{uuid4()}").status_code == 401
    assert refused() == 1


@pytest.mark.parametrize(
    ("method", "label"), [("GET", "GET"), ("BREW", "other")], ids=["unknown path", "unknown method"]
)
def test_nobody_can_make_labels_up(app: Flask, db: Database, counted, method, label):
    secret = f"/v1/{uuid4()}"
    before = routes()
    status = app.test_client().open(secret, method=method).status_code
    assert status in {401, 404, 405}
    assert not [route for route in routes() - before if route != "none"]
    assert REGISTRY.get_sample_value(COUNT, {"method": label, "route": "none", "status": str(status)})


def test_the_apis_own_port_shows_no_metrics(app: Flask, db: Database, sign_in: SignIn):
    assert app.test_client().get("/metrics").status_code in {401, 404}
    assert sign_in(db.support()).get("/metrics").status_code == 404
