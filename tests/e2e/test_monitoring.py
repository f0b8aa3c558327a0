"""A running system's metrics hold all that alerts and dashboard ask for; one id leads through its logs; no
text, address or token is in them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from celery import Celery

from deploy.local.processes import catalogue as system
from shared.ids import new_id
from tests.support.clients.http import Client, token_of
from tests.support.clients.metrics import Scrape, asked, expressions, missing, scrape, value
from tests.support.clients.stream import Listener
from tests.support.factories.database import Database, StoreFixture
from tests.support.fakes.mail_server import MailServer
from tests.support.fakes.webhook_receiver import Receiver, receiving
from tests.support.processes import databases
from tests.support.processes.running import Processes
from tests.support.waiting import until

# The jobs that look after a claim's end come minutes later.
AT_WORK = "dead_at IS NULL AND (claims > 0 OR available_at <= now())"
FOLLOWED = "follow-me-through-everything"
PORTS = ("API_METRICS_PORT", "STREAM_METRICS_PORT", "RELAY_METRICS_PORT", "WORKER_METRICS_PORT")
QUESTION, COMMENT, REPLY = "¿Plantada-pregunta?", "Plantado-comentario", "Plantada-respuesta"


@dataclass(frozen=True)
class FollowedSystem:
    """What happened in the system, and whom it reached."""

    processes: Processes
    logs: Path
    shop: StoreFixture
    tokens: list[str]
    mail: MailServer
    receiver: Receiver
    message_id: str

    def port(self, setting: str) -> str:
        return self.processes.environment[setting]

    def lines(self, name: str) -> list[str]:
        return (self.logs / f"{name}.log").read_text(encoding="utf-8").splitlines()

    def events(self, name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines(name) if line.startswith("{")]


class Person:
    """Someone signed in, whose calls name their request."""

    def __init__(self, api: str, user: object) -> None:
        self.token = token_of(api, user)
        self._client = Client(api, str(user), token=self.token)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        answer = self._client.call(method, path, json=body, headers={"X-Request-ID": FOLLOWED})
        assert 200 <= answer.status_code < 300, answer.text
        assert answer.headers["X-Request-ID"] == FOLLOWED
        return answer.json if answer.data else None


@pytest.fixture(scope="module")
def followed(
    module_processes: Processes, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FollowedSystem]:
    """A question of another service, rated, answered by support, and announced by every channel."""
    processes = module_processes
    databases.restore_template(processes.environment["DATABASE_URL"])
    mail = MailServer()
    mail.start()
    with receiving() as receiver:
        extra_settings = {"SMTP_URL": mail.url, "EMAIL_GRACE_SECONDS": "0"}
        extra_settings |= {"WEBHOOK_ALLOW_LOOPBACK": "true", "WEBHOOK_PORTS": ""}
        db = Database(processes.environment["DATABASE_URL"])
        processes.start(
            system.api(), system.relay(), system.worker(beat=True), system.stream(), **extra_settings
        )
        yield _play(processes, db, mail, receiver)
    mail.stop()


def _play(processes: Processes, db: Database, mail: MailServer, receiver: Receiver) -> FollowedSystem:
    shop, staff = db.shop(units=1), db.support()
    api = processes.api_url
    seller, admin, support = Person(api, shop.seller), Person(api, shop.admin), Person(api, staff)
    question, message_id = new_id(), f"sent-{new_id()}"
    _send_question(processes, shop, str(question), message_id)
    until(lambda: db.count("questions", "id = :id", id=question))
    admin.call("POST", "/v1/webhooks", {"url": receiver.url, "events": ["ticket.support_replied"]})
    listener = Listener(processes.stream_url, admin.token)
    until(listener.names)
    for asked_of in (question, db.question(shop)):
        seller.call("PUT", f"/v1/questions/{asked_of}/rating", {"verdict": "incorrect", "comment": COMMENT})
        until(lambda: not db.count("outbox", AT_WORK))
    ticket = admin.call("GET", "/v1/tickets")["items"][0]["id"]
    support.call("POST", f"/v1/tickets/{ticket}/messages", {"body": REPLY})
    until(lambda: receiver.received and mail.behaviour.received and listener.notifications())
    until(lambda: not db.count("outbox", AT_WORK))
    until(lambda: not db.count("email_deliveries", "outcome IN ('waiting', 'sending')"))
    until(lambda: not db.count("webhook_deliveries", "outcome IN ('waiting', 'sending')"))
    # A consumer that cannot read its event, and quotes it.
    db.execute(
        "INSERT INTO outbox (consumer, event, payload) VALUES ('questions.import', 'question.received',"
        " jsonb_build_object('message', jsonb_build_object('id', CAST(:text AS text))))",
        text=COMMENT,
    )
    until(lambda: db.count("outbox", "dead_at IS NOT NULL"))
    requests.get(f"{api}/v1/tickets/not-an-id", timeout=10)
    logs = processes["api"].log.parent
    until(lambda: "jobs_done" in (logs / "worker.log").read_text(encoding="utf-8"))
    tokens = [person.token for person in (seller, admin, support)]
    followed = FollowedSystem(processes, logs, shop, tokens, mail, receiver, message_id)
    until(lambda: value(followed.port("STREAM_METRICS_PORT"), "botmeni_streams_connected") == 1)
    listener.close()
    return followed


def _send_question(processes: Processes, shop: StoreFixture, question: str, message_id: str) -> None:
    message = {
        "id": question,
        "store_id": str(shop.id),
        "origin": "history",
        "text": QUESTION,
        "answer": "Sí.",
        "asked_at": "2026-11-20T10:30:00Z",
    }
    with Celery(broker=processes.environment["REDIS_URL"], set_as_current=False) as other_service:
        other_service.send_task("questions.record", args=[message], queue="inbound", task_id=message_id)


@pytest.fixture(scope="module")
def scraped(followed: FollowedSystem) -> Scrape:
    """All four processes' samples together."""
    together: Scrape = {}
    for setting in PORTS:
        for name, labels in scrape(followed.port(setting)).items():
            known = together.setdefault(name, {})
            for label, values in labels.items():
                known[label] = known.get(label, set()) | values
    return together


