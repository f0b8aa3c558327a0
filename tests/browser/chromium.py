"""The browser the tests drive: the system's Chromium, installed by apt where that is possible."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_INSTALL = (["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "--yes", "chromium"])


class NoChromium(Exception):
    """There is none and it could not be installed; the text says why."""


def chromium() -> str:
    """Where Chromium is. Raises `NoChromium`."""
    # One of the test processes installs, the others wait for it.
    with (Path(tempfile.gettempdir()) / "botmeni-chromium.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _found() or _installed()


def _found() -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None)


def _installed() -> str:
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise NoChromium(
            "Chromium is missing, and only root can install it by apt: `apt-get install chromium`"
        )
    for command in _INSTALL:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NoChromium(f"Chromium is missing, and `{' '.join(command)}` failed: {done.stderr[-400:]}")
    found = _found()
    if found is None:
        raise NoChromium("apt installed Chromium, but no program of that name is there")
    return found
