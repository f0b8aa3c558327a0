"""Builds the web page unless it is up to date: `python -m deploy.local.bootstrap.page`."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local.options import ROOT

WEB = ROOT / "services" / "web"
_OLDEST_NODE = (20, 19)
_OLDEST = ".".join(map(str, _OLDEST_NODE))
# The digest of the built sources. Vite empties the folder first, so an incomplete build has no such file.
_STAMP = WEB / "dist" / ".built"
_INSTALLED = WEB / "node_modules" / ".installed"
_CONFIGURATION = ("index.html", "package.json", "package-lock.json", "postcss.config.cjs", "vite.config.ts")
_TAIL_LINES = 15


class CannotBuild(Exception):
    """The page could not be built; the text says what is missing."""


def build(on_start: Callable[[], object] = lambda: None) -> float | None:
    """Install the locked packages and build if needed; return the seconds, or `None` if it was up to date.

    `on_start` is called before any work, once Node was found. Concurrent callers cause one build.
    Raises `CannotBuild`.
    """
    if _is_up_to_date():
        return None
    started = time.monotonic()
    _require_node()
    on_start()
    require_packages()
    with _exclusive_lock():
        if not _is_up_to_date():
            digest = _digest(_sources())
            _run("npx", "--no-install", "vite", "build")
            _STAMP.write_text(digest, encoding="utf-8")
    return time.monotonic() - started


def page_row(address: str) -> tuple[str, str, str]:
    """Return table cells: the page's address or that it is not built, nothing, and what to do next."""
    if (WEB / "dist" / "index.html").is_file():
        return address, "", "press a person's name to sign in"
    return "not built", "", f"install Node {_OLDEST} or newer, then `make up` again"


def require_packages() -> None:
    """Install the packages of package-lock.json unless they are installed. Raises `CannotBuild`."""
    _require_node()
    with _exclusive_lock():
        locked = _digest([WEB / "package-lock.json"])
        if not _INSTALLED.is_file() or _INSTALLED.read_text(encoding="utf-8") != locked:
            _run("npm", "ci", "--no-audit", "--no-fund")
            _INSTALLED.write_text(locked, encoding="utf-8")


def _is_up_to_date() -> bool:
    return _STAMP.is_file() and _STAMP.read_text(encoding="utf-8") == _digest(_sources())


def _sources() -> Iterator[Path]:
    for folder in ("src", "public"):
        yield from sorted(path for path in (WEB / folder).rglob("*") if path.is_file())
    yield from (WEB / name for name in _CONFIGURATION)


def _digest(paths: Iterator[Path] | list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(WEB)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _require_node() -> None:
    node = shutil.which("node")
    answer = (
        subprocess.run([node, "--version"], capture_output=True, text=True, check=False) if node else None
    )
    version = re.match(r"v(\d+)\.(\d+)", answer.stdout) if answer else None
    found = (int(version[1]), int(version[2])) if version else None
    if found is None or found < _OLDEST_NODE or shutil.which("npm") is None:
        raise CannotBuild(
            f"Node {_OLDEST} or newer with npm is missing (found: {version[0] if version else 'none'})"
        )


@contextmanager
def _exclusive_lock() -> Iterator[None]:
    """Wait until no other process installs or builds, and keep others out during the block."""
    with (WEB / "package.json").open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _run(*command: str) -> None:
    environment = {**os.environ, "NODE_ENV": "production", "npm_config_include": "dev", "CI": "1"}
    done = subprocess.run(command, cwd=WEB, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        output = "\n".join((done.stdout + done.stderr).splitlines()[-_TAIL_LINES:])
        raise CannotBuild(f"`{' '.join(command)}` ended with code {done.returncode}:\n{output}")


def main() -> int:
    """Build, and print that before and after; return 1 if the page cannot be built."""
    try:
        seconds = build(lambda: print("· Building the page …", flush=True))
    except CannotBuild as missing:
        print(f"· The page is not built, everything else runs: {missing}")
        return 1
    if seconds is not None:
        print(f"· Page built in {seconds:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
