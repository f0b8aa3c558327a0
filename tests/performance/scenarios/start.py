"""`make up`: seconds until it is ready, and the memory of every process, idle and after work."""

from __future__ import annotations

import subprocess
import time
from collections import defaultdict
from contextlib import closing, suppress

import psutil

from tests.performance.options import Options
from tests.performance.report import Result
from tests.support.clients.http import Client
from tests.support.clients.terminal import Terminal, terminal
from tests.support.waiting import until

SIZE = 20
SHORT = 2

_PATIENCE_SECONDS = 90
_SETTLED_SECONDS = 20.0
"""After these a worker's children have as a rule handled a heartbeat, and hold what they need for that."""
_USER = "diego"  # of a store without limit
_MEBIBYTE = 1024 * 1024

Memory = dict[str, float]
"""MiB by kind of process: proportional set size, so that what processes share is counted once."""


def run(options: Options) -> Result:
    """A first start on an empty folder, `options.repeat` more, each idle and after some ratings."""
    result = Result("start", {"ratings": options.size, "memory": "PSS"})
    with terminal() as here:
        result.add("first start, empty data folder", "s", _once(here, options)[0])
        seconds, idle, after = zip(*(_once(here, options) for _ in range(options.repeat)), strict=True)
    result.add("a later start", "s", *seconds)
    for name in sorted(idle[0]):
        result.add(f"{name}: idle", "MiB", *(memory[name] for memory in idle))
        result.add(f"{name}: after work", "MiB", *(memory[name] for memory in after))
    result.add("all: idle", "MiB", *(sum(memory.values()) for memory in idle))
    result.add("all: after work", "MiB", *(sum(memory.values()) for memory in after))
    return result


def _once(here: Terminal, options: Options) -> tuple[float, Memory, Memory]:
    """Seconds until ready, and the memory before and after work."""
    here.screen.unlink(missing_ok=True)
    began = time.perf_counter()
    program = here.start()
    try:
        _wait(here, program)
        seconds = time.perf_counter() - began
        time.sleep(options.seconds(_SETTLED_SECONDS))
        idle = _memory(program)
        _work(here.api, options.size)
        return seconds, idle, _memory(program)
    finally:
        program.terminate()
        program.wait(30)


def _wait(here: Terminal, program: subprocess.Popen[bytes]) -> None:
    until(lambda: "Ready in" in here.shown() or program.poll() is not None, _PATIENCE_SECONDS)
    if program.poll() is not None:
        raise RuntimeError(f"It did not start.\n{here.shown()}")


def _work(address: str, ratings: int) -> None:
    """Rate answers, and wait until each has its ticket."""
    with closing(Client(address, _USER)) as client:
        questions = [item["id"] for item in client.read("/v1/questions", limit=ratings)["items"]]
        for question in questions:
            client.rate_ok(question, comment="No es así.")
        paths = [f"/v1/questions/{question}" for question in questions]
        until(lambda: all(client.read(path)["rating"]["ticket"] for path in paths), _PATIENCE_SECONDS)


def _memory(program: subprocess.Popen[bytes]) -> Memory:
    """By what the command line says a process is; those that end meanwhile are left out."""
    found: defaultdict[str, float] = defaultdict(float)
    root = psutil.Process(program.pid)
    for process in (root, *root.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            found[_kind(process)] += process.memory_full_info().pss / _MEBIBYTE
    return dict(found)


def _kind(process: psutil.Process) -> str:
    words = " ".join(process.cmdline())
    kinds = {
        "deploy.local.up": "supervisor",
        "deploy.local.demo.mailbox": "mailbox",
        "shared.messaging.outbox.relay": "relay",
        "services.images.decoding.child": "decoder",
        "flower": "Flower",
        "services.ticket_api.app": "API",
        "services.notifier.stream.app": "stream",
        "celery": "workers",
        "redis": "Redis",
        "postgres": "PostgreSQL",
    }
    return next((kind for part, kind in kinds.items() if part in words), process.name())
