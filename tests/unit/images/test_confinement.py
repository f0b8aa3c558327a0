"""What a decoding fork gives up, tried out by code that asks for it all the same."""

import json
import os
import resource
import signal
import subprocess
import sys
from typing import Any

import pytest

from services.images.decoding.hardening import landlock_version
from shared.pictures import MEBIBYTE
from tests.architecture.source_tree import ROOT

PROGRAM = """
import json, os, socket, sys
from services.images.decoding.hardening import harden
from services.images.decoding.limits import Limits

def attempt(what):
    try:
        return str(what())
    except BaseException as error:
        return type(error).__name__

inherited = open(sys.executable, "rb")
listener = socket.create_server(("127.0.0.1", 0))
harden(Limits(pixels=1, frames=1, animation_pixels=1, memory_bytes=256 << 20, cpu_seconds=1, wall_seconds=1))
{body}
"""

needs_landlock = pytest.mark.skipif(not landlock_version(), reason="this kernel has no Landlock")


def run(body: str) -> subprocess.CompletedProcess[str]:
    """Run `body` in a confined process of its own."""
    program = PROGRAM.format(body=body)
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def said(body: str) -> Any:
    """The JSON that `body` printed."""
    ended = run(body)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@needs_landlock
def test_files_cannot_be_opened_made_or_listed_but_open_ones_stay_open():
    assert said("""
print(json.dumps({
    "read": attempt(lambda: open("/etc/hostname").read()),
    "secrets": attempt(lambda: open(f"/proc/{os.getppid()}/environ", "rb").read()),
    "write": attempt(lambda: open("/tmp/written-by-a-decoder", "w")),
    "list": attempt(lambda: os.listdir("/")),
    "run": attempt(lambda: os.execv(sys.executable, [sys.executable, "-c", "print(1)"])),
    "inherited": attempt(lambda: len(inherited.read(4))),
}))
""") == {
        "read": "PermissionError",
        "secrets": "PermissionError",
        "write": "PermissionError",
        "list": "PermissionError",
        "run": "PermissionError",
        "inherited": "4",
    }


@pytest.mark.skipif(landlock_version() < 4, reason="this kernel's Landlock knows no network")
def test_nobody_can_be_called():
    assert said("""
address = listener.getsockname()
print(json.dumps([
    attempt(lambda: socket.create_connection(address, 1)),
    attempt(lambda: socket.create_server(("127.0.0.1", 0))),
]))
""") == ["PermissionError", "PermissionError"]


@pytest.mark.skipif(landlock_version() < 6, reason="this kernel's Landlock knows no signals")
def test_the_worker_cannot_be_killed():
    assert said("print(json.dumps(attempt(lambda: os.kill(os.getppid(), 0))))") == "PermissionError"


def test_memory_ends_at_the_limit():
    assert said(f"""
some = attempt(lambda: len(bytearray({100 * MEBIBYTE})))
print(json.dumps([some, attempt(lambda: len(bytearray({400 * MEBIBYTE})))]))
""") == [str(100 * MEBIBYTE), "MemoryError"]


def test_endless_work_is_ended_by_the_kernel():
    ended = run("while True: pass")
    assert ended.returncode in {-signal.SIGXCPU, -signal.SIGKILL}


def test_output_is_bounded():
    assert (
        said("""
out = os.memfd_create("out")
print(json.dumps(attempt(lambda: os.pwrite(out, b"x", 40 << 20))))
""")
        == "OSError"
    )


def test_limits_already_lower_are_left_alone():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert soft > 64
    assert said("import resource; print(json.dumps(resource.getrlimit(resource.RLIMIT_NOFILE)))") == [64, 64]
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (soft, hard)


PARENT = """
import os, subprocess, sys
subprocess.Popen([sys.executable, "-c", sys.argv[1]], pass_fds=[int(sys.argv[2])])
input()
"""


def test_it_ends_with_its_parent():
    reader, writer = os.pipe()
    confined = PROGRAM.format(body=f"import select; os.write({writer}, b'.'); select.select([], [], [])")
    command = [sys.executable, "-c", PARENT, confined, str(writer)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, pass_fds=[writer]) as parent:
        os.close(writer)
        assert os.read(reader, 1) == b"."
        parent.kill()
        # The end of the pipe: the confined process, which held its other end, is gone.
        assert os.read(reader, 1) == b""
    os.close(reader)
