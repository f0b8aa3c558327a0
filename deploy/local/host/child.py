"""Starts one program, writes its output to a file, and stops it together with all processes it started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from deploy.local.host.account import Account

_LAUNCHER = Path(__file__).with_name("launcher.py")
_POLL_SECONDS = 0.02


class ChildFailed(Exception):
    """A program ended, or did not become ready; the text ends with the last lines of its output."""


class Child:
    """A program in a session of its own, so that Ctrl-C in the terminal does not reach it directly.

    The kernel sends `stop_signal` to it when the thread that called `start` ends, for whatever reason
    (Linux only). Start children from the main thread.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        """Describe the program: `command[0]` is an absolute path; the output is appended to `log`.

        `environment` and the working directory `folder` default to those of this process.
        """
        self.name = name
        self.log = log
        self._command = list(command)
        self._environment = environment
        self._folder = folder
        self._stop_signal = stop_signal
        self._process: subprocess.Popen[bytes] | None = None
        self._log_start = 0
        self._group_killed = False

    def start(self, *, account: Account | None = None, bypass_permissions: bool = False) -> None:
        """Start the program, as `account` if given.

        `bypass_permissions` lets that account enter folders whose file modes exclude it.
        Raises `RuntimeError` if the program already runs.
        """
        if self.running:
            raise RuntimeError(f"{self.name} already runs as process {self.pid}.")
        launcher = [sys.executable, "-I", "-S", str(_LAUNCHER)]
        launcher += ["--parent", str(os.getpid()), "--signal", str(int(self._stop_signal))]
        if account:
            launcher += ["--uid", str(account.uid), "--gid", str(account.gid)]
            launcher += ["--bypass-permissions"] * bypass_permissions
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self._log_start = output.tell()
            self._group_killed = False
            self._process = subprocess.Popen(
                [*launcher, "--", *self._command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self._environment,
                cwd=self._folder,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The process id of the latest start. Raises `RuntimeError` before the first start."""
        if self._process is None:
            raise RuntimeError(f"{self.name} was never started.")
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the program itself is running or paused."""
        return self._process is not None and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """The exit code, or the negative number of the signal that ended the program; `None` until then."""
        return self._process.poll() if self._process else None

    def request_stop(self) -> None:
        """Send the program its stop signal, resume it if it is paused, and return at once."""
        if self._process is not None and self.running:
            self._process.send_signal(self._stop_signal)
            self.resume()

    def stop(self, seconds: float = 10) -> None:
        """Request the stop, wait up to `seconds`, then kill what is left.

        The program may be paused or have ended already.
        """
        self.request_stop()
        self.wait(seconds)
        self.kill()

    def wait(self, seconds: float | None) -> bool:
        """Wait for the program's end, without limit if `seconds` is `None`; return whether it has ended."""
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)
        return not self.running

    def kill(self) -> None:
        """Send SIGKILL to the program and to every process it started, as `kill -9` does."""
        if self._process is None or self._group_killed:
            return
        if self.running:
            self.pause()  # a stopped program can neither fork nor react to the end of its children
            self._signal_tree(signal.SIGKILL)
        # Descendants whose parent has ended are no longer in the tree, but still in the process group.
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()
        self._group_killed = True  # from now on the kernel may give the same id to another program

    def pause(self) -> None:
        """Stop the program and every process it started with SIGSTOP."""
        if self.running:
            os.kill(self.pid, signal.SIGSTOP)
            self._signal_tree(signal.SIGSTOP)

    def resume(self) -> None:
        """Let a paused program continue."""
        if self.running:
            self._signal_tree(signal.SIGCONT)

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        """Call `ready` repeatedly until it returns true.

        Raises `ChildFailed` as soon as the program ends, or after `seconds`.
        """
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.running:
                raise ChildFailed(f"{self.name} ended with code {self.exit_code}.\n{self.output()}")
            if time.monotonic() > deadline:
                states = ", ".join(f"{process.pid} {process.status()}" for process in self._tree())
                raise ChildFailed(
                    f"{self.name} was not ready after {seconds:g} s ({states}).\n{self.output()}"
                )
            time.sleep(_POLL_SECONDS)

    def output(self, lines: int = 40) -> str:
        """Return the last `lines` of output since the latest start."""
        if not self.log.exists():
            return ""
        with self.log.open("rb") as file:
            file.seek(self._log_start)
            return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])

    def _tree(self) -> list[psutil.Process]:
        with suppress(psutil.NoSuchProcess):
            program = psutil.Process(self.pid)
            return [program, *program.children(recursive=True)]
        return []

    def _signal_tree(self, number: signal.Signals) -> None:
        for process in self._tree():
            with suppress(psutil.NoSuchProcess):
                process.send_signal(number)
