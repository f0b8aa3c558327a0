"""Two thousand people with the page open: from a reply's commit to its arrival, and through a restart."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from deploy.local.host.child import Child
from deploy.local.processes import catalogue as system
from tests.performance.harness import BenchEngines, bench_engines
from tests.performance.listeners import Listeners
from tests.performance.options import Options
from tests.performance.people_sql import STORES_AND_PEOPLE
from tests.performance.report import Result, percentile
from tests.support.clients.http import Client, token_of

SIZE = 2_000
SHORT = 20

_PER_STORE = 10
_REPLIES_A_MINUTE = 200
_WHILE_DOWN = 20
_READY_SECONDS = 60
_PATIENCE_SECONDS = 30

_WORLD = (
    STORES_AND_PEOPLE
    + """
    INSERT INTO tickets (id, store_id, number, kind, verdict, status, opened_by, created_at, last_activity_at)
    SELECT md5('ticket' || s || '-' || n)::uuid, md5('store' || s)::uuid, n, 'generic', 'incorrect', 'open',
        md5('support')::uuid, now(), now()
    FROM generate_series(1, %(stores)s) s, generate_series(1, 2) n;
"""
)


def run(options: Options) -> Result:
    """Connect everyone, reply to one ticket of every store within a minute, then restart the stream."""
    stores = max(1, options.size // _PER_STORE)
    result = Result("stream", {"people connected": stores * _PER_STORE, "replies": stores})
    with bench_engines() as here:
        with here.connect() as connection:
            connection.execute(_WORLD % {"stores": stores, "each": _PER_STORE})
        with _system(here) as (environment, children):
            asyncio.run(_measure(result, stores, environment, children))
    return result


@contextmanager
def _system(here: BenchEngines) -> Iterator[tuple[dict[str, str], dict[str, Child]]]:
    environment = here.environment(here.postgres.database)
    started = {
        process.name: (process, process.child(environment, log=here.folder / f"{process.name}.log"))
        for process in (system.api(), system.relay(), system.worker(), system.stream())
    }
    children = {name: child for name, (_, child) in started.items()}
    try:
        for child in children.values():
            child.start()
        for process, child in started.values():
            child.wait_until(partial(process.is_ready, environment), _READY_SECONDS)
        yield environment, children
    finally:
        for child in children.values():
            child.stop()


async def _measure(
    result: Result, stores: int, environment: dict[str, str], children: dict[str, Child]
) -> None:
    address = f"http://127.0.0.1:{environment['PORT']}"
    users = [f"{store}-{person}" for store in range(1, stores + 1) for person in range(1, _PER_STORE + 1)]
    tokens = await asyncio.to_thread(_tokens, address, users)
    support = (await asyncio.to_thread(_tokens, address, ["support"]))[0]
    listeners = Listeners(environment["STREAM_URL"], tokens)
    empty = _memory(children["stream"])
    began = time.perf_counter()
    await listeners.connect()
    result.add("everyone connected after", "s", time.perf_counter() - began)
    result.add("memory for each connection", "KiB", (_memory(children["stream"]) - empty) / len(tokens))

    sent = await _reply_to(address, support, stores, 1, 60 / _REPLIES_A_MINUTE)
    await _all_received(listeners, sent)
    waits = [1000 * (at - moment) for ticket, moment in sent.items() for at in listeners.received[ticket]]
    for percent in (50, 99, 100):
        result.add(f"commit to arrival: p{percent}", "ms", percentile(waits, percent))
    result.add("arrivals", "", len(waits))

    children["stream"].kill()
    await listeners.leave()
    while_down = await _reply_to(address, support, min(stores, _WHILE_DOWN), 2, 0)
    children["stream"].start()
    children["stream"].wait_until(partial(system.stream().is_ready, environment), _READY_SECONDS)
    began = time.perf_counter()
    await listeners.connect()
    result.add("after a restart, everyone connected after", "s", time.perf_counter() - began)
    await _all_received(listeners, while_down)
    result.add("missed while it was down", "", 0)
    await listeners.leave()


async def _reply_to(address: str, token: str, stores: int, number: int, pause: float) -> dict[str, float]:
    """Support answers ticket `number` of each store; when each answer was committed (perf_counter)."""
    sent: dict[str, float] = {}
    with closing(Client(address, "", token=token)) as client:
        tickets: dict[str, int] = {}
        cursor: str | None = ""
        while cursor is not None:
            query = {"limit": 100} | ({"cursor": cursor} if cursor else {})
            page = await asyncio.to_thread(partial(client.read, "/v1/tickets", **query))
            tickets |= {item["id"]: item["number"] for item in page["items"]}
            cursor = page["next_cursor"]
        for ticket in [ticket for ticket, found in tickets.items() if found == number][:stores]:
            path = f"/v1/tickets/{ticket}/messages"
            await asyncio.to_thread(client.post_ok, path, {"body": "Ya está corregido."})
            sent[ticket] = time.perf_counter()
            await asyncio.sleep(pause)
    return sent


async def _all_received(listeners: Listeners, sent: dict[str, float]) -> None:
    """Wait until everyone of each store is notified. Raises `RuntimeError` naming how many have not."""
    deadline = time.perf_counter() + _PATIENCE_SECONDS
    while missing := [ticket for ticket in sent if len(listeners.received[ticket]) < _PER_STORE]:
        if time.perf_counter() > deadline:
            raise RuntimeError(f"{len(missing)} replies did not reach everyone")
        await asyncio.sleep(0.05)


def _tokens(address: str, users: Sequence[str]) -> list[str]:
    return [token_of(address, user) for user in users]


def _memory(child: Child) -> float:
    """Proportional set size in KiB of the child's whole family."""
    text = ""
    for process in [child.pid, *_descendants(child.pid)]:
        text += Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    return sum(float(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))


def _descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [found for child in map(int, children) for found in (child, *_descendants(child))]
