"""Whether a process has ended."""

from __future__ import annotations

import psutil


def ended(pid: int) -> bool:
    """Gone, or only waiting for the system to take note of its end, which in a container can be never."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
