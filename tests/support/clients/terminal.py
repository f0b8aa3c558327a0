"""`make up` and its like as a person runs them, on ports and a data folder of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.local.engines.scratch import scratch_folder
from deploy.local.host.ports import Ports
from deploy.local.options import ROOT

# What names engines, ports and folders to the tests themselves.
PORTS = tuple(Ports.free().by_setting())
_OURS = ("DATABASE_URL", "REDIS_URL", "DATA_DIR", *PORTS, "API_DATABASE_URL", "SMTP_URL")


@dataclass
class Terminal:
    """Where a person types: the settings given, and the screen."""

    folder: Path
    settings: dict[str, str]

    def start(self, module: str = "up", **settings: str) -> subprocess.Popen[bytes]:
        """`python -m deploy.local.<module>`, as the Makefile does, with the screen to itself."""
        with self.screen.open("wb") as screen:
            return subprocess.Popen(
                [sys.executable, "-m", f"deploy.local.{module}"],
                cwd=ROOT,
                env={**self.settings, **settings},
                stdout=screen,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def run(self, module: str = "up", **settings: str) -> tuple[int, str]:
        """Exit code and screen of something that ends by itself."""
        before = self.shown()
        code = self.start(module, **settings).wait(60)
        seen = self.shown()
        self.screen.write_text(before)
        return code, seen

    def shown(self) -> str:
        """What the screen says."""
        return self.screen.read_text() if self.screen.exists() else ""

    @property
    def screen(self) -> Path:
        """The file that is the screen."""
        return self.folder / "screen"

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    @property
    def api(self) -> str:
        """The API's address."""
        return f"http://127.0.0.1:{self.settings['PORT']}"


@contextmanager
def terminal() -> Iterator[Terminal]:
    """A place to type that is gone at the end, with its data."""
    inherited = {name: value for name, value in os.environ.items() if name not in _OURS}  # noqa: TID251 - passed on, not read
    with scratch_folder() as folder:
        ports = {setting: str(port) for setting, port in Ports.free().by_setting().items()}
        # Empty, so that nothing a person's .env says reaches the programs.
        yield Terminal(
            folder,
            {**inherited, **ports, "DATA_DIR": str(folder / "data"), "DATABASE_URL": "", "REDIS_URL": ""},
        )
