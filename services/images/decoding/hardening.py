"""Hardens the process that decodes an untrusted file: it gives up rights that it cannot get back.

On every system it limits memory, CPU time, open files and file sizes. On Linux it also dies with its parent,
and, where the kernel has Landlock (linux/landlock.h), loses access to the file system, to TCP and to signals.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

from services.images.decoding.limits import Limits
from shared.pictures import MEBIBYTE

OUTPUT_BYTES = 32 * MEBIBYTE
"""The largest file it may write; rendered pictures are far smaller."""

_OPEN_FILES = 64

# linux/prctl.h
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38

# The numbers of Landlock's calls are the same on every architecture.
_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_CREATE_RULESET_VERSION = 1
# How many access rights each Landlock version can restrict: file system, network, other scopes (from 6 on).
_FILE_SYSTEM_BITS = {1: 13, 2: 14, 3: 15, 4: 15}
_NEWEST_FILE_SYSTEM_BITS = 16
_TCP, _NETWORK_VERSION = 0b11, 4
_SOCKETS_AND_SIGNALS, _SCOPE_VERSION = 0b11, 6


class _Ruleset(ctypes.Structure):
    """struct landlock_ruleset_attr."""

    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


def harden(limits: Limits) -> None:
    """Give up all rights that decoding one picture does not need. Raises `OSError` if the kernel refuses."""
    _limit(resource.RLIMIT_DATA, limits.memory_bytes)
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds)
    _limit(resource.RLIMIT_FSIZE, OUTPUT_BYTES)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _limit(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        _check(libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0))
        _check(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        version = landlock_version()
        if version:
            _restrict_by_landlock(libc, version)


def landlock_version() -> int:
    """The version of the kernel's Landlock interface; 0 if it has none or it is disabled."""
    if sys.platform != "linux":
        return 0
    libc = ctypes.CDLL(None, use_errno=True)
    version: int = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _CREATE_RULESET_VERSION)
    return max(0, version)


def _restrict_by_landlock(libc: ctypes.CDLL, version: int) -> None:
    """Restrict every right and allow no exception; files that are open already stay usable."""
    ruleset = _Ruleset(
        handled_access_fs=(1 << _FILE_SYSTEM_BITS.get(version, _NEWEST_FILE_SYSTEM_BITS)) - 1,
        handled_access_net=_TCP if version >= _NETWORK_VERSION else 0,
        scoped=_SOCKETS_AND_SIGNALS if version >= _SCOPE_VERSION else 0,
    )
    size = ctypes.c_size_t(ctypes.sizeof(ruleset))
    descriptor = _check(libc.syscall(_CREATE_RULESET, ctypes.byref(ruleset), size, 0))
    _check(libc.syscall(_RESTRICT_SELF, descriptor, 0))
    os.close(descriptor)


def _limit(kind: int, value: int) -> None:
    # A process may lower its hard limit, but not raise it.
    _, hard = resource.getrlimit(kind)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))


def _check(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
