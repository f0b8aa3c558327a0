"""The programs of `docs/examples/queues` against the running system, as they are printed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import redis

from deploy.local.processes import catalogue as system
from shared.db.transactions import transaction
from shared.messaging import events
from shared.messaging.events import Event
from shared.messaging.outbox.publish import publish
from tests.integration.messaging.broker.raw_messages import question, rating
from tests.support.configured import configured
from tests.support.factories.database import Database
from tests.support.waiting import until

EXAMPLES = Path(__file__).parents[4] / "docs" / "examples" / "queues"
SUBSCRIPTIONS = "ticket.closed=analytics, ticket.opened=analytics"
CELERY = "--app receive_with_celery worker --queues analytics --without-gossip --without-mingle"


def _environment(redis_url: str) -> dict[str, str]:
    # Nothing of ours: what another service has.
    return {"REDIS_URL": redis_url, "PATH": os.environ["PATH"], "PYTHONUTF8": "1"}  # noqa: TID251 - not a setting


@pytest.fixture
def send(redis_url: str) -> Callable[..., None]:
    """Runs one of the senders with a message on its standard input."""

    def run(program: str, name: str, message: Any, url: str = redis_url) -> None:
        subprocess.run(
            [sys.executable, str(EXAMPLES / program), name],
            input=json.dumps(message).encode(),
            env=_environment(url),
            check=True,
            timeout=60,
        )

    return run


@contextmanager
def receiving(redis_url: str, folder: Path, *arguments: str) -> Iterator[Callable[[], list[Any]]]:
    """Runs a receiver; gives what it has printed, as messages. It is killed at the end."""
    printed = folder / f"{uuid4()}.out"
    with printed.open("wb") as output, (folder / "receiver.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=EXAMPLES,
            env=_environment(redis_url),
            stdout=output,
            stderr=log,
        )
        try:
            yield lambda: [json.loads(line) for line in printed.read_text().splitlines() if line[:1] == "{"]
        finally:
            process.kill()
            process.wait()


def publish_events(*published: Event) -> None:
    """Publish events as our services do."""
    with configured(subscriptions=SUBSCRIPTIONS), transaction() as session:
        publish(session, published)


def opened(number: int) -> events.TicketOpened:
    return events.TicketOpened(store_id=uuid4(), ticket_id=uuid4(), number=number, actor_id=uuid4())


@pytest.mark.parametrize("program", ["send_with_celery.py", "send_with_redis.py"])
def test_each_message_can_be_sent(program, processes, db: Database, send):
    processes.start(system.relay(), system.worker())
    shop = db.shop()
    plan = db.one("SELECT plan_code FROM stores WHERE id = :id", id=shop.id)
    store = {
        "id": str(uuid4()),
        "name": "Percha Lunar",
        "plan_code": plan,
        "time_zone": "America/Bogota",
        "subscribed_on": "2026-01-15",
    }
    seller: dict[str, Any] = {
        "id": str(uuid4()),
        "name": "Ana",
        "email": "ana@percha.example",
        "roles": ["administrador"],
    }
    send(program, "stores.sync", {"store": store, "people": [seller], "sent_at": "2026-01-20T12:00:00Z"})
    until(lambda: db.count("people", "id = :id", id=seller["id"]) == 1)
    asked = question(store["id"])
    send(program, "questions.record", asked)
    send(program, "ratings.record", rating(asked["id"], seller["id"]))
    until(lambda: db.all("SELECT verdict, outcome FROM ratings") == [("incorrect", "ticketed")])
    until(lambda: db.count("outbox") == 0)


@pytest.mark.parametrize(
    "arguments",
    [["receive_with_redis.py", "analytics"], ["-m", "celery", *CELERY.split(), "--concurrency=1"]],
    ids=["redis", "celery"],
)
def test_events_are_received(arguments, processes, db: Database, redis_url, tmp_path):
    processes.start(system.relay(), SUBSCRIPTIONS=SUBSCRIPTIONS)
    published = [opened(1), opened(2)]
    closed = events.TicketClosed(
        store_id=uuid4(), ticket_id=uuid4(), number=3, actor_id=uuid4(), cause="tone", resolution="Otro tono"
    )
    publish_events(*published, closed)
    with receiving(redis_url, tmp_path, *arguments) as received:
        until(lambda: len(received()) == 3)
        messages = sorted(received(), key=lambda message: message["data"]["number"])
    assert [message["event"] for message in messages] == ["ticket.opened"] * 2 + ["ticket.closed"]
    assert [message["store_id"] for message in messages[:2]] == [str(event.store_id) for event in published]
    assert (messages[2]["data"]["cause"], messages[2]["data"]["resolution"]) == ("tone", "Otro tono")
    until(lambda: db.count("outbox", "consumer LIKE 'external.%'") == 0)


def test_a_receiver_that_was_killed_finds_what_it_had_begun(processes, db: Database, redis_url, tmp_path):
    publish_events(opened(1))
    processes.start(system.relay(), SUBSCRIPTIONS=SUBSCRIPTIONS)
    with redis.Redis.from_url(redis_url) as client:
        until(lambda: client.llen("analytics") == 1)
        client.lmove("analytics", "analytics.taken", "RIGHT", "LEFT")
        with receiving(redis_url, tmp_path, "receive_with_redis.py", "analytics") as received:
            until(lambda: len(received()) == 1)
            until(lambda: client.llen("analytics.taken") == 0)


def test_the_access_that_the_guide_gives_is_enough_and_no_more(
    processes, db: Database, send, redis_url, tmp_path
):
    guide = (EXAMPLES.parents[1] / "queues.md").read_text(encoding="utf-8")
    users = re.findall(r"(?m)^ACL SETUSER (\w+) (.+)$", guide)
    assert [name for name, _ in users] == ["answers", "analytics"]
    publish_events(opened(1))
    with redis.Redis.from_url(redis_url) as client:
        try:
            for name, rules in users:
                client.execute_command("ACL", "SETUSER", name, *rules.split())
            send("send_with_redis.py", "questions.record", {}, url=_as(redis_url, "answers"))
            assert client.llen("inbound") == 1
            with redis.Redis.from_url(_as(redis_url, "answers")) as sender:
                with pytest.raises(redis.exceptions.NoPermissionError):
                    sender.rpop("inbound")
                with pytest.raises(redis.exceptions.NoPermissionError):
                    sender.lpush("quota", "x")
            processes.start(system.relay(), SUBSCRIPTIONS=SUBSCRIPTIONS)
            url = _as(redis_url, "analytics")
            with receiving(url, tmp_path, "receive_with_redis.py", "analytics") as received:
                until(lambda: len(received()) == 1)
        finally:
            client.execute_command("ACL", "DELUSER", *(name for name, _ in users))


def _as(redis_url: str, user: str) -> str:
    return redis_url.replace("redis://", f"redis://{user}:SECRET@")
