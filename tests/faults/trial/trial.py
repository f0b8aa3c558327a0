"""One run: everything started, clients at work, faults by a seed, all brought back, everything drained."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import psycopg
import requests

from tests.faults.checks.facts import Facts, read
from tests.faults.trial.faults import Fault, every_fault
from tests.faults.trial.history import History
from tests.faults.trial.pace import Pace
from tests.faults.trial.participants import Part, cast, everyone
from tests.faults.trial.retrying_client import Caller
from tests.faults.trial.settling import settle, sweep
from tests.faults.trial.stream_listener import Ear
from tests.faults.trial.system import Scene
from tests.faults.trial.users import Client
from tests.support.waiting import until, within

CLIENTS = 8
_CATCH_UP_SECONDS = 3
"""How long the next fault waits for the work: a process that was killed may still be starting."""


@dataclass(slots=True)
class Trial:
    """What a run left behind."""

    seed: int
    history: History = field(default_factory=History)
    done: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    ears: list[Ear] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    seconds: Counter[str] = field(default_factory=Counter)

    def facts(self, scene: Scene) -> Facts:
        """What is there now."""
        with scene.connection() as connection:
            return self.facts_by(connection, scene)

    def facts_by(self, connection: psycopg.Connection[Any], scene: Scene) -> Facts:
        """What is there as `connection` sees it."""
        return read(connection, scene.room.objects(), scene.mail, self.ears)


def run(scene: Scene, seed: int, operations: int, most_faults: int | None = None) -> Trial:
    """Play a seed. Must be called in the thread that made the scene."""
    trial, pace, over = Trial(seed), Pace(), threading.Event()
    parts = cast(scene.world, CLIENTS, operations // CLIENTS // 2)
    tokens = _tokens(scene, parts)
    heard = [parts[0].shop.admin, parts[1].shop.manager, parts[0].support[0]]
    trial.ears = [Ear(scene.stream_url, str(person), tokens[str(person)]) for person in heard]
    for ear in trial.ears:
        assert ear.ready.wait(30), "the stream greets nobody"
    callers = [Caller(scene.api_url, tokens, trial.history, over) for _ in parts]
    clients = [
        Client(part, caller, seed, operations // CLIENTS, pace)
        for part, caller in zip(parts, callers, strict=True)
    ]
    faults = every_fault(scene, random.Random(seed))[:most_faults]
    began = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as hands:
        try:
            working = [hands.submit(client.run) for client in clients]
            _play(scene, trial, faults, operations, pace)
            _bring_back(scene, trial)
            trial.seconds["load"] = int(time.monotonic() - began)
            _finish(scene, trial, working)
        finally:
            pace.end()
            over.set()
    for caller in callers:
        caller.close()
    _drain(scene, trial)
    return trial


def _play(scene: Scene, trial: Trial, faults: list[Fault], operations: int, pace: Pace) -> None:
    """Each fault meets its share of the operations; the next comes when most of those are done."""
    for number, fault in enumerate(faults, 1):
        reason = fault.impossible(scene)
        if reason:
            trial.skipped.append(f"{fault.name}: {reason}")
            continue
        share = operations * number // len(faults)
        pace.allow(share)
        fault.begin(scene)
        _watch(scene, trial.history, fault.seconds)
        fault.end(scene)
        trial.done.append(f"{fault.name} at {len(trial.history)}")
        _watch(scene, trial.history, _CATCH_UP_SECONDS, share - CLIENTS)
    # Some clients take a step or two more than their share.
    pace.allow(2 * operations)


def _watch(scene: Scene, history: History, seconds: float, enough: int | None = None) -> None:
    """Look after the processes for so long, or until `enough` operations were done."""

    def done() -> bool:
        scene.look_after()
        return enough is not None and len(history) > enough

    within(seconds, done)


def _bring_back(scene: Scene, trial: Trial) -> None:
    for link in scene.links.values():
        link.mend()
    scene.room.free()
    try:
        scene.wait_for_doors()
    except AssertionError as error:
        trial.problems.append(f"does not come back: {error}")


def _finish(scene: Scene, trial: Trial, working: list[Future[None]]) -> None:
    """All operations get their answer now that nothing is wrong any more."""

    def answered() -> bool:
        scene.look_after()
        return all(done.done() for done in working)

    if not within(60, answered):
        trial.problems.append("operations without an answer after all faults were over")
        return
    for done in working:
        done.result()


def _drain(scene: Scene, trial: Trial) -> None:
    began = time.monotonic()
    if not settle(scene):
        trial.problems.append("jobs left after all faults were over")
    sweep(scene)
    with suppress(AssertionError):  # the checker names what is missing
        until(lambda: all(_has_heard_all(scene, ear) for ear in trial.ears), 15)
    for ear in trial.ears:
        ear.close()
    trial.seconds["drain"] = int(time.monotonic() - began)


def _has_heard_all(scene: Scene, ear: Ear) -> bool:
    return len(ear.heard) >= scene.world.count("notifications", "person_id = :person", person=ear.person)


def _tokens(scene: Scene, parts: list[Part]) -> dict[str, str]:
    found = {}
    for person in sorted(map(str, everyone(parts))):
        answer = requests.post(f"{scene.api_url}/dev/login", json={"user": person}, timeout=10)
        found[person] = answer.json()["token"]
    return found
