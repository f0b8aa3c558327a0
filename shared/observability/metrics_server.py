"""Where counts are kept and how Prometheus reads them, for programs of one process or of many.

Every process counts into memory-mapped files of its own (prometheus-client's multiprocess mode). All
processes that were given the same METRICS_PORT share a folder; the first of them answers on that port with
the sum of all, and when it ends the next one takes over.
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


class Slot:
    """A number that no other living process of the folder counts under: the lowest that is free.

    Process ids would do too, but each worker child that is recycled would leave its files behind for ever.
    The kernel frees a slot with the process, and the next one counts on in its files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number: int | None = None
        self._held = -1

    def __call__(self) -> int:
        """The number; taken on the first call after a start or a fork."""
        if self._number is None:
            self._number = self._take()
        return self._number

    def forget(self) -> None:
        """In a forked child: the number is the parent's, and so is the lock."""
        if self._number is not None:
            os.close(self._held)
            self._number = None

    def _take(self) -> int:
        number = 0
        while True:
            held = _open_lock(self._folder / f"slot-{number}.lock")
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(held)
                number += 1
            else:
                self._held = held
                # What a process of this number had open when it died is open no more.
                mark_process_dead(number, str(self._folder))  # type: ignore[no-untyped-call] # ships few types
                return number


class Door:
    """Answers on the port, or waits until whoever does has ended."""

    def __init__(self, folder: Path, collectors: Sequence[Collector]) -> None:
        self._registry = CollectorRegistry()
        MultiProcessCollector(self._registry, str(folder))  # type: ignore[no-untyped-call] # ships few types
        for collector in collectors:
            self._registry.register(collector)
        self._held = _open_lock(folder / "door.lock")
        self._listener: socket.socket | None = None

    def open(self) -> None:
        """Listen, or wait for it in the background. Raises `InvalidSettings` where a stranger is there."""
        try:
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            threading.Thread(target=self._wait, name="metrics", daemon=True).start()
            return
        try:
            self._listen()
        except OSError as error:
            config = settings()
            place = f"{config.metrics_host}:{config.metrics_port}"
            raise InvalidSettings(f"METRICS_PORT: cannot listen on {place}: {error.strerror}") from None

    def forget(self) -> None:
        """In a forked child: neither the lock nor the port may outlive the parent in it."""
        os.close(self._held)
        if self._listener is not None:
            self._listener.close()

    def _wait(self) -> None:
        fcntl.flock(self._held, fcntl.LOCK_EX)
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
    """Answer `GET /metrics` on METRICS_PORT: what this process and its siblings counted, and `collectors`.

    Without METRICS_PORT nothing happens. Raises `InvalidSettings` where port or folder cannot be used.
    """
    _value_class()
    if settings().metrics_port:
        door = Door(_folder(), collectors)
        door.open()
        _after_fork(door.forget)


def value(*arguments: Any, **options: Any) -> Any:
    """A value of a metric and its labels, for prometheus-client: in a file if there is a METRICS_PORT."""
    return _value_class()(*arguments, **options)


@functools.cache
def _value_class() -> type[Any]:
    """Chosen with the first value, not when a module is imported: only then are settings to be read.

    Raises `InvalidSettings` where the folder cannot be written in.
    """
    if not settings().metrics_port:
        return values.MutexValue
    folder = _folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        slot = Slot(folder)
        slot()
    except OSError as error:
        raise InvalidSettings(f"METRICS_DIR: cannot write in {folder}: {error.strerror}") from None
    # The one way to tell prometheus-client; it reads it for each file it opens.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)  # noqa: TID251 - set for a library, not read
    _after_fork(slot.forget)
    in_files: type[Any] = values.MultiProcessValue(slot)  # type: ignore[no-untyped-call] # ships few types
    return in_files


def _folder() -> Path:
    config = settings()
    return Path(config.metrics_dir or config.data_dir / "metrics") / str(config.metrics_port)


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _after_fork(forget: Callable[[], None]) -> None:
    os.register_at_fork(after_in_child=forget)
