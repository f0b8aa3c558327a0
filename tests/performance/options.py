"""What the command line asks of a scenario."""

from __future__ import annotations

from dataclasses import dataclass

from tests.performance.workers import Pool

_SHORT_SHARE = 10


@dataclass(frozen=True, slots=True)
class Options:
    """`repeat` runs of `size` pieces of work; `short` only shows that everything can be measured."""

    size: int
    repeat: int = 3
    pool: Pool = "prefork"
    one_message_per_job: bool = False
    short: bool = False

    def times(self, usual: int) -> int:
        """How often something besides the work is done: as usual, or a tenth of that."""
        return max(1, usual // _SHORT_SHARE) if self.short else usual

    def seconds(self, usual: float) -> float:
        """How long something goes on: as long as usual, or a tenth of that."""
        return usual / _SHORT_SHARE if self.short else usual
