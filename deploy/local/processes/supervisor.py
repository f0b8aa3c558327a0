"""Starts children together, restarts each one that ends, and stops all of them within a time limit."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence

from deploy.local.engines.embedded import Engines
from deploy.local.host.child import Child, ChildFailed

_POLL_SECONDS = 0.1
_MAX_ENDS = 5
_PERIOD_SECONDS = 60


class Supervisor:
    """Supervises children and the engines they need."""

    def __init__(self, children: Sequence[Child], engines: Engines) -> None:
        """Take children that are not started yet, and engines that are."""
        self.children = tuple(children)
        self.engines = engines
        self._ends: deque[float] = deque(maxlen=_MAX_ENDS)

    def start(self) -> None:
        """Start every child without waiting for any."""
        for child in self.children:
            child.start()

    def watch(self, report: Callable[[str], None]) -> None:
        """Restart every child and engine that ends, for ever; `report` gets its exit code and last output.

        Raises `ChildFailed` if this happens too often, as with a program that cannot start.
        """
        while True:
            for child in (*self.engines.children(), *self.children):
                if not child.running:
                    self._count_end(child)
                    report(f"{child.name} ended with code {child.exit_code} and is started again.")
                    report(child.output(lines=15))
                    child.kill()  # ends the processes that it started and did not stop
                    self._restart(child)
            time.sleep(_POLL_SECONDS)

    def stop(self, seconds: float) -> None:
        """Request all children to stop; kill those that still run after `seconds` in total."""
        deadline = time.monotonic() + seconds
        for child in self.children:
            child.request_stop()
        for child in self.children:
            child.wait(max(0, deadline - time.monotonic()))
            child.kill()

    def _restart(self, child: Child) -> None:
        if child in self.children:
            child.start()
        else:
            self.engines.restart_ended()

    def _count_end(self, child: Child) -> None:
        now = time.monotonic()
        self._ends.append(now)
        if len(self._ends) == _MAX_ENDS and now - self._ends[0] < _PERIOD_SECONDS:
            raise ChildFailed(
                f"{_MAX_ENDS} ends within {_PERIOD_SECONDS} s, the last of {child.name} "
                f"with code {child.exit_code}.\n{child.output()}"
            )
