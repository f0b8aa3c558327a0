"""Real processes of the system for a test: started on its engines, gone at its end."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path

from deploy.local.host.child import Child
from deploy.local.host.ports import Ports
from deploy.local.processes.catalogue import ProcessSpec
from deploy.local.processes.environment import environment

_READY_SECONDS = 60


class Processes:
    """Starts processes of `deploy.local.processes.catalogue` and knows what they wrote."""

    def __init__(self, folder: Path, *, database_url: str, redis_url: str, **settings: str) -> None:
        """`settings` are further environment variables for every process."""
        self._logs = folder / "logs"
        self._children: dict[str, Child] = {}
        ports = Ports.free()
        self.api_url = f"http://127.0.0.1:{ports.api}"
        self.stream_url = f"http://127.0.0.1:{ports.stream}/v1/stream"
        self.environment = {
            **environment(
                database_url=database_url,
                redis_url=redis_url,
                data_dir=folder,
                ports=ports,
            ),
            **settings,
        }

    def start(self, *processes: ProcessSpec, **settings: str) -> None:
        """Start all of them, with `settings` as further environment, and wait until each is ready.

        A process of the same name that ended before is replaced. Raises `ChildFailed` with the log.
        """
        variables = {**self.environment, **settings}
        for process in processes:
            if process.name in self._children:
                self._children[process.name].kill()
            child = process.child(variables, log=self._logs / f"{process.name}.log")
            self._children[process.name] = child
            child.start()
        for process in processes:
            self[process.name].wait_until(partial(process.is_ready, variables), _READY_SECONDS)

    def __getitem__(self, name: str) -> Child:
        """The process of this name, to be paused, killed or asked what it wrote."""
        return self._children[name]

    def kill_all(self) -> None:
        """`kill -9` whatever still runs."""
        for child in self._children.values():
            with suppress(ProcessLookupError):
                child.kill()

    def logs(self) -> dict[str, str]:
        """The last lines of each process, by name."""
        return {name: child.output(lines=200) for name, child in self._children.items()}

    def crashed(self) -> list[str]:
        """Names of processes that ended by an error of their own, not by a signal or in order."""
        return [name for name, child in self._children.items() if (child.exit_code or 0) > 0]
