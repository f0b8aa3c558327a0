"""The processes the queue scenarios drive: a relay and two workers, the same for floor and measurement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

from deploy.local.child import Child

from tests.performance.harness import Engines, process

WORKERS = 2


class Crew(NamedTuple):
    """The running processes."""

    relay: Child
    workers: tuple[Child, ...]


@contextmanager
def crew(engines: Engines, database: str, settings: Mapping[str, str]) -> Iterator[Crew]:
    """Two worker processes that serve every queue, and a relay, all idle on `database`."""
    environment = engines.environment(database, settings)
    with ExitStack() as stack:
        workers = tuple(
            stack.enter_context(
                process(
                    f"worker-{database}-{number}",
                    *("celery", "-A", "tests.performance.empty_task", "worker"),
                    *("--pool", "solo", "--hostname", f"{database}-{number}@bench"),
                    environment=environment,
                    folder=engines.folder,
                    ready=" ready.",
                )
            )
            for number in range(WORKERS)
        )
        relay = stack.enter_context(
            process(
                f"relay-{database}",
                "shared.outbox.relay",
                environment=environment,
                folder=engines.folder,
                ready="relay_started",
            )
        )
        yield Crew(relay, workers)
