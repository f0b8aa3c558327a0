"""The faults: each is begun, lasts a while, and ends; all by the dice of the run's seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
import redis

from tests.faults.trial.system import TrialSystem

Act = Callable[[TrialSystem], Any]
POISON = "poison.of_the_trial"
"""Name of an event that no release knows: its row is to end dead, and no other."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`begin`, wait `seconds`, `end`. `impossible` says why it cannot be done here, or nothing."""

    name: str
    begin: Act
    end: Act
    seconds: float
    impossible: Callable[[TrialSystem], str] = lambda _: ""


def _nothing(_: TrialSystem) -> None:
    """It ends by itself."""


def killed(name: str) -> Fault:
    """`kill -9` of a process and all it started."""

    def kill(system: TrialSystem) -> None:
        system.down.add(name)
        system.children[name].kill()

    def start(system: TrialSystem) -> None:
        system.down.discard(name)
        system.children[name].start()

    return Fault(f"kill -9 {name}", kill, start, 0.5)


def _redis(system: TrialSystem, *command: str) -> None:
    with redis.Redis.from_url(system.redis.url) as client:
        client.execute_command(*command)


def _cut_connections(system: TrialSystem) -> None:
    with system.connection() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'botmeni-tickets'"
        )


def locked(table: str, dice: random.Random) -> Fault:
    """A table that somebody holds, for longer than a statement waits for a lock."""
    held: list[psycopg.Connection[Any]] = []

    def hold(system: TrialSystem) -> None:
        connection = system.connection()
        held.append(connection)
        connection.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")

    def let_go(_: TrialSystem) -> None:
        held.pop().close()

    return Fault(f"{table} locked", hold, let_go, dice.uniform(5.5, 7))


def _end_periods(system: TrialSystem) -> None:
    """Have every present period end now.

    No clock is moved: all processes and PostgreSQL would have to agree on another one. What a period sees of
    time is its end, so that is moved instead, to this moment; the next one begins where it ended.
    """
    with system.connection() as connection:
        connection.execute(
            "UPDATE quota_periods SET ends_at = now() WHERE ends_at > now() AND starts_at < now()"
        )


def poison(system: TrialSystem) -> None:
    """A job that nobody can do."""
    with system.connection() as connection:
        connection.execute(
            "INSERT INTO outbox (consumer, event, payload) VALUES ('tickets.open', %s, '{}')", [POISON]
        )


def _link(name: str, act: str, *rest: float) -> Act:
    return lambda system: getattr(system.links[name], act)(*rest)


def _no_room(system: TrialSystem) -> str:
    return (
        ""
        if system.object_folder.can_fill
        else "root could write all the same, and nothing may be mounted here"
    )


def every_fault(system: TrialSystem, dice: random.Random) -> list[Fault]:
    """One of each kind, in the dice's order."""

    def a_while(most: float = 3) -> float:
        return dice.uniform(1, most)

    faults = [
        *(killed(name) for name in system.children),
        Fault("redis stopped", lambda s: s.redis.stop(), lambda s: s.redis.start(), a_while()),
        Fault(
            "redis paused", lambda s: s.redis.process.pause(), lambda s: s.redis.process.resume(), a_while(6)
        ),
        Fault("redis restarted empty", lambda s: s.redis.restart(empty=True), _nothing, 0),
        Fault(
            "redis out of memory",
            lambda s: _redis(s, "CONFIG", "SET", "maxmemory", "1"),
            lambda s: _redis(s, "CONFIG", "SET", "maxmemory", "0"),
            a_while(),
        ),
        Fault("postgresql restarted", lambda s: s.postgres.restart(), _nothing, 0),
        Fault(
            "postgresql killed", lambda s: s.postgres.process.kill(), lambda s: s.postgres.start(), a_while(3)
        ),
        Fault("connections cut", _cut_connections, _cut_connections, 0.5),
        locked(dice.choice(["quota_periods", "tickets", "outbox", "notifications"]), dice),
        Fault(
            "storage full",
            lambda s: s.object_folder.fill(),
            lambda s: s.object_folder.free(),
            a_while(),
            _no_room,
        ),
        Fault("period over", _end_periods, _nothing, 0),
        Fault("poisoned job", poison, _nothing, 0),
    ]
    for name in system.links:
        faults += [
            Fault(f"{name} network cut", _link(name, "cut"), _link(name, "mend"), a_while()),
            Fault(f"{name} network frozen", _link(name, "freeze"), _link(name, "mend"), a_while(5)),
            Fault(f"{name} network slow", _link(name, "slow", 0.03), _link(name, "mend"), a_while()),
        ]
    dice.shuffle(faults)
    return faults
