"""What the command line asks of every scenario."""

from __future__ import annotations

from dataclasses import dataclass

from tests.performance.crew import Pool


@dataclass(frozen=True, slots=True)
class Options:
    """`repeat` runs of `size` pieces of work (none: the scenario's default)."""

    repeat: int = 3
    size: int | None = None
    pool: Pool = "prefork"
    one_message_per_job: bool = False
