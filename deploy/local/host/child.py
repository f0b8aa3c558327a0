"""One program we started: its output in a file, its whole family under our hand, its end tied to ours."""

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
    """A program ended, or did not become ready; the text ends with the last lines it wrote."""


class Child:
    """A program in a session of its own, so that a terminal's Ctrl-C reaches it only through us.

    The kernel sends `end_signal` to it when the thread that called `start` ends, however that happens
    (Linux): start children from the main thread.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        end_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        """Describe the program: `command[0]` is an absolute path, `log` gets its output appended.

        Without `environment` and `folder` it gets ours.
        """
        self.name = name
        self.log = log
        self._command = list(command)
        self._environment = environment
        self._folder = folder
        self._end_signal = end_signal
        self._process: subprocess.Popen[bytes] | None = None
        self._log_start = 0
        self._cleared = False

    def start(self, *, account: Account | None = None, pass_folders: bool = False) -> None:
        """Start it, as `account` where given; `pass_folders` lets that account enter closed folders.

        Raises `RuntimeError` when it already runs.
        """
        if self.running:
            raise RuntimeError(f"{self.name} already runs as process {self.pid}.")
        launch = [sys.executable, "-I", "-S", str(_LAUNCHER)]
        launch += ["--parent", str(os.getpid()), "--signal", str(int(self._end_signal))]
        if account:
            launch += ["--uid", str(account.uid), "--gid", str(account.gid)]
            launch += ["--pass-folders"] * pass_folders
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self._log_start = output.tell()
            self._cleared = False
            self._process = subprocess.Popen(
                [*launch, "--", *self._command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self._environment,
                cwd=self._folder,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Process id of the latest start. Raises `RuntimeError` before the first."""
        if self._process is None:
            raise RuntimeError(f"{self.name} was never started.")
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the program itself still runs (or is paused)."""
        return self._process is not None and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """What the program returned, the negative signal that ended it, or `None` while it runs."""
        return self._process.poll() if self._process else None

    def ask_to_stop(self) -> None:
        """Send the program its polite signal, waking it where it is paused, and return at once."""
        if self._process is not None and self.running:
            self._process.send_signal(self._end_signal)
            self.resume()

    def stop(self, seconds: float = 10) -> None:
        """Ask politely, wait up to `seconds`, then kill what is left. A paused or ended program is fine."""
        self.ask_to_stop()
        self.wait(seconds)
        self.kill()

    def wait(self, seconds: float | None) -> bool:
        """Wait for the program's end; say whether it came within `seconds` (none: however long it takes)."""
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)
        return not self.running

    def kill(self) -> None:
        """`kill -9` the program and everything it started, as a power cut would."""
        if self._process is None or self._cleared:
            return
        if self.running:
            self.pause()  # a stopped program can neither fork nor notice its children's end
            self._signal_family(signal.SIGKILL)
        # Children that outlived their parent are nobody's children now, but still of its process group.
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()
        self._cleared = True  # from here on the number may be another program's

    def pause(self) -> None:
        """Stop the program and everything it started where they stand (SIGSTOP)."""
        if self.running:
            os.kill(self.pid, signal.SIGSTOP)
            self._signal_family(signal.SIGSTOP)

    def resume(self) -> None:
        """Let a paused program go on."""
        if self.running:
            self._signal_family(signal.SIGCONT)

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        """Ask `ready` again and again until it is true.

        Raises `ChildFailed` as soon as the program ends, or when `seconds` are over.
        """
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.running:
                raise ChildFailed(f"{self.name} ended with code {self.exit_code}.\n{self.output()}")
            if time.monotonic() > deadline:
                state = ", ".join(f"{member.pid} {member.status()}" for member in self._family())
                raise ChildFailed(
                    f"{self.name} was not ready after {seconds:g} s ({state}).\n{self.output()}"
                )
            time.sleep(_POLL_SECONDS)

    def output(self, lines: int = 40) -> str:
        """The last `lines` written since the latest start."""
        if not self.log.exists():
            return ""
        with self.log.open("rb") as file:
            file.seek(self._log_start)
            return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])

    def _family(self) -> list[psutil.Process]:
        with suppress(psutil.NoSuchProcess):
            program = psutil.Process(self.pid)
            return [program, *program.children(recursive=True)]
        return []

    def _signal_family(self, number: signal.Signals) -> None:
        for member in self._family():
            with suppress(psutil.NoSuchProcess):
                member.send_signal(number)
