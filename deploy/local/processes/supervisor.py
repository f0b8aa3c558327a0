"""Keeps children running together: started at once, started again when one ends, ended within a time."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence

from deploy.local.engines.embedded import Engines
from deploy.local.host.child import Child, ChildFailed

_POLL_SECONDS = 0.1
_MOST_ENDS = 5
_WITHIN_SECONDS = 60


class Supervisor:
    """Watches children and the engines they need."""

    def __init__(self, children: Sequence[Child], engines: Engines) -> None:
        """Nothing is started yet."""
        self.children = tuple(children)
        self.engines = engines
        self._ends: deque[float] = deque(maxlen=_MOST_ENDS)

    def start(self) -> None:
        """Start every child without waiting for any."""
        for child in self.children:
            child.start()

    def watch(self, announce: Callable[[str], None]) -> None:
        """Start again whatever ends, telling `announce` what it was and the last it wrote, for ever.

        Raises `ChildFailed` when that happens too often, as with a program that cannot start.
        """
        while True:
            for child in (*self.engines.children(), *self.children):
                if not child.running:
                    self._count_end(child)
                    announce(f"{child.name} ended with code {child.exit_code} and is started again.")
                    announce(child.output(lines=15))
                    child.kill()  # what it had started and left behind
                    self._start_again(child)
            time.sleep(_POLL_SECONDS)

    def stop(self, seconds: float) -> None:
        """Ask all children to stop at once; after `seconds` together, kill those that are left."""
        deadline = time.monotonic() + seconds
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.wait(max(0, deadline - time.monotonic()))
            child.kill()

    def _start_again(self, child: Child) -> None:
        if child in self.children:
            child.start()
        else:
            self.engines.start_ended()

    def _count_end(self, child: Child) -> None:
        now = time.monotonic()
        self._ends.append(now)
        if len(self._ends) == _MOST_ENDS and now - self._ends[0] < _WITHIN_SECONDS:
            raise ChildFailed(
                f"{_MOST_ENDS} ends within {_WITHIN_SECONDS} s, the last of {child.name} "
                f"with code {child.exit_code}.\n{child.output()}"
            )
