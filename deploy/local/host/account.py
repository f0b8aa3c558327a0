"""Which operating-system account a server runs as: PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged user and group id."""

    uid: int
    gid: int

    @classmethod
    def for_servers(cls) -> Self | None:
        """`nobody` when we are root; `None`, meaning our own account, otherwise.

        An account that exists everywhere, so that starting changes nothing about the machine.
        Raises `KeyError` on a system without `nobody`.
        """
        if os.geteuid() != 0:
            return None
        entry = pwd.getpwnam("nobody")
        return cls(entry.pw_uid, entry.pw_gid)

    def can_reach(self, *paths: Path) -> bool:
        """Whether the file modes let this account read each path and enter every folder above it."""
        return all(
            self._may(path, read=True) and all(self._may(folder, read=False) for folder in path.parents)
            for path in map(Path.resolve, paths)
        )

    def _may(self, path: Path, *, read: bool) -> bool:
        found = path.stat()
        wanted = stat.S_IROTH if read else stat.S_IXOTH
        if found.st_uid == self.uid:
            wanted <<= 6
        elif found.st_gid == self.gid:
            wanted <<= 3
        return bool(found.st_mode & wanted)
