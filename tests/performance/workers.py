"""The processes that drain queues: a relay and two workers, the same for baseline and measurement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from typing import Literal, NamedTuple

from deploy.local.host.child import Child
from deploy.local.processes.catalogue import ProcessSpec, relay, worker
from tests.performance.harness import BenchEngines

Pool = Literal["prefork", "solo"]

WORKER_PROCESSES = 2
_READY_SECONDS = 60


class Workers(NamedTuple):
    """The running programs; one of `workers` may have worker processes below it."""

    relay: Child
    workers: tuple[Child, ...]

    @property
    def children(self) -> tuple[Child, ...]:
        """All of them."""
        return (self.relay, *self.workers)


@contextmanager
def running_workers(
    engines: BenchEngines, database: str, pool: Pool, settings: Mapping[str, str]
) -> Iterator[Workers]:
    """A relay and two workers of every queue, as `make up` starts them with `settings` added."""
    environment = {**engines.environment(database), **settings}
    with ExitStack() as ending:

        def start(process: ProcessSpec) -> Child:
            child = process.child(environment, log=engines.folder / f"{database}-{process.name}.log")
            child.start()
            ending.callback(child.stop)
            child.wait_until(partial(process.is_ready, environment), _READY_SECONDS)
            return child

        workers = tuple(start(process) for process in _workers(pool))
        yield Workers(start(relay()), workers)


def _workers(pool: Pool) -> tuple[ProcessSpec, ...]:
    """One parent of two processes, or two processes that do the work themselves."""
    if pool == "prefork":
        return (_measurable(worker(concurrency=WORKER_PROCESSES)),)
    names = (f"worker{number}" for number in range(WORKER_PROCESSES))
    return tuple(_measurable(worker(name), "--pool", "solo") for name in names)


def _measurable(process: ProcessSpec, *arguments: str) -> ProcessSpec:
    """The worker, which also knows the empty task."""
    more = ("--include", "tests.performance.empty_task", *arguments)
    return replace(process, arguments=(*process.arguments, *more))
