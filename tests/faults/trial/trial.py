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

from tests.faults.checks.facts import Facts, read
from tests.faults.trial.faults import Fault, every_fault
from tests.faults.trial.history import History
from tests.faults.trial.pace import Pace
from tests.faults.trial.participants import Participant, everyone, make_participants
from tests.faults.trial.retrying_client import RetryingClient
from tests.faults.trial.settling import settle, sweep
from tests.faults.trial.stream_listener import StreamListener
from tests.faults.trial.system import TrialSystem
from tests.faults.trial.users import Users
from tests.support.clients.http import token_of
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
    listeners: list[StreamListener] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    seconds: Counter[str] = field(default_factory=Counter)

    def facts(self, system: TrialSystem) -> Facts:
        """What is there now."""
        with system.connection() as connection:
            return self.facts_by(connection, system)

    def facts_by(self, connection: psycopg.Connection[Any], system: TrialSystem) -> Facts:
        """What is there as `connection` sees it."""
        return read(connection, system.object_folder.objects(), system.mail, self.listeners)


def run(system: TrialSystem, seed: int, operations: int, most_faults: int | None = None) -> Trial:
    """Play a seed. Must be called in the thread that started the system."""
    trial, pace, over = Trial(seed), Pace(), threading.Event()
    participants = make_participants(system.db, CLIENTS, operations // CLIENTS // 2)
    tokens = _tokens(system, participants)
    listening = [participants[0].shop.admin, participants[1].shop.manager, participants[0].support[0]]
    trial.listeners = [
        StreamListener(system.stream_url, str(person), tokens[str(person)]) for person in listening
    ]
    for listener in trial.listeners:
        assert listener.ready.wait(30), "the stream greets nobody"
    callers = [RetryingClient(system.api_url, tokens, trial.history, over) for _ in participants]
    clients = [
        Users(participant, caller, seed, operations // CLIENTS, pace)
        for participant, caller in zip(participants, callers, strict=True)
    ]
    faults = every_fault(system, random.Random(seed))[:most_faults]
    began = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as threads:
        try:
            working = [threads.submit(client.run) for client in clients]
            _play(system, trial, faults, operations, pace)
            _bring_back(system, trial)
            trial.seconds["load"] = int(time.monotonic() - began)
            _finish(system, trial, working)
        finally:
            pace.end()
            over.set()
    for caller in callers:
        caller.close()
    _drain(system, trial)
    return trial


def _play(system: TrialSystem, trial: Trial, faults: list[Fault], operations: int, pace: Pace) -> None:
    """Each fault meets its share of the operations; the next comes when most of those are done."""
    for number, fault in enumerate(faults, 1):
        reason = fault.impossible(system)
        if reason:
            trial.skipped.append(f"{fault.name}: {reason}")
            continue
        share = operations * number // len(faults)
        pace.allow(share)
        fault.begin(system)
        _watch(system, trial.history, fault.seconds)
        fault.end(system)
        trial.done.append(f"{fault.name} at {len(trial.history)}")
        _watch(system, trial.history, _CATCH_UP_SECONDS, share - CLIENTS)
    # Some clients take a step or two more than their share.
    pace.allow(2 * operations)


def _watch(system: TrialSystem, history: History, seconds: float, enough: int | None = None) -> None:
    """Look after the processes for so long, or until `enough` operations were done."""

    def done() -> bool:
        system.look_after()
        return enough is not None and len(history) > enough

    within(seconds, done)


def _bring_back(system: TrialSystem, trial: Trial) -> None:
    for link in system.links.values():
        link.mend()
    system.object_folder.free()
    try:
        system.wait_until_ready()
    except AssertionError as error:
        trial.problems.append(f"does not come back: {error}")


def _finish(system: TrialSystem, trial: Trial, working: list[Future[None]]) -> None:
    """All operations get their answer now that nothing is wrong any more."""

    def answered() -> bool:
        system.look_after()
        return all(done.done() for done in working)

    if not within(60, answered):
        trial.problems.append("operations without an answer after all faults were over")
        return
    for done in working:
        done.result()


def _drain(system: TrialSystem, trial: Trial) -> None:
    began = time.monotonic()
    if not settle(system):
        trial.problems.append("jobs left after all faults were over")
    sweep(system)
    with suppress(AssertionError):  # the checker names what is missing
        until(lambda: all(_has_received_all(system, listener) for listener in trial.listeners), 15)
    for listener in trial.listeners:
        listener.close()
    trial.seconds["drain"] = int(time.monotonic() - began)


def _has_received_all(system: TrialSystem, listener: StreamListener) -> bool:
    return len(listener.received) >= system.db.count(
        "notifications", "person_id = :person", person=listener.person
    )


def _tokens(system: TrialSystem, participants: list[Participant]) -> dict[str, str]:
    people = sorted(map(str, everyone(participants)))
    return {person: token_of(system.api_url, person) for person in people}
