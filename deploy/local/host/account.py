"""The operating-system account a server runs as; PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Account:
    """The user id and group id of an unprivileged account."""

    uid: int
    gid: int

    @classmethod
    def for_servers(cls) -> Self | None:
        """Return `nobody` if this process runs as root; otherwise `None`, which means its own account.

        `nobody` exists on every system, so that no account has to be created.
        Raises `KeyError` on a system without it.
        """
        if os.geteuid() != 0:
            return None
        entry = pwd.getpwnam("nobody")
        return cls(entry.pw_uid, entry.pw_gid)

    def can_reach(self, *paths: Path) -> bool:
        """Return whether the file modes let this account read each path and enter every folder above it."""
        return all(
            self._has_permission(path, read=True)
            and all(self._has_permission(folder, read=False) for folder in path.parents)
            for path in map(Path.resolve, paths)
        )

    def _has_permission(self, path: Path, *, read: bool) -> bool:
        status = path.stat()
        required = stat.S_IROTH if read else stat.S_IXOTH
        if status.st_uid == self.uid:
            required <<= 6
        elif status.st_gid == self.gid:
            required <<= 3
        return bool(status.st_mode & required)
