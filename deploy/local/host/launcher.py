"""Becomes another program that ends when its parent ends, as another user where asked.

Run as a script by `deploy.local.host.child`, before anything is imported, so that signals,
threads and locks of the starting process play no part:
`python -I -S launcher.py --parent PID --signal N [...] -- PROGRAM ...`.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import sys

# linux/prctl.h and linux/capability.h
_PR_SET_PDEATHSIG = 1
_PR_SET_SECUREBITS, _SECBIT_NO_SETUID_FIXUP = 28, 1 << 2
_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE = 47, 2
_CAPABILITY_VERSION_3 = 0x20080522
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2


def main() -> None:
    """Parse, change user, tie to the parent, become the program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parent", type=int, required=True, help="process whose end ends this one")
    parser.add_argument("--signal", type=int, required=True, help="signal sent when the parent ends")
    parser.add_argument("--uid", type=int)
    parser.add_argument("--gid", type=int)
    parser.add_argument("--pass-folders", action="store_true", help="keep root's way through closed folders")
    parser.add_argument("program", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    program = options.program[1:] if options.program[:1] == ["--"] else options.program

    if options.uid is not None:
        _become(options.uid, options.gid, pass_folders=options.pass_folders)
    end_with(options.parent, options.signal)
    os.execv(program[0], program)  # noqa: S606 - becoming the program is what this file is for


def _become(uid: int, gid: int, *, pass_folders: bool) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if pass_folders:
        # The change of user leaves capabilities alone, and access(2), which initdb asks, counts them.
        libc.prctl(_PR_SET_SECUREBITS, _SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    # The first lets read and search only; containers often have the second alone.
    if pass_folders and not any(_keep(libc, bit) for bit in (_CAP_DAC_READ_SEARCH, _CAP_DAC_OVERRIDE)):
        sys.exit(
            "PostgreSQL may not run as root, and no other user can enter this folder. Move the project "
            "to a folder every user can enter (not beneath /root), or run as an ordinary user."
        )


def _keep(libc: ctypes.CDLL, capability: int) -> bool:
    """Hold on to one of root's capabilities across the change of user and across exec (capabilities(7))."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    bit = 1 << capability
    # Effective, permitted and inheritable sets: first their low halves, then their high ones.
    sets = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)
    if libc.capset(header, sets) != 0:
        return False
    return bool(libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, capability, 0, 0) == 0)


def end_with(parent: int, signal_number: int) -> None:
    """Have the kernel send the signal when the parent ends; leave at once if it ended already."""
    if sys.platform == "linux":
        # After the change of user, which clears it.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("The process that started this one has ended.")


if __name__ == "__main__":
    main()
