"""Processor time by kind of process: where the work is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

import psutil

from deploy.local.host.child import Child

Kinds = Mapping[str, Sequence[Child]]
"""Programs by what a reader knows them as."""


def seconds(kinds: Kinds) -> dict[str, float]:
    """Seconds of processor time (user and system) each kind has used, its running descendants included."""
    used: dict[str, float] = dict.fromkeys(kinds, 0.0)
    for kind, children in kinds.items():
        for child in children:
            program = psutil.Process(child.pid)
            for process in (program, *program.children(recursive=True)):
                with suppress(psutil.NoSuchProcess):
                    times = process.cpu_times()
                    used[kind] += times.user + times.system
    return used
