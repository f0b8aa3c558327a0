"""Replaces itself by another program that ends when its parent ends, and runs as another user if asked.

`deploy.local.host.child` runs this file as a script, in a new interpreter that has imported nothing, so that
signal handlers, threads and locks of the starting process have no effect:
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
    """Parse the arguments, change the user, bind this process to its parent, and execute the program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parent", type=int, required=True, help="process whose end ends this one")
    parser.add_argument("--signal", type=int, required=True, help="signal sent when the parent ends")
    parser.add_argument("--uid", type=int)
    parser.add_argument("--gid", type=int)
    parser.add_argument(
        "--bypass-permissions", action="store_true", help="keep root's right to enter every folder"
    )
    parser.add_argument("program", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    program = options.program[1:] if options.program[:1] == ["--"] else options.program

    if options.uid is not None:
        _change_user(options.uid, options.gid, bypass_permissions=options.bypass_permissions)
    end_with_parent(options.parent, options.signal)
    os.execv(program[0], program)  # noqa: S606 - executing the program is what this file is for


def _change_user(uid: int, gid: int, *, bypass_permissions: bool) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if bypass_permissions:
        # Without this the change of user clears the capabilities, which access(2), called by initdb, checks.
        libc.prctl(_PR_SET_SECUREBITS, _SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    # The first capability only allows reading and searching; many containers have only the second.
    capabilities = (_CAP_DAC_READ_SEARCH, _CAP_DAC_OVERRIDE)
    if bypass_permissions and not any(_keep_capability(libc, number) for number in capabilities):
        sys.exit(
            "PostgreSQL may not run as root, and no other user can enter this folder. Move the project "
            "to a folder every user can enter (not beneath /root), or run as an ordinary user."
        )


def _keep_capability(libc: ctypes.CDLL, capability: int) -> bool:
    """Keep one of root's capabilities across the change of user and across exec (capabilities(7))."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    bit = 1 << capability
    # The low halves of the effective, permitted and inheritable sets, then their high halves.
    sets = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)
    if libc.capset(header, sets) != 0:
        return False
    return bool(libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, capability, 0, 0) == 0)


def end_with_parent(parent: int, signal_number: int) -> None:
    """Make the kernel send the signal when the parent ends; exit at once if it has already ended."""
    if sys.platform == "linux":
        # This must come after the change of user, which clears the setting.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("The process that started this one has ended.")


if __name__ == "__main__":
    main()
