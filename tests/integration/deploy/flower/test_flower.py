"""The real Flower beside real traffic: closed without credentials, ids only, and it remembers."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import redis
import requests

from deploy.local.options import ROOT
from deploy.local.processes import catalogue as system
from shared.messaging.routes import Queue
from tests.support.clients.http import Client
from tests.support.clients.load import rate_all, wait_until_settled
from tests.support.factories.database import Database, StoreFixture
from tests.support.processes.running import Processes
from tests.support.waiting import until

NAME, WORDS = "Zoraida Colibri", "secretisimo"


class Watch:
    """Everything any client sends to Redis, as MONITOR shows it."""

    def __init__(self, url: str) -> None:
        self.commands: list[str] = []
        self._client = redis.Redis.from_url(url)
        self._stopping = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        self._ready.wait(10)

    def _listen(self) -> None:
        with self._client.monitor() as monitor:  # type: ignore[no-untyped-call] # redis-py leaves it untyped
            self._ready.set()
            while not self._stopping.is_set():
                self.commands.append(str(monitor.next_command()["command"]))

    def stop(self, url: str) -> str:
        """All commands that were seen."""
        self._stopping.set()
        with redis.Redis.from_url(url) as client:
            client.ping()  # the last command it sees
        self._thread.join(10)
        self._client.close()
        return "\n".join(self.commands)


@pytest.fixture
def running(processes: Processes) -> Processes:
    processes.start(system.api(), system.relay(), system.worker(beat=True), system.flower())
    return processes


@pytest.fixture
def shop(db: Database) -> StoreFixture:
    shop = db.shop()
    db.execute("UPDATE people SET name = :name WHERE id = :id", name=NAME, id=shop.admin)
    return shop


@pytest.fixture
def flower(running: Processes) -> Iterator[requests.Session]:
    """Signed in."""
    with requests.Session() as session:
        user, _, password = running.environment["FLOWER_BASIC_AUTH"].partition(":")
        session.auth = (user, password)
        yield session


def address(running: Processes, path: str) -> str:
    return f"http://127.0.0.1:{running.environment['FLOWER_PORT']}{path}"


def traffic(running: Processes, db: Database, shop: StoreFixture) -> None:
    """Ratings with a comment, and a ticket with a message."""
    questions = db.questions(shop, 5, text=WORDS, answer=WORDS)
    rate_all(running.api_url, shop.admin, questions)
    client = Client(running.api_url, shop.admin)
    client.post_ok("/v1/tickets", {"body": f"Dice {WORDS}", "verdict": "incorrect"})
    client.close()
    wait_until_settled(db)


def tasks(running: Processes, flower: requests.Session) -> dict[str, Any]:
    answer = flower.get(address(running, "/api/tasks"), timeout=10)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def done(running: Processes, flower: requests.Session) -> set[str]:
    """Names of the tasks Flower saw succeed."""
    return {task["name"] for task in tasks(running, flower).values() if task["state"] == "SUCCESS"}


def test_without_credentials_it_shows_nothing(running: Processes):
    for path in ("/", "/workers", "/tasks", "/broker", "/api/tasks", "/api/workers"):
        assert requests.get(address(running, path), timeout=10).status_code == 401
        wrong = requests.get(address(running, path), auth=("botmeni", "wrong"), timeout=10)
        assert wrong.status_code == 401


def test_real_traffic_is_seen_by_name_queue_and_ids_alone(
    running: Processes, flower: requests.Session, db: Database, shop: StoreFixture, redis_url: str
):
    watch = Watch(redis_url)
    traffic(running, db, shop)
    expected = {"quota.check", "tickets.open", "notifier.fan_out"}
    until(lambda: expected <= done(running, flower))
    messages = watch.stop(redis_url)
    assert "quota.check" in messages
    for secret in (NAME, WORDS, "Revisar"):
        assert secret not in messages
        assert secret not in str(tasks(running, flower))
    seen = [task for task in tasks(running, flower).values() if task["name"] == "quota.check"]
    assert all(task["args"].strip("([,])").replace(", ", "").isdigit() for task in seen)
    assert {task["routing_key"] for task in seen if task["routing_key"]} <= {"quota"}
    page = flower.get(address(running, "/tasks"), timeout=10).text
    assert "Routing Key" in page


def test_it_knows_the_workers_and_their_queues(running: Processes, flower: requests.Session):
    def reported() -> Any:
        # What is asked before the worker has subscribed to questions, nobody answers.
        workers = flower.get(address(running, "/api/workers?refresh=1"), timeout=30).json()
        return workers.get("worker@botmeni", {}).get("active_queues")

    queues = {queue["name"] for queue in until(reported)}
    assert queues == {queue.value for queue in Queue}
    page = flower.get(address(running, "/broker"), timeout=10)
    assert page.status_code == 200
    assert {name for name in queues if f">{name}<" in page.text} == queues


def test_it_may_watch_and_nothing_else(running: Processes, flower: requests.Session):
    worker = "worker@botmeni"
    for path in (f"/api/worker/shutdown/{worker}", "/api/task/async-apply/quota.check"):
        answer = flower.post(address(running, path), json={"args": []}, timeout=10)
        assert answer.status_code == 403
    until(lambda: running["worker"].running)


def test_what_it_saw_outlives_it(
    running: Processes, flower: requests.Session, db: Database, shop: StoreFixture
):
    traffic(running, db, shop)
    until(lambda: "tickets.open" in done(running, flower))
    seen = set(tasks(running, flower))
    running["flower"].stop()
    running.start(system.flower())
    assert seen <= set(tasks(running, flower))


@pytest.mark.parametrize(
    "extra_settings",
    [
        {"FLOWER_BASIC_AUTH": ""},
        {"FLOWER_BASIC_AUTH": "botmeni"},
        {"FLOWER_BASIC_AUTH": "botmeni:short"},
        {"FLOWER_BASIC_AUTH": "botmeni:long-enough-password,open:"},
        {"FLOWER_BASIC_AUTH": "botmeni:long-enough-password", "FLOWER_UNAUTHENTICATED_API": "true"},
    ],
)
def test_it_does_not_start_without_sign_in(extra_settings: dict[str, str]):
    started = subprocess.run(
        [sys.executable, "-m", "deploy.flower"],
        cwd=ROOT,
        env={**os.environ, **extra_settings},  # noqa: TID251 - passed on
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert started.returncode == 1
    assert started.stderr.startswith("Flower was not started. FLOWER_")
