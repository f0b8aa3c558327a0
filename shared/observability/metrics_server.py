"""Serving metrics to Prometheus, for programs of one process or of many.

Every process counts into memory-mapped files of its own (prometheus-client's multiprocess mode). All
processes with the same METRICS_PORT share a folder. The first of them answers on that port with the sums of
all; when it ends, the next one takes over.
"""

from __future__ import annotations

import fcntl
import functools
import os
import socket
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, values
from prometheus_client.exposition import start_http_server
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from shared.config.settings import InvalidSettings, settings

RETRY_SECONDS = 1.0

log = structlog.get_logger(__name__)


class ProcessSlot:
    """The lowest number that no other living process of the folder uses; names this process's metric files.

    With process ids, each recycled worker child would leave its files behind for ever. The kernel frees a
    slot when its process ends, and the next process continues in the same files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number: int | None = None
        self._lock = -1

    def __call__(self) -> int:
        """The number, acquired by the first call after a start or a fork."""
        if self._number is None:
            self._number = self._acquire()
        return self._number

    def reset_in_child(self) -> None:
        """In a forked child: drop the parent's number and its lock."""
        if self._number is not None:
            os.close(self._lock)
            self._number = None

    def _acquire(self) -> int:
        number = 0
        while True:
            lock = _open_lock(self._folder / f"slot-{number}.lock")
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(lock)
                number += 1
            else:
                self._lock = lock
                # Resets gauges of things that were open when the slot's last process died.
                mark_process_dead(number, str(self._folder))  # type: ignore[no-untyped-call] # ships few types
                return number


class MetricsServer:
    """Answers on METRICS_PORT, or waits until the process that does has ended."""

    def __init__(self, folder: Path, collectors: Sequence[Collector]) -> None:
        self._registry = CollectorRegistry()
        MultiProcessCollector(self._registry, str(folder))  # type: ignore[no-untyped-call] # ships few types
        for collector in collectors:
            self._registry.register(collector)
        # The previous release locks a file of this name too, and shares the folder during an upgrade.
        self._lock = _open_lock(folder / "door.lock")
        self._listener: socket.socket | None = None

    def start(self) -> None:
        """Listen, or wait in a thread to do so. Raises `InvalidSettings` if another program has the port."""
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            threading.Thread(target=self._wait_for_turn, name="metrics", daemon=True).start()
            return
        try:
            self._listen()
        except OSError as error:
            config = settings()
            place = f"{config.metrics_host}:{config.metrics_port}"
            raise InvalidSettings(f"METRICS_PORT: cannot listen on {place}: {error.strerror}") from None

    def close_in_child(self) -> None:
        """In a forked child: close the parent's lock and listener, which the child would keep."""
        os.close(self._lock)
        if self._listener is not None:
            self._listener.close()

    def _wait_for_turn(self) -> None:
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        while True:
            try:
                self._listen()
            except OSError as error:
                log.warning("metrics_port_taken", error=str(error))
                threading.Event().wait(RETRY_SECONDS)
            else:
                return

    def _listen(self) -> None:
        config = settings()
        server, _ = start_http_server(config.metrics_port, config.metrics_host, self._registry)
        self._listener = server.socket


def serve(*collectors: Collector) -> None:
    """Answer `GET /metrics` on METRICS_PORT with the metrics of all processes of that port, and `collectors`.

    Without METRICS_PORT it does nothing. Raises `InvalidSettings` where port or folder cannot be used.
    """
    _value_class()
    if settings().metrics_port:
        server = MetricsServer(_folder(), collectors)
        server.start()
        _after_fork(server.close_in_child)


def create_value(*arguments: Any, **options: Any) -> Any:
    """Create the value of a metric and its labels for prometheus-client; in a file if METRICS_PORT is set."""
    return _value_class()(*arguments, **options)


@functools.cache
def _value_class() -> type[Any]:
    """The class of values: chosen with the first value, because settings may not be read on import.

    Raises `InvalidSettings` if the folder is not writable.
    """
    if not settings().metrics_port:
        return values.MutexValue
    folder = _folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        slot = ProcessSlot(folder)
        slot()
    except OSError as error:
        raise InvalidSettings(f"METRICS_DIR: cannot write in {folder}: {error.strerror}") from None
    # prometheus-client takes the folder from this variable only, and reads it for each file it opens.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)  # noqa: TID251 - set for a library, not read
    _after_fork(slot.reset_in_child)
    file_value: type[Any] = values.MultiProcessValue(slot)  # type: ignore[no-untyped-call] # ships few types
    return file_value


def _folder() -> Path:
    config = settings()
    return Path(config.metrics_dir or config.data_dir / "metrics") / str(config.metrics_port)


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _after_fork(reset: Callable[[], None]) -> None:
    os.register_at_fork(after_in_child=reset)
