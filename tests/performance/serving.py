"""One HTTP server on the loaded database, for as long as it is measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from deploy.local.processes.catalogue import ProcessSpec
from tests.performance.harness import BenchEngines

_READY_SECONDS = 60


@contextmanager
def serving(here: BenchEngines, process: ProcessSpec) -> Iterator[str]:
    """The server's address; nobody is turned away for asking too often."""
    environment: Mapping[str, str] = {**here.environment(here.postgres.database), "RATE_LIMIT": ""}
    child = process.child(environment, log=here.folder / f"{process.name}.log")
    child.start()
    try:
        child.wait_until(partial(process.is_ready, environment), _READY_SECONDS)
        yield f"http://127.0.0.1:{environment['PORT']}"
    finally:
        child.stop()