@pytest.mark.parametrize("expression", list(expressions()))
def test_what_an_expression_asks_for_is_there(scraped: Scrape, expression: str):
    assert not [lack for selector in asked(expression) for lack in missing(selector, scraped)]


@pytest.mark.parametrize(
    "expression",
    [
        "botmeni_jobs_finished_total",
        'botmeni_jobs_total{shop="x"}',
        'botmeni_outbox_jobs{state="lost"}',
        "sum by (color) (botmeni_outbox_jobs)",
    ],
)
def test_a_planted_mistake_is_found(scraped: Scrape, expression: str):
    assert [lack for selector in asked(expression) for lack in missing(selector, scraped)]


def test_what_happened_was_counted(followed: FollowedSystem):
    workers, api = followed.port("WORKER_METRICS_PORT"), followed.port("API_METRICS_PORT")
    assert value(workers, "botmeni_quota_decisions_total", outcome="granted") == 1
    assert value(workers, "botmeni_quota_decisions_total", outcome="quota_exhausted") == 1
    assert value(workers, "botmeni_deliveries_total", channel="webhook", outcome="sent") == 1
    stream = followed.port("STREAM_METRICS_PORT")
    assert value(stream, "botmeni_http_request_seconds_count", route="/v1/stream", status="200") == 1
    emails = value(workers, "botmeni_deliveries_total", channel="email", outcome="sent")
    assert emails == len(followed.mail.behaviour.received)
    dead = value(workers, "botmeni_jobs_total", consumer="questions.import", outcome="dead")
    left = {"consumer": "questions.import", "state": "dead"}
    assert dead == value(followed.port("RELAY_METRICS_PORT"), "botmeni_outbox_jobs", **left) == 1
    route = "/v1/questions/<uuid:question_id>/rating"
    assert value(api, "botmeni_http_request_seconds_count", method="PUT", route=route, status="202") == 2


def test_each_metrics_port_is_its_own_and_the_api_shows_none(followed: FollowedSystem):
    assert len({followed.port(setting) for setting in PORTS}) == len(PORTS)
    assert "botmeni_" not in requests.get(f"{followed.processes.api_url}/metrics", timeout=10).text


@pytest.mark.parametrize(
    ("name", "event", "consumers"),
    [
        ("api", "request", []),
        ("relay", "jobs_handed_out", ["quota.check", "tickets.open", "notifier.fan_out", "notifier.deliver"]),
        ("worker", "jobs_done", ["quota.check", "tickets.open", "notifier.fan_out", "notifier.deliver"]),
        ("worker", "email_tried", []),
        ("worker", "webhook_called", []),
    ],
)
def test_one_id_leads_through_every_hop(
    followed: FollowedSystem, name: str, event: str, consumers: list[str]
):
    found = [
        line
        for line in followed.events(name)
        if line["event"] == event
        and FOLLOWED in (line.get("correlation_id"), *line.get("correlation_ids", ()))
    ]
    assert found
    assert set(consumers) <= {line.get("consumer") for line in found}


def test_the_id_reaches_who_is_written_to(followed: FollowedSystem):
    assert {call.headers["x-request-id"] for call in followed.receiver.received} == {FOLLOWED}
    named = {message["X-Request-ID"] for _, message in followed.mail.behaviour.received}
    assert named == {FOLLOWED}


def test_a_message_of_another_service_goes_by_the_id_it_was_sent_under(followed: FollowedSystem):
    lines = followed.events("worker")
    seen = {line["event"] for line in lines if line.get("correlation_id") == followed.message_id}
    assert {"message_received", "jobs_done"} <= seen
    assert followed.message_id in "".join(followed.lines("relay"))


def test_no_log_holds_text_addresses_or_tokens(followed: FollowedSystem):
    logged = "\n".join(line for name in ("api", "relay", "worker", "stream") for line in followed.lines(name))
    planted = [QUESTION, COMMENT, REPLY, "@example.org", "Persona ", followed.receiver.url, *followed.tokens]
    # As JSON may write them, too.
    escaped = [json.dumps(text)[1:-1] for text in planted]
    assert "jobs_done" in logged
    assert not [text for text in {*planted, *escaped} if text in logged]


@pytest.mark.parametrize("name", ["api", "relay", "worker", "stream"])
def test_every_line_is_json(followed: FollowedSystem, name: str):
    lines = followed.lines(name)
    # Celery warns of being root, in words, before there are logs.
    first = next(number for number, line in enumerate(lines) if line.startswith("{"))
    assert name == "worker" or first == 0
    for line in lines[first:]:
        assert {"event", "level", "timestamp"} <= json.loads(line).keys()
