"""Keeping work and faults in step: every fault meets its share of the operations."""

from __future__ import annotations

import threading


class Pace:
    """Lets clients begin as many operations as were allowed so far."""

    def __init__(self) -> None:
        self._allowed = self._begun = 0
        self._changed = threading.Condition()
        self.over = False

    def step(self) -> None:
        """Wait until one more may begin."""
        with self._changed:
            self._changed.wait_for(lambda: self.over or self._begun < self._allowed)
            self._begun += 1

    def allow(self, operations: int) -> None:
        """Let so many begin in all."""
        with self._changed:
            self._allowed = max(self._allowed, operations)
            self._changed.notify_all()

    def end(self) -> None:
        """Hold nobody up any more; who looks at `over` stops."""
        with self._changed:
            self.over = True
            self._changed.notify_all()
