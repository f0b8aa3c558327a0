"""One trace from an HTTP request through relay, consumers and what they publish, at a real OTLP collector."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from deploy.local.host.ports import free_port
from deploy.local.options import ROOT
from deploy.local.processes import catalogue as system
from shared.config import settings
from shared.config.settings import InvalidSettings
from shared.db.transactions import transaction
from shared.messaging.events import RatingUnitRequested
from shared.messaging.outbox.batch import process_batch
from shared.messaging.outbox.publish import publish
from shared.observability.tracing import spans
from tests.integration.messaging.broker.raw_messages import taken
from tests.support.clients.http import Client
from tests.support.configured import configured
from tests.support.factories.database import Database, StoreFixture
from tests.support.fakes.otlp_collector import Collector, Seen, collecting
from tests.support.processes.running import Processes
from tests.support.waiting import until

FOLLOWED = "follow-this-one"
TRACE = hashlib.sha256(FOLLOWED.encode()).hexdigest()[:32]
CALLERS = "4bf92f3577b34da6a3ce929d0e0e4736"
COMMENT = "Plantado-comentario"
ROUTE = "PUT /v1/questions/<uuid:question_id>/rating"
# Each span, and the one it goes on from.
WAY = {
    "send quota.check": ROUTE,
    "process quota.check": ROUTE,
    "finish quota.check": ROUTE,
    "send tickets.open": "process quota.check",
    "process tickets.open": "process quota.check",
    "send notifier.fan_out": "process tickets.open",
    "process notifier.fan_out": "process tickets.open",
    "finish notifier.fan_out": "process tickets.open",
    "send external.analytics": "process tickets.open",
}

STARTS = {
    "API": "from services.ticket_api.app import create_app; create_app()",
    "relay": "from shared.messaging.outbox.relay import main; main()",
    "worker": "import shared.messaging.celery_app, celery.signals as s; s.worker_init.send(None)",
}


@pytest.fixture
def collector() -> Iterator[Collector]:
    with collecting() as collector:
        yield collector


@pytest.fixture
def tracing_settings(collector: Collector) -> dict[str, str]:
    """Environment of traced processes."""
    return {
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
        "OTEL_BSP_SCHEDULE_DELAY": "100",
        "SUBSCRIPTIONS": "ticket.opened=analytics",
    }


def rate(running: Processes, db: Database, shop: StoreFixture, **headers: str) -> None:
    """Over HTTP, with a comment."""
    answer = Client(running.api_url, shop.seller).call(
        "PUT",
        f"/v1/questions/{db.question(shop)}/rating",
        json={"verdict": "incorrect", "comment": COMMENT},
        headers=headers,
    )
    assert answer.status_code == 202, answer.text


def test_one_rating_is_one_trace_from_the_request_to_everyone_notified(
    processes, db, collector, tracing_settings, redis_url
):
    processes.start(system.api(), system.relay(), system.worker(), **tracing_settings)
    shop = db.shop()
    db.support()
    rate(processes, db, shop, **{"X-Request-ID": FOLLOWED})
    until(lambda: {ROUTE, *WAY} <= set(collector.of(TRACE)))
    seen = collector.of(TRACE)
    assert set(seen) == {ROUTE, *WAY}
    assert {name: span.parent for name, span in seen.items()} == {
        ROUTE: "",
        **{name: seen[parent].span for name, parent in WAY.items()},
    }
    assert {span.attributes["botmeni.correlation_id"] for span in seen.values()} == {FOLLOWED}
    assert seen[ROUTE].attributes.items() >= {
        ("http.request.method", "PUT"),
        ("http.route", "/v1/questions/<uuid:question_id>/rating"),
        ("http.response.status_code", 202),
    }
    assert seen["process quota.check"].links == [TRACE]
    assert {span.error for span in seen.values()} == {None}
    [element] = taken(redis_url, "analytics")
    assert element["headers"]["traceparent"] == f"00-{TRACE}-{seen['process tickets.open'].span}-01"
    assert "traceparent" not in str(element["body"])
    for secret in (COMMENT, str(shop.seller), "example.org", "Bearer"):
        assert secret.encode() not in collector.raw


def test_a_callers_trace_is_gone_on_with(processes, db, collector, tracing_settings):
    processes.start(system.api(), system.relay(), system.worker(), **tracing_settings)
    rate(
        processes,
        db,
        db.shop(),
        traceparent=f"00-{CALLERS}-00f067aa0ba902b7-01",
        **{"X-Request-ID": FOLLOWED},
    )
    until(lambda: {ROUTE, "process tickets.open"} <= set(collector.of(CALLERS)))
    assert collector.of(CALLERS)[ROUTE].parent == "00f067aa0ba902b7"
    assert collector.of(TRACE) == {}


def asked(*requests_: str) -> None:
    """Ratings that wait for their quota check, each of one request, published outside of any span."""
    events = [
        RatingUnitRequested(store_id=uuid4(), subject_id=uuid4(), actor_id=uuid4(), correlation_id=request)
        for request in requests_
    ]
    with transaction() as session:
        publish(session, events)


def trace_of(request: str) -> str:
    """The trace of a request that nobody gave one."""
    return hashlib.sha256(request.encode()).hexdigest()[:32]


@pytest.fixture
def sending(database_url: str, collector: Collector) -> Iterator[Callable[[], list[Seen]]]:
    """Traces are on in this process; gives what sends all spans and says what came."""

    def sent() -> list[Seen]:
        spans.flush()
        return collector.spans

    with configured(otel_exporter_otlp_endpoint=collector.url):
        yield sent
    spans.flush()


def test_a_batch_links_to_the_trace_of_each_of_its_events(db, sending):
    requests_ = [f"request-{number}" for number in range(3)]
    asked(*requests_)
    process_batch("quota.check", lambda *_: None, db.column("SELECT id FROM outbox"))
    seen = sending()
    [whole] = [span for span in seen if span.name == "process quota.check batch"]
    single = [span for span in seen if span.name == "process quota.check"]
    assert whole.attributes["messaging.batch.message_count"] == 3
    assert sorted(whole.links) == sorted(span.trace for span in single) == sorted(map(trace_of, requests_))
    assert [span.links for span in single] == [[whole.trace]] * 3


def test_what_a_batch_publishes_goes_on_in_the_trace_of_its_event(db, sending):
    requests_ = ["request-0", "request-1"]
    asked(*requests_)

    def pass_on(session: Session, events: Sequence[RatingUnitRequested]) -> None:
        publish(session, [dataclasses.replace(event, promoted=True) for event in events])

    process_batch("quota.check", pass_on, db.column("SELECT id FROM outbox"))
    carried = {
        row.payload["correlation_id"]: row.payload["traceparent"] for row in db.all("SELECT * FROM outbox")
    }
    by_trace = {span.trace: span.span for span in sending() if span.name == "process quota.check"}
    assert carried == {
        request: f"00-{trace_of(request)}-{by_trace[trace_of(request)]}-01" for request in requests_
    }


def test_a_failure_is_shown_by_its_kind_and_none_of_its_words(db, sending, collector):
    asked(FOLLOWED)

    def stumble(*_: Any) -> None:
        raise LookupError(COMMENT)

    process_batch("quota.check", stumble, db.column("SELECT id FROM outbox"))
    [span] = sending()
    assert (span.trace, span.error) == (TRACE, "LookupError")
    assert COMMENT.encode() not in collector.raw


def test_with_the_collector_away_work_goes_on(db, processes):
    nowhere = f"http://127.0.0.1:{free_port()}"
    parts = (system.api(), system.relay(), system.worker())
    processes.start(*parts, OTEL_EXPORTER_OTLP_ENDPOINT=nowhere, OTEL_BSP_SCHEDULE_DELAY="100")
    shop = db.shop()
    rate(processes, db, shop)
    until(lambda: db.count("tickets"))
    processes["relay"].stop(30)
    assert processes["relay"].exit_code == 0


def test_off_nothing_is_carried_and_what_makes_traces_is_not_imported(db, database_url, redis_url):
    """The Redis client imports a part of OpenTelemetry by itself, where it is installed."""
    asked(FOLLOWED)
    assert "traceparent" not in db.one("SELECT payload FROM outbox")
    code = (
        "import sys, services.ticket_api.app as a, shared.messaging.outbox.relay;"
        "import shared.messaging.celery_app as c;"
        "a.create_app(); c.app.loader.import_default_modules();"
        "unwanted = ('opentelemetry.sdk.trace', 'opentelemetry.exporter');"
        "print([name for name in sys.modules if name.startswith(unwanted)])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("variable", ["OTEL_BSP_SCHEDULE_DELAY", "OTEL_BSP_MAX_QUEUE_SIZE"])
@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_a_variable_that_opentelemetry_cannot_work_with_stops_the_start(
    db, redis_url, tracing_settings, start, variable
):
    environment = {**os.environ, **tracing_settings, variable: "0"}  # noqa: TID251 - passed on
    done = subprocess.run(
        [sys.executable, "-c", start],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode
    assert "OTEL_…: OpenTelemetry cannot work with one of them" in done.stderr


@pytest.mark.parametrize("missing", ["opentelemetry", "opentelemetry.exporter"])
def test_without_its_packages_the_setting_stops_the_start(database_url, monkeypatch, missing):
    for module in [module for module in sys.modules if module.startswith("opentelemetry")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, missing, None)
    with (
        pytest.raises(InvalidSettings, match=r"OTEL_EXPORTER_OTLP_ENDPOINT: .*requirements/tracing.txt"),
        configured(otel_exporter_otlp_endpoint="http://127.0.0.1:4318"),
    ):
        settings.settings()
